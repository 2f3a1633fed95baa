package workqueue.checker.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.ObjectDeleted;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/** The checks that something is made for besides the proof; each is judged on that part alone. */
final class TrialChecks {
  /** Each judges what was made for it, and may look at the whole visit. */
  private static final Map<String, BiFunction<Visit, Visit, CheckAnswer>> BY_ID = byId();

  private static final String EVERY_CLASS = "nodes.every-class";
  private static final String PROBE_ON_NODE = "wq-scout-way-";
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** As brokers begin their reply 404. */
  private static final String NOT_FOUND = "NOT_FOUND";

  private TrialChecks() {}

  static Set<String> ids() {
    return BY_ID.keySet();
  }

  static CheckAnswer answer(String check, Visit visit) {
    if (check.equals(EVERY_CLASS)) {
      Optional<CheckAnswer> unread =
          visit.read("Node").filter(each -> !each.event().wereRead()).map(Visit::unread);
      if (unread.isPresent() && visit.trial(check).isPresent()) {
        return unread.get();
      }
    }
    // Its probes ask for the name, which the rest does without where it is not resolved.
    List<String> others = check.equals(EVERY_CLASS) ? List.of("network.dns") : List.of();
    return ProofChecks.unlessFails(
        visit,
        others,
        any ->
            ProofChecks.of(
                visit,
                whole -> whole.trial(check).map(trial -> BY_ID.get(check).apply(trial, whole)),
                "job.completes"));
  }

  private static Map<String, BiFunction<Visit, Visit, CheckAnswer>> byId() {
    Map<String, BiFunction<Visit, Visit, CheckAnswer>> checks = new TreeMap<>();
    checks.put("job.waits-for-work", (trial, visit) -> waitsForWork(trial));
    checks.put("broker.data-survives-container", (trial, visit) -> dataSurvives(trial));
    checks.put(EVERY_CLASS, (trial, visit) -> everyClass(trial, nodes(visit)));
    checks.put("network.idle", (trial, visit) -> idle(trial));
    checks.put("job.replaces-pod", (trial, visit) -> replacesPod(trial));
    return checks;
  }

  private static List<Map<String, Object>> nodes(Visit visit) {
    return visit.read("Node").map(each -> each.event().objects()).orElseGet(List::of);
  }

  private static CheckAnswer notMade(Visit trial) {
    Optional<String> refused =
        made(trial)
            .map(Recorded::event)
            .filter(each -> !each.wasMade())
            .map(each -> "Job " + each.name() + " was not made: " + each.message());
    return CheckAnswer.unknown(
        refused.orElse(trial.inVain().isEmpty() ? "it could not be tried" : trial.inVain()));
  }

  /** The last state of the Job that was made for this, and not of the one before it. */
  private static Optional<Recorded<JobState>> job(Visit trial) {
    return made(trial)
        .flatMap(
            made ->
                trial
                    .history()
                    .last(JobState.class, each -> each.job().uid().equals(made.event().uid())));
  }

  private static Optional<Recorded<ObjectMade>> made(Visit trial) {
    return trial.history().last(ObjectMade.class, each -> each.kind().equals("Job"));
  }

  private static List<Recorded<Probe>> probes(Visit trial, Try tried) {
    return trial.history().all(Probe.class, each -> each.tried() == tried);
  }

  private static Optional<Recorded<Probe>> refused(Visit trial) {
    return trial
        .history()
        .last(Probe.class, each -> each.tried() == Try.FILL && each.outcome() != Outcome.OK);
  }

  private static CheckAnswer notFilled(Recorded<Probe> refused) {
    return CheckAnswer.unknown(
        "the queue could not be filled: " + refused.event().detail(), refused.seq());
  }

  private static CheckAnswer dataSurvives(Visit trial) {
    Optional<Recorded<Probe>> entered = probes(trial, Try.RUN_COMMAND).stream().findFirst();
    if (refused(trial).isPresent()) {
      return notFilled(refused(trial).get());
    }
    if (entered.filter(each -> each.event().outcome() == Outcome.NOT_TRIED).isPresent()) {
      return ProofChecks.notEntered(entered.get());
    }
    boolean restarted =
        trial.history().all(ContainerState.class, each -> each.restartCount() > 0).stream()
            .anyMatch(each -> each.event().state() == Running.RUNNING);
    if (!restarted) {
      return entered
          .filter(each -> each.event().outcome() == Outcome.REFUSED)
          .map(
              each ->
                  CheckAnswer.unknown(
                      "the broker's container could not be ended: " + each.event().detail()))
          .orElseGet(() -> notMade(trial));
    }
    return probes(trial, Try.DRAIN).stream()
        .findFirst()
        .map(each -> outlived(trial, each))
        .orElseGet(() -> notMade(trial));
  }

