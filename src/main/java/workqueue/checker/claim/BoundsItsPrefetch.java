package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Suspicion;
import workqueue.checker.diagnosis.UnboundedConsumers;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.view.Picture;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Delivered;

/** No consumer of the queue is given an unlimited number of items, or items without acks. */
record BoundsItsPrefetch(String queue) implements Statement {
  @Override
  public String words() {
    return "consumers of queue " + queue + " bound their prefetch";
  }

  /** As consumers asked for it on the wire, or else as the broker lists them. */
  @Override
  public Conclusion judge(Picture picture) {
    Optional<Suspicion> unbounded = UnboundedConsumers.on(picture, queue);
    if (unbounded.isPresent()) {
      return Conclusion.invalid(
          Explanation.of(words() + ": one of " + picture.queue(queue) + " sets no bound")
              .expected("a prefetch above 0, and acks")
              .actual(unbounded.get().message()),
          unbounded.get().asRoot());
    }
    List<Recorded<Delivered>> unacked =
        picture.history.all(Delivered.class, each -> each.queue().equals(queue) && !each.acks());
    if (!unacked.isEmpty()) {
      String what = "a client of queue " + queue + " gets items without acks";
      return Conclusion.invalid(
          Explanation.of(words() + ": one of " + picture.queue(queue) + " sets no bound")
              .expected("a prefetch above 0, and acks")
              .actual(what),
          Suspicion.of(FindingCode.HOARDED_ITEMS, what).proof(unacked.get(0).seq()).asRoot());
    }
    boolean seen = Ledger.of(picture).wire() || !UnboundedConsumers.lists(picture, queue).isEmpty();
    return seen
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words() + ": cannot be told of " + picture.queue(queue))
                .expected("the wire, or the broker's list of consumers")
                .actual("neither"));
  }
}
