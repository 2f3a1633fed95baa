package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
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
    PublishedByWorkers byWorkers = PublishedByWorkers.of(picture);
    List<Recorded<MessagePublished>> put = byWorkers.to(queue);
    if (!put.isEmpty()) {
      MessagePublished first = put.get(0).event();
      String count = Counted.of(put.size(), "message");
      return Conclusion.invalid(
          Explanation.of(words() + ": they published " + count)
              .expected("no message but the items")
              .actual("\"" + first.payload().preview() + "\" first"),
          new Finding(
              FindingCode.UNEXPECTED_ITEMS,
              Role.ROOT,
              Counted.were(put.size(), "message") + " published by workers",
              List.of(),
              byWorkers.pods(queue),
              put.stream().map(Recorded::seq).toList()));
    }
    return WireView.of(picture).whole()
        ? Conclusion.valid()
        : Conclusion.unknown(
            Explanation.of(words() + ": cannot be told")
                .expected("all that workers say to the broker in sight of the wire tap")
                .actual("less"));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return PublishedByWorkers.of(picture).to(queue).stream().findFirst();
  }
}
