package workqueue.gate;

import static workqueue.checker.Claims.drains;
import static workqueue.checker.Claims.endsInGrace;
import static workqueue.checker.Claims.losesNothing;
import static workqueue.checker.Claims.processesEachAtLeastOnce;
import static workqueue.checker.Claims.someWorkFails;
import static workqueue.checker.Claims.whether;
import static workqueue.gate.Trial.QUEUE;

import java.util.List;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.Claim;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Sight;
import workqueue.workload.RunningJob;

/** A worker that is interrupted while it has an item. */
final class InterruptionTrials {
  /** Time to strike in; a worker that takes no notice of it is struck when it may be over. */
  private static final String SECONDS = "10";

  private InterruptionTrials() {}

  static List<Claim> acksAfterSuccess(Stand stand) {
    List<Item> items = Items.ofTutorial(2);
    stand.workload().fill(QUEUE, items);
    RunningJob job = stand.run(QUEUE, spec -> slowly(spec).completions(items.size()));
    PodRef pod = job.awaitRunning(1).get(0);
    stand.await("a worker to take an item", history -> taken(history, items.size()));
    stand.faults().kill(pod);
    job.awaitComplete();
    return List.of(
        stand.content(losesNothing(items)),
        stand.content(processesEachAtLeastOnce(items)),
        drains(QUEUE),
        whether("a worker was killed in mid-work", List.of(someWorkFails())));
  }

  static List<Claim> stopsInGrace(Stand stand) {
    List<Item> items = Items.ofTutorial(1);
    stand.workload().fill(QUEUE, items);
    RunningJob job = stand.run(QUEUE, spec -> slowly(spec).completions(1));
    PodRef pod = job.awaitRunning(1).get(0);
    stand.await("a worker to take an item", history -> taken(history, items.size()));
    stand.faults().delete(pod);
    stand.await("pod " + pod.name() + " to be gone", history -> gone(history, pod));
    job.awaitComplete();
    return List.of(
        endsInGrace(),
        stand.content(losesNothing(items)),
        stand.content(processesEachAtLeastOnce(items)));
  }

  private static JobDefinition slowly(JobDefinition spec) {
    return spec.parallelism(1).environment("WORKER_SECONDS", SECONDS);
  }

  private static Sight<Boolean> taken(History history, int published) {
    return history
        .last(QueueDepth.class, each -> each.queue().equals(QUEUE) && each.ready() != null)
        .filter(each -> each.event().ready() < published)
        .map(each -> Sight.found(true))
        .orElseGet(() -> Sight.<Boolean>notYet(published + " items wait"));
  }

  private static Sight<Boolean> gone(History history, PodRef pod) {
    return history.last(PodGone.class, each -> each.pod().equals(pod)).isPresent()
        ? Sight.found(true)
        : Sight.<Boolean>notYet("it is there");
  }
}
