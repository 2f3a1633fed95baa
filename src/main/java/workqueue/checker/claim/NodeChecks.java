package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.Recorded;

/** The checks of a cluster's nodes, as far as they may be read. */
final class NodeChecks {
  private NodeChecks() {}

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
