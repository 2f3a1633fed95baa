package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.Held;
import workqueue.history.WireEvent.Released;

/** A fault of this kind struck after an ack passed and before its client was let go on. */
record StrikesBetweenAckAndRelease(String fault) implements Statement {
  @Override
  public String words() {
    return fault + " strikes between ack and release";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Optional<Recorded<FaultInjected>> strike = PodClaims.strike(picture, fault);
    List<Recorded<Acked>> acks = picture.history.all(Acked.class);
    if (strike.isEmpty() || acks.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": the record does not show it")
              .expected("an ack on the wire, then the fault on its pod, then the release")
              .actual(
                  (acks.isEmpty() ? "no ack" : Counted.of(acks.size(), "ack"))
                      + ", "
                      + (strike.isEmpty() ? "no fault " + fault : "a fault " + fault)));
    }
    long at = strike.get().seq();
    String target = strike.get().event().target();
    // A fault is recorded before it strikes and again when it is certain that it has.
    long certain =
        picture
            .history
            .last(
                FaultInjected.class,
                each -> each.kind().equals(fault) && each.target().equals(target))
            .map(Recorded::seq)
            .orElseThrow();
    for (Recorded<Acked> ack : acks) {
      String connection = ack.event().connection();
      boolean held =
          picture.history.all(Held.class, each -> each.connection().equals(connection)).stream()
              .anyMatch(each -> ack.seq() < each.seq() && each.seq() < at);
      boolean released =
          picture
              .history
              .last(Released.class, each -> each.connection().equals(connection))
              .map(each -> each.seq() > certain)
              .orElse(false);
      if (held && released && struck(picture, target, picture.connections().podOf(connection))) {
        return Conclusion.valid();
      }
    }
    return Conclusion.unknown(
        Explanation.of(words() + ": the fault missed its window")
            .expected("an ack on the wire, then the fault on its pod, then the release")
            .actual("the fault in event " + at + " lies outside"));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return PodClaims.strike(picture, fault);
  }

  /** Whether the fault struck this pod, or the node that it was on. */
  private static boolean struck(Picture picture, String target, String pod) {
    return pod.equals(target)
        || picture.podNamed(pod).map(view -> view.node().equals(target)).orElse(false);
  }
}
