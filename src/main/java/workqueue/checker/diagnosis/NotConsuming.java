package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NOT_CONSUMING;
import static workqueue.checker.diagnosis.FindingCode.TRAFFIC_BLOCKED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorded;

/**
 * Workers run and take nothing: no consumer is on the queue, nothing is held, and as many items are
 * ready as there were.
 */
final class NotConsuming extends Cause {

  NotConsuming() {
    super(
        NOT_CONSUMING,
        Scope.JOB,
        """
        Pods run, no consumer is on the queue, nothing is held, and as many items are ready as there were: the workers do something else, or
        wait for something else, than the broker.
        """,
        Remedy.by(Who.AUTHOR, "see what the worker waits for before it consumes"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST, TRAFFIC_BLOCKED);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    Duration window = seen.window();
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : Stuck.jobs(picture).toList()) {
      List<PodView> pods = job.pods.stream().filter(PodView::active).toList();
      boolean run =
          !pods.isEmpty() && pods.stream().allMatch(pod -> runsWithoutItem(picture, job, pod));
      if (!run || job.queue().isEmpty()) {
        continue;
      }
      untouched(picture, job, Stuck.patience(picture, window))
          .ifPresent(since -> found.add(of(picture, job, pods, since)));
    }
    return found;
  }

  private static Suspicion of(
      Picture picture, JobView job, List<PodView> pods, Recorded<QueueDepth> since) {
    List<Long> proof = new ArrayList<>(Stuck.lastSeen(pods));
    proof.add(since.seq());
    picture.queue(job.queue()).last().ifPresent(last -> proof.add(last.seq()));
    int ready = since.event().ready();
    return Suspicion.of(
            NOT_CONSUMING,
            "queue "
                + job.queue()
                + " has "
                + Counted.of(ready, "item")
                + " ready and no consumer, with "
                + Counted.of(pods.size(), "pod")
                + " of "
                + job
                + " running")
        .pods(Stuck.names(pods))
        .proof(proof)
        .remedy(Stuck.onFirst("logs", pods, "--tail=20"));
  }

  private static boolean runsWithoutItem(Picture picture, JobView job, PodView pod) {
    return pod.runs()
        && WireView.of(picture).to(pod.ref.name()).isEmpty()
        && NotExited.of(picture, job, pod).isEmpty()
        && picture.connections().consumersOf(pod.ref.name()).isEmpty();
  }

  /**
   * The first of the samples at the end of the record that all show the same: nobody on the queue,
   * nothing held, and every item that was not worked on ready.
   */
  private static Optional<Recorded<QueueDepth>> untouched(
      Picture picture, JobView job, Duration window) {
    QueueView queue = picture.queue(job.queue());
    Recorded<QueueDepth> first = null;
    Recorded<QueueDepth> last = null;
    for (Recorded<QueueDepth> sample : queue.samples()) {
      QueueDepth depth = sample.event();
      boolean same =
          depth.exists()
              && depth.ready() != null
              && depth.ready() > 0
              && Integer.valueOf(0).equals(depth.consumers())
              && (depth.unacked() == null || depth.unacked() == 0)
              && !sample.event().sampledAt().isBefore(job.lastChange());
      first = !same ? null : first == null || !ready(first).equals(ready(sample)) ? sample : first;
      last = sample;
    }
    if (first == null) {
      return Optional.empty();
    }
    long worked =
        Ledger.of(picture).entries().stream()
            .filter(entry -> entry.queue().equals(job.queue()) && !entry.work().isEmpty())
            .count();
    boolean allAccountedFor = ready(first) + worked >= queue.published();
    Duration lasted = Duration.between(first.event().sampledAt(), last.event().sampledAt());
    return allAccountedFor && !lasted.minus(window).isNegative()
        ? Optional.of(first)
        : Optional.empty();
  }

  private static Integer ready(Recorded<QueueDepth> sample) {
    return sample.event().ready();
  }
}
