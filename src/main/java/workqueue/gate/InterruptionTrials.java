package workqueue.gate;

import static workqueue.checker.Claims.drains;
import static workqueue.checker.Claims.endsInGrace;
import static workqueue.checker.Claims.losesNothing;
import static workqueue.checker.Claims.processesEachAtLeastOnce;
import static workqueue.checker.Claims.strikesAtWork;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.Claim;
import workqueue.checker.Judged;
import workqueue.fault.TargetGone;
import workqueue.history.BrokerEvent.QueueDepth;
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
    strike(() -> stand.faults().delete(pod));
    stand.await("pod " + pod.name() + " to be gone", history -> gone(history, pod));
    job.awaitComplete();
    return List.of(
        strikesAtWork("delete-pod"),
        endsInGrace(),
        stand.content(losesNothing(items)),
        stand.content(processesEachAtLeastOnce(items)));
  }

  static List<Claim> survivesBrokerRestart(Stand stand) {
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
    return spec.parallelism(1).environment("WORKER_SECONDS", String.valueOf(work.toSeconds()));
  }

  private static PodRef atWork(Stand stand, RunningJob job, List<Item> items) {
    PodRef pod = job.awaitRunning(1).get(0);
    stand.await(
        "a worker to be given an item", history -> given(history, stand.queue(), items.size()));
    return pod;
  }

  /** By the wire's word where it is watched, or else by the queue's depth. */
  private static Sight<Boolean> given(History history, String queue, int published) {
    boolean given =
        !history.all(Delivered.class).isEmpty()
            || history
                .last(QueueDepth.class, each -> each.queue().equals(queue) && each.ready() != null)
                .map(each -> each.event().ready() < published)
                .orElse(false);
    return given ? Sight.found(true) : Sight.<Boolean>notYet(published + " items wait");
  }

  private static void strike(Runnable fault) {
    try {
      fault.run();
    } catch (TargetGone missed) {
      throw new NotTried(tooFast());
    }
  }

  /**
   * Gives up a trial in which nothing is wrong but that the fault came too late: the worker had
   * acked all that it was given, and was not ended by it.
   *
   * @throws NotTried if so
   */
  static void requireStruck(History history, List<Claim> claims, Judged outcome) {
    boolean struckNobody = false;
    for (int i = 0; i < claims.size(); i++) {
      boolean asExpected = outcome.judgements().get(i).asExpected();
      boolean strike = claims.get(i).spec().claim().equals("strikesAtWork");
      if (!asExpected && !strike) {
        return;
      }
      struckNobody |= !asExpected;
    }
    if (struckNobody && hadAckedAll(history)) {
      throw new NotTried(tooFast());
    }
  }

  private static boolean hadAckedAll(History history) {
    Optional<Recorded<FaultInjected>> strike = history.last(FaultInjected.class);
    long before = strike.map(Recorded::seq).orElse(0L);
    long given = count(history, Delivered.class, before);
    return given > 0 && count(history, Acked.class, before) >= given;
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
    return history.last(PodGone.class, each -> each.pod().equals(pod)).isPresent()
        ? Sight.found(true)
        : Sight.<Boolean>notYet("it is there");
  }
}
