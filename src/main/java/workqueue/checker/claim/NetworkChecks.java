package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/** The checks of a cluster's network, as a probe found it. */
final class NetworkChecks {
  private static final String CLUSTER_IP = "network.cluster-ip";
  private static final String DNS = "network.dns";

  private NetworkChecks() {}

  static CheckAnswer hasClusterIp(Visit visit) {
    return ProofChecks.of(
        visit,
        any ->
            ProofChecks.made(visit, "Service")
                .filter(each -> each.event().wasMade())
                .map(
                    each ->
                        clusterIp(visit).matches("|None")
                            ? CheckAnswer.fails(
                                FindingCode.NO_CLUSTER_IP,
                                "Service rabbitmq-service has no cluster IP",
                                each.seq())
                            : CheckAnswer.holds(clusterIp(visit), each.seq())));
  }

  static CheckAnswer endpoints(Visit visit) {
    return ProofChecks.unlessFails(visit, List.of(ProofChecks.BROKER_STARTS), NetworkChecks::leads);
  }

  private static CheckAnswer leads(Visit visit) {
    return ProofChecks.of(
        visit,
        any -> visit.history().last(EndpointsState.class).map(each -> leadsTo(visit, each)),
        ProofChecks.BROKER_STARTS);
  }

  private static CheckAnswer leadsTo(Visit visit, Recorded<EndpointsState> behind) {
    List<String> ready = behind.event().ready();
    String remedy = "kubectl get endpointslices -n " + visit.guest().namespace();
    if (ready.isEmpty()) {
      return CheckAnswer.fails(
              FindingCode.SERVICE_WITHOUT_ENDPOINTS,
              "the broker's pod runs, and Service rabbitmq-service leads to none",
              behind.seq())
          .remedy(remedy);
    }
    Set<String> brokers = ProofChecks.brokerAddresses(visit);
    // Of a pod one address is recorded, which says nothing of those of the other family.
    List<String> others =
        ready.stream()
            .filter(each -> brokers.stream().anyMatch(its -> isIpv6(its) == isIpv6(each)))
            .filter(each -> !brokers.contains(each))
            .toList();
    return others.isEmpty()
        ? CheckAnswer.holds("it leads to " + String.join(", ", ready), behind.seq())
        : CheckAnswer.fails(
                FindingCode.SERVICE_NOT_ROUTED,
                "Service rabbitmq-service leads to %s, where the broker's pod is not"
                    .formatted(String.join(", ", others)),
                behind.seq())
            .owner("namespace owner")
            .remedy(remedy + " -l kubernetes.io/service-name=rabbitmq-service");
  }

  private static boolean isIpv6(String address) {
    return address.contains(":");
  }

  static CheckAnswer dns(Visit visit) {
    return ProofChecks.unlessFails(visit, List.of(CLUSTER_IP), NetworkChecks::resolved);
  }

  private static CheckAnswer resolved(Visit visit) {
    return ProofChecks.of(
        visit,
        any -> {
          List<Recorded<Probe>> looks =
              visit.history().all(Probe.class, each -> each.tried() == Try.LOOK_UP);
          Optional<Recorded<Probe>> wrong =
              looks.stream()
                  .filter(
                      each ->
                          each.event().outcome() != Outcome.OK
                              || !List.of(each.event().detail().split(",", -1))
                                  .contains(clusterIp(visit)))
                  .findFirst();
          return wrong
              .map(
                  each ->
                      CheckAnswer.fails(
                          FindingCode.SERVICE_NOT_RESOLVED,
                          each.event().target()
                              + " is not "
                              + clusterIp(visit)
                              + ": "
                              + each.event().detail()
                              + "; all else goes by the address",
                          each.seq()))
              .or(
                  () ->
                      looks.isEmpty()
                          ? Optional.empty()
                          : Optional.of(
                              CheckAnswer.holds(
                                  looks.stream()
                                          .map(each -> each.event().target())
                                          .collect(Collectors.joining(" and "))
                                      + " are "
                                      + clusterIp(visit))));
        },
        ProofChecks.PROBED);
  }

  static CheckAnswer steady(Visit visit) {
    return ProofChecks.unlessFails(
        visit,
        List.of(DNS),
        resolving -> probed(resolving, Try.LOOK_UP_OFTEN, FindingCode.DNS_FLAKY, DNS));
  }

  static CheckAnswer environment(Visit visit) {
    return ProofChecks.unlessFails(visit, List.of(CLUSTER_IP), NetworkChecks::hasVariable);
  }

