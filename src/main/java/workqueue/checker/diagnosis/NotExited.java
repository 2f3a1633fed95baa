package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NOT_EXITED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorded;

/**
 * A worker that has settled its item with the broker and whose process goes on: a connection, a
 * thread or a consumer that is still open keeps it alive, and the Job never counts it.
 */
final class NotExited extends Cause {
  // An item that it holds besides may be in work, and need not be shown before it is done.
  private static final int TIMES_AS_LONG = 3;

  NotExited() {
    super(
        NOT_EXITED,
        Scope.POD,
        """
        A worker has settled its item with the broker and its process goes on: a connection, a thread or a consumer that is still open keeps
        it alive, and the Job never counts it.
        """,
        Remedy.by(Who.AUTHOR, "cancel the consumer, close the connection and exit after the ack"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    Duration window = seen.window();
    Duration patience = Stuck.patience(picture, window);
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : Stuck.jobs(picture).toList()) {
      List<Settled> lasting =
          job.pods.stream()
              .flatMap(pod -> of(picture, job, pod).stream())
              .filter(each -> Stuck.since(each.since(), picture, each.atLeast(patience)))
              .toList();
      if (!lasting.isEmpty()) {
        found.add(of(picture, job, lasting));
      }
    }
    return found;
  }

  private static Suspicion of(Picture picture, JobView job, List<Settled> workers) {
    int further = workers.stream().mapToInt(each -> each.holds().size()).sum();
    Duration least =
        workers.stream()
            .map(each -> Duration.between(each.since(), picture.now()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    List<PodView> pods = workers.stream().map(Settled::pod).toList();
    return Suspicion.of(
            NOT_EXITED,
            Counted.of(workers.size(), "worker")
                + " of "
                + job
                + " acknowledged "
                + (workers.size() == 1 ? "its item" : "their items")
                + " and did not exit within "
                + least.toSeconds()
                + " s"
                + (further == 0
                    ? ""
                    : ", holding " + Counted.of(further, "further item") + " without work on it"))
        .pods(Stuck.names(pods))
        .proof(
            workers.stream()
                .flatMap(
                    each ->
                        Stream.concat(
                            Stream.of(each.seq(), each.pod().last().orElseThrow().seq()),
                            each.holds().stream().map(held -> held.delivered.seq())))
                .toList())
        .remedy(Stuck.onFirst("logs", pods, "--tail=20"));
  }

  /**
   * That a run has settled its item.
   *
   * @param seq the event that shows it
   * @param holds what was delivered to it after that
   * @param took from its first delivery until then; zero if not known
   */
  record Settled(PodView pod, Instant since, long seq, List<WireView.Handed> holds, Duration took) {

    Duration atLeast(Duration patience) {
      Duration longer = took.multipliedBy(TIMES_AS_LONG);
      return holds.isEmpty() || longer.compareTo(patience) < 0 ? patience : longer;
    }
  }

  /** What the pod's worker has settled, if it runs and works on nothing else. */
  static Optional<Settled> of(Picture picture, JobView job, PodView pod) {
    Optional<Attempt> running = pod.attempts().stream().filter(Attempt::running).findFirst();
    if (!pod.active() || running.isEmpty() || job.serves()) {
      return Optional.empty();
    }
    return picture.connections().seen()
        ? onWire(picture, running.get())
        : byDepth(picture, job, running.get());
  }

  private static Optional<Settled> onWire(Picture picture, Attempt run) {
    Instant begun =
        run.pod.attempts().stream()
            .filter(each -> each.number < run.number)
            .flatMap(each -> each.endSeenAt().stream())
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    List<WireView.Handed> its =
        WireView.of(picture).to(run.pod.ref.name()).stream()
            .filter(each -> each.delivered.at().isAfter(begun))
            .toList();
    Optional<WireView.Handed> last =
        its.stream()
            .filter(each -> each.ackSeq > 0)
            .max(Comparator.comparingLong(each -> each.ackSeq));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    List<WireView.Handed> holds =
        its.stream().filter(each -> each.settledSeq == 0 && each.delivered.event().acks()).toList();
    boolean works = holds.stream().anyMatch(held -> isShown(picture, run, held));
    return works
        ? Optional.empty()
        : Optional.of(
            new Settled(
                run.pod,
                last.get().settledAt,
                last.get().ackSeq,
                holds,
                Duration.between(its.get(0).delivered.at(), last.get().settledAt)));
  }

  /**
   * Without a wire, from the queue's depth: items are ready and nobody takes or holds one, and as
   * many are gone for good as there are runs, ended or not, so that each run has settled one. Of an
   * empty queue it is not known who emptied it.
   */
  private static Optional<Settled> byDepth(Picture picture, JobView job, Attempt run) {
    QueueView queue = picture.queue(job.queue());
    Recorded<QueueDepth> since = null;
    for (Recorded<QueueDepth> sample : queue.samples()) {
      QueueDepth depth = sample.event();
      boolean nothingHeld = depth.unacked() != null && depth.unacked() == 0;
      boolean some = depth.ready() != null && depth.ready() > 0;
      boolean changed = since == null || !since.event().ready().equals(depth.ready());
      if (nothingHeld && some) {
        since = changed ? sample : since;
      } else if (depth.unacked() != null || changed) {
        since = null;
      }
    }
    if (since == null || queue.jobs().size() != 1) {
      return Optional.empty();
    }
    long runs = job.attempts().stream().filter(Attempt::began).count();
    boolean eachHasSettledOne = queue.published() - since.event().ready() >= runs;
    Instant free = since.event().sampledAt();
    Instant begun = run.firstSeenAt();
    return eachHasSettledOne
        ? Optional.of(
            new Settled(
                run.pod, free.isAfter(begun) ? free : begun, since.seq(), List.of(), Duration.ZERO))
        : Optional.empty();
  }

  /** Whether the run's evidence shows work on what it holds. */
  private static boolean isShown(Picture picture, Attempt run, WireView.Handed held) {
    return Ledger.of(picture).entries().stream()
        .filter(
            entry ->
                entry.deliveries().stream().anyMatch(each -> each.seq() == held.delivered.seq()))
        .flatMap(entry -> entry.work().stream())
        .anyMatch(each -> each.pod().equals(run.pod.ref.name()) && each.attempt() == run.number);
  }
}