  /** What was taken out of the queue once the broker's container had ended. */
  private static CheckAnswer outlived(Visit trial, Recorded<Probe> drained) {
    String found = drained.event().detail();
    if (drained.event().outcome() == Outcome.REFUSED && found.contains(NOT_FOUND)) {
      return CheckAnswer.fails(
          FindingCode.LOST_ITEMS,
          "the broker's container was ended, and the queue is gone with it: " + found,
          drained.seq());
    }
    if (drained.event().outcome() != Outcome.OK) {
      return notMade(trial);
    }
    return found.equals(probes(trial, Try.FILL).get(0).event().detail())
        ? CheckAnswer.holds(
            "the broker's container was ended, and the item was there", drained.seq())
        : CheckAnswer.fails(
            FindingCode.LOST_ITEMS,
            "the broker's container was ended, and the item is gone with it",
            drained.seq());
  }

  /** From each node that a probe was sent to: whether it ran, found the name, and got through. */
  private static CheckAnswer everyClass(Visit trial, List<Map<String, Object>> read) {
    Map<String, Recorded<PodState>> last = new LinkedHashMap<>();
    trial
        .history()
        .all(PodState.class, each -> each.pod().name().startsWith(PROBE_ON_NODE))
        .stream()
        .forEach(each -> last.put(each.event().pod().name(), each));
    List<String> nodes = new ArrayList<>();
    for (Map.Entry<String, Recorded<PodState>> each : last.entrySet()) {
      PodState pod = each.getValue().event();
      String node = pod.node().isEmpty() ? "the node of pod " + each.getKey() : pod.node();
      List<Recorded<Probe>> facts =
          trial.history().all(Probe.class, probe -> probe.from().equals(each.getKey()));
      if (facts.isEmpty()) {
        return CheckAnswer.fails(
            FindingCode.NODE_UNFIT,
            "on %s a pod does not get further than %s".formatted(node, pod.phase()),
            each.getValue().seq());
      }
      for (Recorded<Probe> fact : facts) {
        if (fact.event().outcome() != Outcome.OK) {
          boolean name = fact.event().tried() == Try.LOOK_UP;
          return CheckAnswer.fails(
              name ? FindingCode.NODE_UNFIT : FindingCode.TRAFFIC_BLOCKED,
              "on %s %s: %s"
                  .formatted(
                      node,
                      fact.event().target() + (name ? " is not resolved" : ":5672 is not reached"),
                      fact.event().detail()),
              fact.seq());
        }
      }
      nodes.add(node);
    }
    List<String> left = NodeChecks.notLookedAt(read, nodes);
    String others = left.isEmpty() ? "" : "; not looked at: " + String.join(", ", left);
    if (nodes.isEmpty()) {
      return left.isEmpty() ? notMade(trial) : CheckAnswer.unknown("from no node" + others);
    }
    return CheckAnswer.holds("from " + String.join(", ", nodes) + others);
  }

  private static CheckAnswer idle(Visit trial) {
    return probes(trial, Try.WAIT_IDLE).stream()
        .findFirst()
        .map(
            each ->
                switch (each.event().outcome()) {
                  case OK -> CheckAnswer.holds(each.event().detail(), each.seq());
                  case NO_ANSWER, REFUSED ->
                      CheckAnswer.fails(FindingCode.IDLE_CUT, each.event().detail(), each.seq());
                  default -> CheckAnswer.unknown(each.event().detail(), each.seq());
                })
        .orElseGet(() -> notMade(trial));
  }