  private static CheckAnswer hasVariable(Visit visit) {
    return ProofChecks.of(
        visit,
        any ->
            ProofChecks.probe(visit, Try.ENVIRONMENT)
                .map(
                    each ->
                        each.event().detail().equals(clusterIp(visit))
                            ? CheckAnswer.holds(
                                each.event().target() + " is " + clusterIp(visit), each.seq())
                            : CheckAnswer.fails(
                                FindingCode.SERVICE_LINKS_ABSENT,
                                "%s is %s, and not %s"
                                    .formatted(
                                        each.event().target(),
                                        each.event().detail().isEmpty()
                                            ? "not set"
                                            : each.event().detail(),
                                        clusterIp(visit)),
                                each.seq())),
        ProofChecks.PROBED);
  }

  static CheckAnswer toPod(Visit visit) {
    return ProofChecks.of(visit, any -> connection(visit, false), ProofChecks.PROBED);
  }

  static CheckAnswer toService(Visit visit) {
    return ProofChecks.unlessFails(
        visit,
        List.of(CLUSTER_IP, "network.endpoints"),
        any -> ProofChecks.of(visit, known -> connection(visit, true), ProofChecks.TO_POD));
  }

  private static Optional<CheckAnswer> connection(Visit visit, boolean toService) {
    String service = clusterIp(visit);
    return visit.history().all(Probe.class, each -> each.tried() == Try.CONNECT).stream()
        .filter(each -> each.event().target().equals(service) == toService)
        .findFirst()
        .map(
            each ->
                switch (each.event().outcome()) {
                  case OK ->
                      CheckAnswer.holds(
                          each.event().target() + ":5672 takes connections", each.seq());
                  case NO_ANSWER ->
                      CheckAnswer.fails(
                              toService
                                  ? FindingCode.SERVICE_NOT_ROUTED
                                  : FindingCode.TRAFFIC_BLOCKED,
                              each.event().target()
                                  + ":5672 does not answer: "
                                  + each.event().detail(),
                              each.seq())
                          .remedy("kubectl get networkpolicy -n " + visit.guest().namespace());
                  default ->
                      toService
                          ? CheckAnswer.fails(
                              FindingCode.SERVICE_NOT_ROUTED,
                              each.event().target() + ":5672 refuses, and the pod does not",
                              each.seq())
                          : refused(visit, each);
                })
        .filter(
            answer ->
                !toService
                    || connection(visit, false)
                        .map(pod -> pod.outcome() == CheckAnswer.Outcome.HOLDS)
                        .orElse(false));
  }

  /** Some policies reject where others drop; where there is none the broker is not there. */
  private static CheckAnswer refused(Visit visit, Recorded<Probe> connection) {
    CheckAnswer policies = PolicyChecks.toPod(visit);
    return policies.outcome() == CheckAnswer.Outcome.FAILS
        ? CheckAnswer.fails(
                FindingCode.TRAFFIC_BLOCKED,
                connection.event().target() + ":5672 refuses, and " + policies.said(),
                connection.seq())
            .remedy(policies.remedy())
        : CheckAnswer.blockedBy(ProofChecks.BROKER_ANSWERS);
  }

  static CheckAnswer largeItem(Visit visit) {
    return ProofChecks.unlessFails(
        visit,
        ProofChecks.WAYS,
        reached ->
            probed(reached, Try.LARGE_ITEM, FindingCode.TRAFFIC_STALLED, "broker.round-trip"));
  }

  private static CheckAnswer probed(Visit visit, Try tried, FindingCode code, String before) {
    return ProofChecks.of(
        visit,
        any ->
            ProofChecks.probe(visit, tried)
                .map(
                    each ->
                        each.event().outcome() == Outcome.OK
                            ? CheckAnswer.holds(each.event().detail(), each.seq())
                            : CheckAnswer.fails(code, each.event().detail(), each.seq())),
        before);
  }

  private static String clusterIp(Visit visit) {
    return ProofChecks.made(visit, "Service")
        .map(each -> NamespaceChecks.map(each.event().facts(), "spec").get("clusterIP"))
        .map(Object::toString)
        .orElse("");
  }

  static Optional<CheckAnswer> toPodRefused(Visit visit) {
    return visit.history().all(Probe.class, each -> each.tried() == Try.CONNECT).stream()
        .filter(each -> each.event().outcome() == Outcome.REFUSED)
        .filter(each -> !each.event().target().equals(clusterIp(visit)))
        .filter(each -> refused(visit, each).outcome() == CheckAnswer.Outcome.NOT_RUN)
        .findFirst()
        .map(
            each ->
                CheckAnswer.fails(
                        FindingCode.BROKER_UNREACHABLE,
                        each.event().target()
                            + ":5672 refuses connections: the broker does not listen there, or"
                            + " something on the way refuses for it",
                        each.seq())
                    .remedy("kubectl logs -n " + visit.guest().namespace() + " rabbitmq-0"));
  }
}
