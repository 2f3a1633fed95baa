package workqueue.checker.claim;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.diagnosis.WorkerFailed;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Event;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Delivered;

/** A worker is handed an item of the queue, whatever it makes of it. */
record TakesAnItem(String queue) implements Statement {
  @Override
  public String words() {
    return "a worker takes an item of queue " + queue;
  }

  /**
   * Refuted by a worker that ended without one, or will never take one; a worker that has shown
   * nothing so far may still be starting.
   */
  @Override
  public Conclusion judge(Picture picture) {
    if (decidedBy(picture).isPresent()) {
      return Conclusion.valid();
    }
    List<Attempt> ended =
        picture.jobs().stream()
            .flatMap(job -> job.attempts().stream())
            .filter(each -> each.end().isPresent())
            .toList();
    Outlook outlook = Outlook.of(picture, Diagnosis.WINDOW);
    if (ended.isEmpty() && !outlook.isDecided()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": cannot be told")
              .expected("an item of queue " + queue + " handed to a worker")
              .actual("no item was handed out, and no worker ended"));
    }
    Optional<Finding> cause =
        outlook.findings().stream()
            .filter(each -> each.role() == Role.ROOT)
            .filter(each -> !each.code().isHarmless() && each.code() != FindingCode.STILL_WORKING)
            .findFirst();
    Explanation why =
        Explanation.of(words() + ": not so")
            .expected("an item of queue " + queue + " handed to a worker")
            .actual(
                cause
                    .filter(each -> each.code() != FindingCode.FALSE_SUCCESS)
                    .map(each -> each.message() + asked(picture, each))
                    .orElseGet(() -> ended(ended) + asked(picture)));
    cause.map(Finding::remedy).filter(each -> !each.isEmpty()).ifPresent(why::remedy);
    return Conclusion.invalid(why, cause.stream().toArray(Finding[]::new));
  }

  private static String ended(List<Attempt> ended) {
    return ended.stream()
        .findFirst()
        .map(
            each ->
                "pod %s ended with exit code %d before"
                        .formatted(each, each.end().orElseThrow().exitCode())
                    + WorkerFailed.said(each.lines()))
        .orElse("none");
  }

  /** Who does not consume may not even have connected, nor who reaches no broker to this one. */
  private static String asked(Picture picture, Finding finding) {
    return switch (finding.code()) {
      case NOT_CONSUMING, BROKER_UNREACHABLE -> asked(picture);
      default -> "";
    };
  }

  /** Whether the worker came to the broker at all, to be read after what became of it. */
  private static String asked(Picture picture) {
    if (!WireView.of(picture).sawAllConsumers()) {
      return "";
    }
    return WireView.of(picture).workersConnected()
        ? "; the worker connected to its broker"
        : "; the worker never connected to its broker";
  }

  /** What shows that an item was taken; empty if nothing does. */
  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    Optional<Recorded<Delivered>> delivered =
        picture.history.all(Delivered.class, each -> each.queue().equals(queue)).stream()
            .findFirst();
    return delivered.isPresent() ? delivered : missed(picture);
  }

  /** A sample that misses one of those that were published, or has one that a consumer holds. */
  private Optional<Recorded<QueueDepth>> missed(Picture picture) {
    List<Recorded<ItemPublished>> published =
        picture.history.all(ItemPublished.class, each -> each.queue().equals(queue));
    Instant filled =
        published.stream().map(Recorded::at).max(Comparator.naturalOrder()).orElse(Instant.MAX);
    return picture.queue(queue).samples().stream()
        .filter(each -> each.event().exists() && each.event().sampledAt().isAfter(filled))
        .filter(each -> lacks(each.event(), published.size()))
        .findFirst();
  }

  private static boolean lacks(QueueDepth depth, int published) {
    return depth.ready() != null && depth.ready() < published;
  }
}