  /** A pod that had done its work before it was deleted shows nothing. */
  private static CheckAnswer replacesPod(Visit trial) {
    Optional<Recorded<JobState>> last = job(trial);
    Optional<Recorded<ObjectDeleted>> deletion =
        trial.history().last(ObjectDeleted.class, ObjectDeleted::wasDeleted);
    if (refused(trial).isPresent()) {
      return notFilled(refused(trial).get());
    }
    if (last.isEmpty() || deletion.isEmpty()) {
      return notMade(trial);
    }
    String pod = deletion.get().event().name();
    List<Recorded<PodState>> pods =
        trial
            .history()
            .all(PodState.class, each -> each.jobUid().equals(last.get().event().job().uid()));
    boolean succeeded =
        pods.stream()
            .map(Recorded::event)
            .anyMatch(each -> each.pod().name().equals(pod) && each.phase().equals("Succeeded"));
    if (succeeded) {
      return CheckAnswer.unknown("pod " + pod + " had done its work before it was deleted");
    }
    Set<String> before = names(pods, each -> each.seq() < deletion.get().seq());
    Set<String> replacing = names(pods, each -> each.seq() > deletion.get().seq());
    replacing.removeAll(before);
    if (replacing.isEmpty()) {
      return CheckAnswer.fails(
          FindingCode.CONTROLLER_INACTIVE,
          "pod " + pod + " was deleted, and no other one came for it",
          deletion.get().seq());
    }
    if (!last.get().event().complete()) {
      return ProofChecks.incomplete(trial, last.get());
    }
    if (trial.history().all(PodGone.class, each -> each.pod().name().equals(pod)).isEmpty()) {
      return CheckAnswer.fails(
              FindingCode.STUCK_TERMINATING,
              "pod "
                  + pod
                  + " was deleted with a grace of 1 s, and is still there once the Job is complete",
              deletion.get().seq())
          .remedy(
              "kubectl get pod -n "
                  + trial.guest().namespace()
                  + " -o jsonpath='{.items[*].metadata.finalizers}'");
    }
    return ProofChecks.items(trial)
        .map(
            items ->
                items.outcome() == CheckAnswer.Outcome.HOLDS
                    ? CheckAnswer.holds(
                        "%s came for %s, and each item was processed"
                            .formatted(String.join(", ", replacing), pod),
                        last.get().seq())
                    : items)
        .orElseGet(() -> notMade(trial));
  }

  private static Set<String> names(
      List<Recorded<PodState>> pods, Predicate<Recorded<PodState>> which) {
    return pods.stream()
        .filter(which)
        .map(each -> each.event().pod().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static CheckAnswer waitsForWork(Visit trial) {
    Optional<Recorded<JobState>> last = job(trial);
    List<Recorded<Probe>> filled = probes(trial, Try.FILL);
    if (refused(trial).isPresent()) {
      return notFilled(refused(trial).get());
    }
    if (last.isEmpty() || filled.isEmpty()) {
      return notMade(trial);
    }
    JobState job = last.get().event();
    int items = filled.get(0).event().detail().split(",", -1).length;
    Optional<Recorded<JobDeleted>> deleted =
        trial.history().last(JobDeleted.class, each -> each.job().equals(job.job()));
    if (deleted.isPresent()) {
      return CheckAnswer.fails(
          FindingCode.VANISHED,
          "somebody deleted the Job, which waited for an item: %d of %d had succeeded"
              .formatted(job.succeeded(), ProofChecks.wanted(job)),
          deleted.get().seq());
    }
    Optional<Recorded<JobState>> idle =
        trial.history().all(JobState.class, each -> each.job().equals(job.job())).stream()
            .filter(each -> each.event().succeeded() == items)
            .findFirst();
    if (job.failedForGood() || idle.isEmpty()) {
      return ProofChecks.incomplete(trial, last.get());
    }
    if (filled.size() < 2) {
      return job.complete()
          ? CheckAnswer.fails(
              FindingCode.SPEC_CHANGED,
              "the Job is complete with %d of %d pods, and wanted an item more"
                  .formatted(job.succeeded(), ProofChecks.wanted(job)),
              last.get().seq())
          : notMade(trial);
    }
    Recorded<Probe> ninth = filled.get(1);
    Duration waited = Duration.between(idle.get().at(), ninth.at());
    if (waited.compareTo(IDLE) < 0) {
      return CheckAnswer.unknown("it was looked at for " + waited.toSeconds() + " s only");
    }
    boolean completedEarly =
        trial.history().all(JobState.class, JobState::complete).stream()
            .anyMatch(each -> each.seq() < ninth.seq());
    if (completedEarly || !job.complete()) {
      return completedEarly
          ? CheckAnswer.fails(
              FindingCode.SPEC_CHANGED,
              "the Job was complete before its last item was there",
              last.get().seq())
          : ProofChecks.incomplete(trial, last.get());
    }
    return CheckAnswer.holds(
        "it waited %d s for an item more, and completed with it".formatted(waited.toSeconds()),
        last.get().seq());
  }
}
