package workqueue.checker.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.Delivered;

/** A fault of this kind struck a worker that had been given an item, and that ended by it. */
record StrikesAtWork(String fault) implements Statement {
  /** Containers' times are whole seconds: what ended later than this did not end before. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  private static final String DELETE_POD = "delete-pod";
  private static final String KILL_CONTAINER = "kill-container";

  @Override
  public String words() {
    return fault + " strikes a worker that has an item";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Explanation why =
        Explanation.of(words() + ": the record does not show it")
            .expected("a worker that is given an item, then the fault, then the worker's end");
    Optional<Recorded<FaultInjected>> strike = PodClaims.strike(picture, fault);
    if (strike.isEmpty()) {
      return Conclusion.unknown(why.actual("no fault " + fault));
    }
    String pod = strike.get().event().target();
    String where = "the fault in event " + strike.get().seq() + " on pod " + pod;
    if (!hadAnItem(picture, pod, strike.get())) {
      return Conclusion.unknown(why.actual(where + ", which had been given nothing"));
    }
    return endsBy(picture, pod, strike.get())
            || acksAfter(picture, pod, strike.get())
            || givesBack(picture, pod, strike.get())
            || returns(picture, pod, strike.get())
        ? Conclusion.valid()
        : Conclusion.unknown(why.actual(where + ", whose worker was not seen to end by it"));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return PodClaims.strike(picture, fault);
  }

  /** By the wire if it was watched, or else by what was missing in the queue. */
  private static boolean hadAnItem(Picture picture, String pod, Recorded<FaultInjected> strike) {
    boolean delivered =
        picture.history.all(Delivered.class).stream()
            .filter(each -> each.seq() < strike.seq())
            .map(each -> picture.connections().podOf(each.event().connection()))
            .anyMatch(each -> each.isEmpty() || each.equals(pod));
    return delivered
        || picture.history.all(QueueDepth.class).stream()
            .filter(each -> each.seq() < strike.seq())
            .anyMatch(each -> lacks(picture, each));
  }

  private static boolean lacks(Picture picture, Recorded<QueueDepth> sample) {
    long published =
        picture
            .history
            .all(ItemPublished.class, each -> each.queue().equals(sample.event().queue()))
            .stream()
            .filter(each -> each.at().isBefore(sample.event().sampledAt()))
            .count();
    return sample.event().ready() != null && sample.event().ready() < published;
  }

  /** What is told to end may still finish what it has; what is killed may not. */
  private static boolean acksAfter(Picture picture, String pod, Recorded<FaultInjected> strike) {
    return strike.event().kind().equals(DELETE_POD)
        && picture.history.all(Acked.class).stream()
            .filter(each -> each.seq() > strike.seq())
            .anyMatch(each -> pod.equals(picture.connections().podOf(each.event().connection())));
  }

  /** Whether the wire shows that what it had been given before the fault went back after it. */
  private static boolean returns(Picture picture, String pod, Recorded<FaultInjected> strike) {
    return WireView.of(picture).to(pod).stream()
        .filter(each -> each.delivered.seq() < strike.seq())
        .anyMatch(each -> each.returnedSeq() > strike.seq());
  }

  /**
   * Whether the only worker there was ended after the fault, and there were more items to take
   * after that than before it: it had one until its end.
   */
  private static boolean givesBack(Picture picture, String pod, Recorded<FaultInjected> strike) {
    boolean alone =
        picture.workers().stream()
            .filter(
                each ->
                    each.attempts().stream()
                        .anyMatch(attempt -> attempt.firstSeenAt().isBefore(strike.at())))
            .allMatch(each -> each.ref.name().equals(pod));
    OptionalLong end =
        picture.podNamed(pod).stream()
            .flatMap(each -> each.attempts().stream())
            .filter(each -> each.firstSeenAt().isBefore(strike.at()) && each.end().isPresent())
            .mapToLong(Attempt::endSeq)
            .filter(seq -> seq > strike.seq())
            .min();
    return alone
        && end.isPresent()
        && picture.history.all(QueueDepth.class).stream()
            .filter(each -> each.seq() > strike.seq() && each.event().ready() != null)
            .anyMatch(each -> isMoreThanBefore(picture, each, strike));
  }

  private static boolean isMoreThanBefore(
      Picture picture, Recorded<QueueDepth> after, Recorded<FaultInjected> strike) {
    String queue = after.event().queue();
    boolean fed =
        picture.history.all(ItemPublished.class, each -> each.queue().equals(queue)).stream()
            .anyMatch(each -> each.seq() > strike.seq());
    return !fed
        && picture
            .history
            .all(QueueDepth.class, each -> each.queue().equals(queue) && each.ready() != null)
            .stream()
            .filter(each -> each.seq() < strike.seq())
            .filter(each -> lacks(picture, each))
            .reduce((earlier, later) -> later)
            .map(each -> each.event().ready() < after.event().ready())
            .orElse(false);
  }

  /**
   * Whether the run that was on when the fault struck ended badly; or well and certainly later,
   * which what is killed does not.
   */
  private boolean endsBy(Picture picture, String pod, Recorded<FaultInjected> strike) {
    Instant later = strike.at().plus(RESOLUTION);
    return picture.podNamed(pod).stream()
        .flatMap(each -> each.attempts().stream())
        .filter(each -> each.firstSeenAt().isBefore(strike.at()) && each.endSeq() > strike.seq())
        .map(each -> each.end().orElseThrow())
        .anyMatch(
            end ->
                end.exitCode() != 0
                    || (!fault.equals(KILL_CONTAINER)
                        && end.finishedAt() != null
                        && !end.finishedAt().isBefore(later)));
  }
}
