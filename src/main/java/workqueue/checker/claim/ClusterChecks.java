package workqueue.checker.claim;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import workqueue.history.History;

/** What a history shows of each check of a cluster: pure, as all judging is. */
public final class ClusterChecks {
  private static final Map<String, Function<Visit, CheckAnswer>> BY_ID = byId();

  private ClusterChecks() {}

  /** The ids of all checks. */
  public static Set<String> ids() {
    return BY_ID.keySet();
  }

  /**
   * What the history shows of a check.
   *
   * @throws IllegalArgumentException if there is none of this id
   */
  public static CheckAnswer answer(String check, History history) {
    Function<Visit, CheckAnswer> judge = BY_ID.get(check);
    if (judge == null) {
      throw new IllegalArgumentException(
          "There is no check \"" + check + "\". Known are: " + String.join(", ", BY_ID.keySet()));
    }
    Visit whole = new Visit(history);
    Visit visit = TrialChecks.ids().contains(check) ? whole : whole.proof();
    CheckAnswer answer = judge.apply(visit);
    return answer.inferred() && isProof(visit) ? proved(visit, check, answer) : answer;
  }

  /**
   * What keeps a node from taking the pattern's pods; empty if nothing does.
   *
   * @param node as it was read
   */
  public static Optional<String> unfit(Map<String, Object> node) {
    return NodeChecks.unfit(node);
  }

  /**
   * The class of a node: nodes of one differ in nothing that a pod would notice.
   *
   * @param node as it was read
   */
  public static String nodeClass(Map<String, Object> node) {
    return NodeChecks.classOf(node);
  }

  /**
   * What was inferred from dry runs is seen once the Job has completed; that it did not get what it
   * asked for is not refuted by that.
   */
  private static CheckAnswer proved(Visit visit, String check, CheckAnswer answer) {
    boolean asAskedFor = !check.equals(SPEC) || answer.outcome() == CheckAnswer.Outcome.HOLDS;
    if (!ProofChecks.isProved(visit) || !asAskedFor) {
      return answer;
    }
    return CheckAnswer.holds(
        answer.outcome() == CheckAnswer.Outcome.HOLDS
            ? answer.said()
            : "the Job completed, although a dry run spoke against it: " + answer.said());
  }

  private static boolean isProof(Visit visit) {
    return !visit.guest().mode().equals("preflight");
  }

  /** The checks on which much else depends; the others are not run where one of them fails. */
  static final String NAMESPACE = "namespace.usable";

  static final String KINDS = "api.kinds";

  static final String DRY_RUN = "api.dry-run";

  private static final String SPEC = "admission.spec-kept";

  private static Map<String, Function<Visit, CheckAnswer>> byId() {
    Map<String, Function<Visit, CheckAnswer>> checks = new TreeMap<>();
    checks.put("access.api-answers", AccessChecks::apiAnswers);
    checks.put("access.rights", AccessChecks::rights);
    checks.put("access.discovery", AccessChecks::discovery);
    checks.put("access.clock", AccessChecks::clock);
    checks.put(KINDS, AccessChecks::kinds);
    checks.put(DRY_RUN, AccessChecks::dryRun);
    checks.put("api.job-fields", AccessChecks::jobFields);
    checks.put(NAMESPACE, NamespaceChecks::usable);
    checks.put("namespace.quota-room", NamespaceChecks::quotaRoom);
    checks.put("namespace.quota-demands", NamespaceChecks::quotaDemands);
    checks.put("namespace.limits-suffice", NamespaceChecks::limitsSuffice);
    checks.put("admission.objects", AdmissionChecks::objects);
    checks.put("admission.pods", AdmissionChecks::pods);
    checks.put(SPEC, AdmissionChecks::specKept);
    checks.put("admission.no-lingering-container", AdmissionChecks::noLingeringContainer);
    checks.put("admission.controller-kept", AdmissionChecks::controllerKept);
    checks.put(
        "nodes.capable",
        visit -> isProof(visit) ? ProofChecks.scheduled(visit) : NodeChecks.capable(visit));
    checks.put("images.pullable", ProofChecks::pullable);
    checks.put("images.platform", ProofChecks::ofItsPlatform);
    checks.put("network.cluster-ip", NetworkChecks::hasClusterIp);
    checks.put("network.endpoints", NetworkChecks::endpoints);
    checks.put("network.dns", NetworkChecks::dns);
    checks.put("network.dns-steady", NetworkChecks::steady);
    checks.put("network.environment", NetworkChecks::environment);
    checks.put(
        "network.to-pod",
        visit -> isProof(visit) ? NetworkChecks.toPod(visit) : PolicyChecks.toPod(visit));
    checks.put("network.to-service", NetworkChecks::toService);
    checks.put("network.big-item", NetworkChecks::largeItem);
    checks.put("broker.starts", ProofChecks::brokerStarts);
    checks.put("broker.answers", ProofChecks::brokerAnswers);
    checks.put("broker.round-trip", ProofChecks::roundTrip);
    checks.put("job.controller-acts", ProofChecks::controllerActs);
    checks.put("job.completes", ProofChecks::completes);
    checks.put("job.parallelism-kept", ProofChecks::parallelismKept);
    checks.put("job.each-item-once", ProofChecks::eachItemOnce);
    checks.put("job.finished-pods-kept", ProofChecks::finishedPodsKept);
    checks.put("job.events", ProofChecks::events);
    checks.put("speed.pod", ProofChecks::startsSoon);
    TrialChecks.ids().forEach(each -> checks.put(each, visit -> TrialChecks.answer(each, visit)));
    checks.put("access.streams", ProofChecks::streams);
    checks.put("access.logs", ProofChecks::logs);
    checks.put("cleanup.footprint", ProofChecks::footprint);
    return Collections.unmodifiableMap(checks);
  }

  /** The objects that are sent on trial. */
  static final List<String> OBJECTS = List.of("service", "broker", "job");

  /** The pods that are sent on trial. */
  static final List<String> PODS = List.of("broker-pod", "worker-pod");
}
