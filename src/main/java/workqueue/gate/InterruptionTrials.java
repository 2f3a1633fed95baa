package workqueue.gate;

import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.endsInGrace;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.strikesAtWork;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judged;
import workqueue.fault.TargetGone;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.Delivered;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Sight;
import workqueue.workload.RunningJob;

/** A worker that is interrupted, or left by its broker, while it has an item. */
final class InterruptionTrials {
  private static final Duration TIME_TO_STRIKE_IN = Duration.ofSeconds(10);
  private static final Duration OUTAGE = Duration.ofSeconds(5);
  private static final int MANY_RETRIES = 50;

  /** The claim that a fault struck a worker that had an item. */
  static final String STRIKE = "strikesAtWork";

  private InterruptionTrials() {}

  static List<Claim> acksAfterSuccess(Stand stand) {
    List<Item> items = Items.ofTutorial(2);
    stand.workload().fill(stand.queue(), items);
    RunningJob job =
        stand.run(
            stand.queue(), spec -> stand.sized(slowly(spec, TIME_TO_STRIKE_IN), items.size()));
    PodRef pod = atWork(stand, job, items);
    strike(() -> stand.faults().kill(pod));
    job.awaitComplete();
    return List.of(
        strikesAtWork("kill-container"),
        stand.completes(items.size()),
        stand.content(losesNothing(items)),
        stand.content(processesEachAtLeastOnce(items)),
        drains(stand.queue()));
  }

  /**
   * Whether its Job then counts what a worker finished on its way out is no matter of the worker.
   */
  static List<Claim> stopsInGrace(Stand stand) {
    List<Item> items = Items.ofTutorial(1);
    stand.workload().fill(stand.queue(), items);
    RunningJob job =
        stand.run(stand.queue(), spec -> stand.sized(slowly(spec, TIME_TO_STRIKE_IN), 1));
    PodRef pod = atWork(stand, job, items);
    if (strike(() -> stand.faults().delete(pod))) {
      stand.await("pod " + pod.name() + " to be gone", history -> gone(history, pod));
    }
    job.awaitComplete();
    List<Claim> claims =
        new ArrayList<>(
            List.of(
                strikesAtWork("delete-pod"), endsInGrace(), stand.content(losesNothing(items))));
    claims.addAll(stand.addsNoItems());
    if (stand.kind() == WorkerKind.ONE) {
      // One that drains its queue may find it empty before the item is given back, and be right.
      claims.add(stand.content(processesEachAtLeastOnce(items)));
    }
    return claims;
  }

  static List<Claim> survivesBrokerRestart(Stand stand) {
    Optional<String> not = stand.whyNoRestart();
    if (not.isPresent()) {
      throw new NotTried(not.get());
    }
    List<Item> items = Items.ofTutorial(3);
    stand.workload().fill(stand.queue(), items);
    RunningJob job =
        stand.run(
            stand.queue(),
            spec -> stand.sized(slowly(spec, OUTAGE), items.size()).backoffLimit(MANY_RETRIES));
    atWork(stand, job, items);
    stand.faults().broker().restart(OUTAGE);
    job.awaitComplete();
    return List.of(
        stand.completes(items.size()),
        stand.content(losesNothing(items)),
        stand.content(processesEachAtLeastOnce(items)),
        drains(stand.queue()));
  }

  private static JobDefinition slowly(JobDefinition spec, Duration work) {
    return spec.parallelism(1).workerSeconds(work);
  }

  private static PodRef atWork(Stand stand, RunningJob job, List<Item> items) {
    PodRef pod = job.awaitBegun();
    stand.await(
        "a worker to be given an item", history -> given(history, stand.queue(), items.size()));
    return pod;
  }

  /** By the wire's word where it is watched, or else by the queue's depth. */
  static Sight<Boolean> given(History history, String queue, int published) {
    boolean given =
        !history.all(Delivered.class).isEmpty()
            || Filled.last(history, queue)
                .map(depth -> (depth.ready() != null) && (depth.ready() < published))
                .orElse(false);
    return Sight.when(given, Counted.of(published, "item") + " published, none given");
  }

  /** Whether there was still something to strike. */
  private static boolean strike(Runnable fault) {
    try {
      fault.run();
      return true;
    } catch (TargetGone missed) {
      return false;
    }
  }

  /**
   * Gives up a trial in which nothing is wrong but that the fault came too late: the worker that it
   * was to strike had acked and exited 0 by itself, or all items were acked before it.
   *
   * @throws NotTried if so
   */
  static void requireStruck(Rule rule, History history, List<Claim> claims, Judged outcome) {
    boolean missed = rule == Rule.SURVIVES_BROKER_RESTART && hadAckedEverything(history);
    for (int i = 0; i < claims.size(); i++) {
      boolean asExpected = outcome.judgements().get(i).asExpected();
      boolean strike = claims.get(i).spec().claim().equals(STRIKE);
      if (!asExpected && !strike) {
        return;
      }
      missed |= !asExpected && hadAckedAndExited(history);
    }
    if (missed) {
      throw new NotTried(tooFast());
    }
  }

  private static boolean hadAckedEverything(History history) {
    long published = history.all(ItemPublished.class).size();
    return published > 0 && ackedBeforeTheFault(history) >= published;
  }

  /** Whether whoever was to be struck exited 0, after an ack that came before the fault. */
  private static boolean hadAckedAndExited(History history) {
    Optional<String> target = history.last(FaultInjected.class).map(each -> each.event().target());
    List<ContainerState> ends =
        history.all(ContainerState.class, each -> each.exitCode() != null).stream()
            .map(Recorded::event)
            .filter(each -> target.map(each.pod().name()::equals).orElse(true))
            .toList();
    return ackedBeforeTheFault(history) > 0
        && !ends.isEmpty()
        && ends.stream().allMatch(each -> each.exitCode() == 0);
  }

  private static long ackedBeforeTheFault(History history) {
    long fault =
        history.all(FaultInjected.class).stream()
            .map(Recorded::seq)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return count(history, Acked.class, fault);
  }

  private static long count(History history, Class<? extends Event> type, long before) {
    return history.all(type).stream().filter(each -> each.seq() < before).count();
  }

  static String tooFast() {
    return """
        the worker could not be interrupted while it had an item: it was done before. Have it take its \
        time: it is told to take %d s for an item by WORKER_SECONDS, \
        and -Dwq.worker.env=<NAME>=<value> tells it otherwise."""
        .formatted(TIME_TO_STRIKE_IN.toSeconds());
  }

  private static Sight<Boolean> gone(History history, PodRef pod) {
    return Sight.when(
        history.last(PodGone.class, each -> each.pod().equals(pod)).isPresent(), "it is there");
  }
}
