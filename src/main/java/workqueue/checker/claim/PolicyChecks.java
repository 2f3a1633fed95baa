package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.view.PolicySelection;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.Recorded;

/** What NetworkPolicies make of the way from worker to broker: a prediction. */
final class PolicyChecks {
  private static final int AMQP = 5672;

  private PolicyChecks() {}

  /** What a policy lets through, as far as it can be told. */
  private enum Lets {
    YES,
    NO,
    /** It names addresses, and nobody knows those of pods beforehand. */
    CANNOT_TELL
  }

  static CheckAnswer toPod(Visit visit) {
    Optional<Recorded<ObjectsRead>> look = visit.read("NetworkPolicy");
    if (look.isEmpty()) {
      return Visit.notLooked();
    }
    if (!look.get().event().wereRead()) {
      return Visit.unread(look.get());
    }
    Map<String, String> broker = labels(visit, "broker-pod");
    Map<String, String> worker = labels(visit, "worker-pod");
    Map<?, ?> namespace =
        visit.read("Namespace").stream()
            .flatMap(each -> each.event().objects().stream())
            .map(each -> NamespaceChecks.map(each, "labels"))
            .findFirst()
            .orElseGet(Map::of);
    List<Map<String, Object>> policies = look.get().event().objects();
    List<CheckAnswer> ways =
        Stream.of(
                follow(policies, "Ingress", "ingress", "from", broker, worker, namespace),
                follow(policies, "Egress", "egress", "to", worker, broker, namespace))
            .flatMap(Optional::stream)
            .toList();
    // One way that is closed for certain is enough, whatever the other is.
    return of(ways, CheckAnswer.Outcome.FAILS)
        .map(
            each ->
                each.remedy(
                    "kubectl get networkpolicy -n " + visit.guest().namespace() + " -o yaml"))
        .or(() -> of(ways, CheckAnswer.Outcome.UNKNOWN))
        .or(() -> of(ways, CheckAnswer.Outcome.HOLDS))
        .orElseGet(
            () -> CheckAnswer.holds("no NetworkPolicy selects broker or worker").asInferred());
  }

  private static Optional<CheckAnswer> of(List<CheckAnswer> ways, CheckAnswer.Outcome outcome) {
    return ways.stream().filter(each -> each.outcome() == outcome).findFirst();
  }

  private static Map<String, String> labels(Visit visit, String part) {
    return visit.documented(part).map(each -> each.event().labels()).orElseGet(Map::of);
  }

  /** What the policies of one direction come to; empty if there are none. */
  private static Optional<CheckAnswer> follow(
      List<Map<String, Object>> policies,
      String type,
      String rules,
      String peers,
      Map<String, String> selected,
      Map<String, String> peer,
      Map<?, ?> namespace) {
    List<String> closed = new ArrayList<>();
    Lets through = Lets.NO;
    for (Map<String, Object> policy : policies) {
      Map<?, ?> spec = NamespaceChecks.map(policy, "spec");
      if (!PolicySelection.types(spec).contains(type)
          || !PolicySelection.matches(NamespaceChecks.map(spec, "podSelector"), selected)) {
        continue;
      }
      closed.add(String.valueOf(policy.get("name")));
      Lets lets = lets(spec.get(rules), peers, peer, namespace);
      through = lets == Lets.YES || through == Lets.NO ? lets : through;
    }
    if (closed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (through) {
          case YES ->
              CheckAnswer.holds(
                      "of " + String.join(", ", closed) + " at least one lets port 5672 through")
                  .asInferred();
          case CANNOT_TELL ->
              CheckAnswer.unknown(
                  "NetworkPolicy "
                      + String.join(", ", closed)
                      + " names addresses: quick tries it");
          case NO ->
              CheckAnswer.fails(
                      FindingCode.TRAFFIC_BLOCKED,
                      "NetworkPolicy %s selects the pods of %s, and nothing lets port 5672 %s"
                          .formatted(
                              String.join(", ", closed),
                              type.equals("Ingress") ? "the broker" : "the worker",
                              type.equals("Ingress") ? "in" : "out"))
                  .asInferred();
        });
  }

  private static Lets lets(
      Object rules, String peers, Map<String, String> peer, Map<?, ?> namespace) {
    Lets best = Lets.NO;
    if (rules instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> rule = (Map<?, ?>) each;
        if (!hasPort(rule.get("ports"))) {
          continue;
        }
        Lets lets = peers(rule.get(peers), peer, namespace);
        best = lets == Lets.YES || best == Lets.NO ? lets : best;
      }
    }
    return best;
  }

  private static boolean hasPort(Object ports) {
    return !(ports instanceof List<?> list)
        || list.isEmpty()
        || list.stream().map(each -> (Map<?, ?>) each).anyMatch(PolicyChecks::isAmqp);
  }

  private static boolean isAmqp(Map<?, ?> port) {
    Object protocol = port.get("protocol");
    if (protocol != null && !protocol.equals("TCP")) {
      return false;
    }
    if (!(port.get("port") instanceof Number from)) {
      // A name is that of a port of the pod, and the documented one has none.
      return port.get("port") == null;
    }
    return port.get("endPort") instanceof Number to
        ? from.intValue() <= AMQP && AMQP <= to.intValue()
        : from.intValue() == AMQP;
  }

  private static Lets peers(Object peers, Map<String, String> peer, Map<?, ?> namespace) {
    if (!(peers instanceof List<?> list) || list.isEmpty()) {
      return Lets.YES;
    }
    Lets best = Lets.NO;
    for (Object each : list) {
      Map<?, ?> one = (Map<?, ?>) each;
      if (one.containsKey("ipBlock")) {
        best = best == Lets.NO ? Lets.CANNOT_TELL : best;
        continue;
      }
      boolean here =
          !one.containsKey("namespaceSelector")
              || PolicySelection.matches(NamespaceChecks.map(one, "namespaceSelector"), namespace);
      if (here && PolicySelection.matches(NamespaceChecks.map(one, "podSelector"), peer)) {
        return Lets.YES;
      }
    }
    return best;
  }
}
