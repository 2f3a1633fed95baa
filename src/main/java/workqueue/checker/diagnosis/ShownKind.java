package workqueue.checker.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.WorkerKind;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.History;
import workqueue.history.Recorded;

/**
 * That a run of a worker goes through its queue otherwise than workers of the kind that it was
 * given as, by the wire.
 *
 * @param kind as which it goes through it
 * @param given the kind that it was run as
 * @param pod of the run
 * @param items that it acked
 */
public record ShownKind(WorkerKind kind, WorkerKind given, String pod, int items) {
  /** As many as no worker of one item takes by mistake. */
  private static final int SEVERAL = 3;

  private static final Duration IDLE = Duration.ofSeconds(5);

  /** The first run that shows another kind; empty if none does. */
  public static Optional<ShownKind> in(History history) {
    return in(new Picture(history));
  }

  /** The same of a history that is put together already. */
  public static Optional<ShownKind> in(Picture picture) {
    if (picture.history.last(FaultInjected.class, FaultInjected::strikes).isPresent()) {
      return Optional.empty();
    }
    return picture.jobs().stream()
        .filter(job -> !job.queue().isEmpty())
        .flatMap(job -> job.pods.stream().flatMap(pod -> of(picture, job, pod).stream()))
        .findFirst();
  }

  private static Optional<ShownKind> of(Picture picture, JobView job, PodView pod) {
    WorkerKind given = given(job);
    // What was told to end says nothing by doing so.
    boolean told = pod.deletionSeenAt().isPresent();
    boolean ended = !told && pod.attempts().stream().anyMatch(Attempt::succeeded);
    for (List<WireView.Handed> acked : byConnection(picture, pod)) {
      boolean all =
          acked.size() >= SEVERAL && acked.size() >= picture.queue(job.queue()).published();
      Optional<WorkerKind> kind =
          switch (given) {
            case ONE ->
                all && ended
                    ? Optional.of(WorkerKind.DRAIN)
                    : all && idles(picture, pod, acked)
                        ? Optional.of(WorkerKind.SERVE)
                        : Optional.empty();
            case DRAIN ->
                ended && acked.size() == 1 && isLeft(picture, job)
                    ? Optional.of(WorkerKind.ONE)
                    : Optional.empty();
            case SERVE ->
                ended && all
                    ? Optional.of(WorkerKind.DRAIN)
                    : ended && acked.size() == 1 ? Optional.of(WorkerKind.ONE) : Optional.empty();
          };
      if (kind.isPresent()) {
        return kind.map(each -> new ShownKind(each, given, pod.ref.name(), acked.size()));
      }
    }
    return Optional.empty();
  }

  private static WorkerKind given(JobView job) {
    if (job.serves()) {
      return WorkerKind.SERVE;
    }
    return job.state().spec().completions() == null ? WorkerKind.DRAIN : WorkerKind.ONE;
  }

  /** The items that the pod acked, by the connections of its runs. */
  private static Iterable<List<WireView.Handed>> byConnection(Picture picture, PodView pod) {
    Map<String, List<WireView.Handed>> connections =
        WireView.of(picture).to(pod.ref.name()).stream()
            .filter(each -> each.ackSeq > 0)
            .collect(Collectors.groupingBy(each -> each.delivered.event().connection()));
    return connections.values();
  }

  private static boolean idles(Picture picture, PodView pod, List<WireView.Handed> acked) {
    return pod.runs()
        && acked.stream()
            .allMatch(
                each -> !Duration.between(each.settledAt, picture.now()).minus(IDLE).isNegative());
  }

  private static boolean isLeft(Picture picture, JobView job) {
    return picture
        .queue(job.queue())
        .last()
        .map(Recorded::event)
        .map(QueueDepth::ready)
        .map(ready -> ready > 0)
        .orElse(false);
  }

  /** What it did, to be read after a colon. */
  public String words() {
    String did =
        "a run of pod %s acked %s and %s"
            .formatted(
                pod, Counted.of(items, "item"), kind == WorkerKind.SERVE ? "goes on" : "ended");
    return "%s, as workers of kind %s do, and it was run as one of kind %s"
        .formatted(did, kind.id(), given.id());
  }
}
