package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.Recorded;

/** The checks of a cluster's nodes, as far as they may be read. */
final class NodeChecks {
  /** Platform, and type as the cluster's provider has it. */
  private static final List<String> CLASS_LABELS =
      List.of("kubernetes.io/os", "kubernetes.io/arch", "node.kubernetes.io/instance-type", "type");

  private NodeChecks() {}

  /** Platform, type, runtime and taints. */
  static String classOf(Map<String, Object> node) {
    Map<?, ?> labels = NamespaceChecks.map(node, "labels");
    return Stream.concat(
            CLASS_LABELS.stream().map(labels::get),
            Stream.of(
                NamespaceChecks.map(node, "status").get("runtime"),
                NamespaceChecks.map(node, "spec").get("taints")))
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /**
   * Why of some classes no node was looked at, a node of each for all.
   *
   * @param nodes as they were read
   * @param lookedAt the names of those that were
   */
  static List<String> notLookedAt(List<Map<String, Object>> nodes, Collection<String> lookedAt) {
    Set<String> classes =
        nodes.stream()
            .filter(each -> lookedAt.contains(String.valueOf(each.get("name"))))
            .map(NodeChecks::classOf)
            .collect(Collectors.toSet());
    List<String> left = new ArrayList<>();
    for (Map<String, Object> node : nodes) {
      if (classes.add(classOf(node))) {
        left.add(node.get("name") + " " + unfit(node).orElse("has no name that a pod is sent to"));
      }
    }
    return left;
  }

  static CheckAnswer capable(Visit visit) {
    Optional<Recorded<ObjectsRead>> look = visit.read("Node");
    if (look.isEmpty()) {
      return Visit.notLooked();
    }
    if (!look.get().event().wereRead()) {
      return CheckAnswer.notRun(
          look.get().event().why() + "; that pods are scheduled is seen by quick");
    }
    List<String> unfit = new ArrayList<>();
    for (Map<String, Object> node : look.get().event().objects()) {
      Optional<String> why = unfit(node);
      if (why.isEmpty()) {
        return CheckAnswer.holds(
            Counted.of(look.get().event().objects().size(), "node")
                + ", among them "
                + node.get("name"),
            look.get().seq());
      }
      unfit.add(node.get("name") + " " + why.get());
    }
    return CheckAnswer.fails(
            FindingCode.UNSCHEDULABLE,
            unfit.isEmpty() ? "there are no nodes" : String.join("; ", unfit),
            look.get().seq())
        .remedy("kubectl describe nodes");
  }

  static Optional<String> unfit(Map<String, Object> node) {
    Map<?, ?> spec = NamespaceChecks.map(node, "spec");
    if (!isReady(node)) {
      return Optional.of("is not ready");
    }
    if (Boolean.TRUE.equals(spec.get("unschedulable"))) {
      return Optional.of("is cordoned");
    }
    Object os = NamespaceChecks.map(node, "labels").get("kubernetes.io/os");
    if (os != null && !os.equals("linux")) {
      return Optional.of("runs " + os);
    }
    if (spec.get("taints") instanceof List<?> taints) {
      for (Object each : taints) {
        Map<?, ?> taint = (Map<?, ?>) each;
        if (!"PreferNoSchedule".equals(taint.get("effect"))) {
          return Optional.of("has the taint " + taint.get("key") + ":" + taint.get("effect"));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isReady(Map<String, Object> node) {
    return NamespaceChecks.map(node, "status").get("conditions") instanceof List<?> conditions
        && conditions.stream()
            .map(each -> (Map<?, ?>) each)
            .anyMatch(
                each -> "Ready".equals(each.get("type")) && "True".equals(each.get("status")));
  }
}
