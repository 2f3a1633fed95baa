package workqueue.wire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Armed: the first connection on which its condition comes true is held. */
public final class Hold implements AutoCloseable {
  private final Passing passing;
  private final boolean before;
  private final Extent extent;
  private final AtomicBoolean armed = new AtomicBoolean(true);
  private final CompletableFuture<HeldConnection> taken = new CompletableFuture<>();

  /** What is held. */
  public enum Extent {
    /** What the side sends on whose frame the condition came true. */
    ONE_WAY,
    /** What either side sends. */
    BOTH_WAYS
  }

  Hold(Passing passing, boolean before, Extent extent) {
    this.passing = passing;
    this.before = before;
    this.extent = extent;
  }

  /**
   * Comes when a connection is held, and never if that does not happen. Fails if the connection
   * ends before the frame could be passed on; the hold is spent then.
   */
  public CompletableFuture<HeldConnection> taken() {
    return taken;
  }

  /** Disarms it; what it holds already stays held. */
  @Override
  public void close() {
    if (armed.getAndSet(false)) {
      taken.cancel(false);
    }
  }

  boolean isArmed() {
    return armed.get();
  }

  boolean isBefore() {
    return before;
  }

  boolean isBothWays() {
    return extent == Extent.BOTH_WAYS;
  }

  /** Takes it for this frame, if it is armed and the condition holds. */
  boolean takes(Passed passed) {
    return isArmed() && passing.holds(passed) && armed.compareAndSet(true, false);
  }

  void took(HeldConnection held) {
    // Not on the loop: who waits for this may block.
    taken.completeAsync(() -> held);
  }

  void failed(Throwable cause) {
    taken.completeExceptionally(cause);
  }

  @Override
  public String toString() {
    return (before ? "before " : "after ") + passing;
  }
}
