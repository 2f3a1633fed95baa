package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.UnexpectedItems;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PublishedByWorkers;
import workqueue.checker.view.WireView;
import workqueue.history.Event;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.MessagePublished;

/** No worker publishes to the queue that the items come from. */
record AddsNoItems(String queue) implements Statement {
  @Override
  public String words() {
    return "workers publish nothing to queue " + queue;
  }

  @Override
  public Conclusion judge(Picture picture) {
    List<Recorded<MessagePublished>> put = PublishedByWorkers.of(picture).to(queue);
    return UnexpectedItems.byWorkers(picture, queue)
        .map(
            found ->
                Conclusion.invalid(
                    Explanation.of(
                            words() + ": they published " + Counted.of(put.size(), "message"))
                        .expected("no message but the items")
                        .actual("\"" + put.get(0).event().payload().preview() + "\" first"),
                    found.asRoot()))
        .orElseGet(
            () ->
                WireView.of(picture).whole()
                    ? Conclusion.valid()
                    : Conclusion.unknown(
                        Explanation.of(words() + ": cannot be told")
                            .expected("all that workers say to the broker in sight of the wire tap")
                            .actual("less")));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return PublishedByWorkers.of(picture).to(queue).stream().findFirst();
  }
}
