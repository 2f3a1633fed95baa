package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** What claims about a queue share. */
final class QueueClaims {
  private QueueClaims() {}

  static Conclusion holds(
      Picture picture, String words, String name, int wantedReady, int wantedUnacked) {
    QueueView queue = picture.queue(name);
    String expected = wantedReady + " ready, " + wantedUnacked + " unacked";
    Optional<Recorded<QueueDepth>> last = queue.last();
    if (last.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": the depth of " + queue + " was never seen")
              .expected(expected)
              .actual("no sample")
              .remedy(Remedies.depth(picture, name)));
    }
    if (queue.missing()) {
      return Conclusion.invalid(
          Explanation.of(words + ": there is no " + queue)
              .expected(expected)
              .actual("no such queue, in event " + last.get().seq())
              .remedy("amqp-declare-queue --url=$BROKER_URL -q " + name + " -d"));
    }
    Optional<Integer> ready = queue.ready().map(sample -> sample.event().ready());
    Optional<Integer> unacked = queue.unacked().map(sample -> sample.event().unacked());
    String actual =
        ready.map(n -> n + " ready").orElse("ready not known")
            + ", "
            + unacked.map(n -> n + " unacked").orElse("unacked not known");
    boolean wrong =
        ready.map(n -> n != wantedReady).orElse(false)
            || unacked.map(n -> n != wantedUnacked).orElse(false);
    if (wrong) {
      Explanation why =
          Explanation.of(words + ": " + queue + " holds " + actual)
              .expected(expected)
              .actual(actual);
      return Conclusion.invalid(why.remedy(Remedies.depth(picture, name)));
    }
    if (ready.isEmpty() || unacked.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": no sample of " + queue + " is new enough")
              .expected(
                  expected
                      + queue
                          .settledAt()
                          .map(at -> ", sampled after " + at)
                          .orElse(", sampled after the Job's end or in the final state"))
              .actual(actual)
              .remedy(Remedies.depth(picture, name)));
    }
    return Conclusion.valid();
  }

  /** The sample after which the depth is known: the first one that is not stale. */
  static Optional<? extends Recorded<? extends Event>> settled(Picture picture, String name) {
    QueueView queue = picture.queue(name);
    return queue
        .settledAt()
        .flatMap(
            settled ->
                queue.samples().stream()
                    .filter(sample -> !sample.event().sampledAt().isBefore(settled))
                    .findFirst());
  }
}
