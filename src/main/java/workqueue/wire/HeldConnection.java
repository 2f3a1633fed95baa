package workqueue.wire;

import workqueue.history.Recorded;
import workqueue.history.WireEvent;

/** A connection that is held until it is released, cut or reset. */
public final class HeldConnection {
  private final Link link;
  private final Passed passed;
  private final Recorded<WireEvent.Held> held;
  private final Runnable open;
  private boolean over;

  HeldConnection(Link link, Passed passed, Recorded<WireEvent.Held> held, Runnable open) {
    this.link = link;
    this.passed = passed;
    this.held = held;
    this.open = open;
  }

  /** Its name in the history. */
  public String connection() {
    return held.event().connection();
  }

  /** What the frame said on which it is held, and which deliveries that is about. */
  public Passed passed() {
    return passed;
  }

  /** The number of the event that tells the hold; the frame's own, if passed on, is lower. */
  public long seq() {
    return held.seq();
  }

  /** Lets what was held back pass. Has happened when this returns; does nothing the second time. */
  public void release() {
    link.run(() -> release("released"));
  }

  /** Closes both sockets; what was held back is lost. */
  public void cut() {
    link.cut(false, "cut while held");
  }

  /** Resets both sockets; what was held back is lost. */
  public void reset() {
    link.cut(true, "reset while held");
  }

  private void release(String why) {
    if (!over && !link.isOver()) {
      over = true;
      link.record(new WireEvent.Released(connection(), why));
      open.run();
    }
  }
}
