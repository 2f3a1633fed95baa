package workqueue.fault;

import java.time.Duration;
import java.time.Instant;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.Source;
import workqueue.waiting.Sight;

/** A fault that struck; it is healed when the scenario wants it, or else after the scenario. */
public final class Fault implements AutoCloseable {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Kind kind;
  private final String target;
  private final Site site;
  private Healing healing;

  /** Undoes a fault. */
  @FunctionalInterface
  interface Healing {
    /** For faults that are over as soon as they have struck. */
    Healing NONE = () -> "";

    /** Returns, once it is certain, what shows that the fault is over. */
    String heal();
  }

  Fault(Kind kind, String target, Site site, Healing healing) {
    this.kind = kind;
    this.target = target;
    this.site = site;
    this.healing = healing;
  }

  public Kind kind() {
    return kind;
  }

  /** What was struck: a pod, a node, a queue or the broker. */
  public String target() {
    return target;
  }

  /** Waits while the fault lasts. */
  public Fault lasting(Duration time) {
    Instant end = Instant.now().plus(time);
    site.patience()
        .await(
            this + " to have lasted " + time.toSeconds() + " s",
            time.plus(MARGIN),
            () -> Sight.when(!Instant.now().isBefore(end), "it lasts until " + end));
    return this;
  }

  /**
   * Undoes the fault and records that it is over; only the first time, and not for what cannot be
   * undone, such as a container that was killed.
   *
   * <p>It is recorded twice: right before anything is undone, and as soon as it is certain that the
   * fault is over. Up to the first it lasted for certain.
   */
  public synchronized void heal() {
    if (healing == Healing.NONE) {
      return;
    }
    record("begins");
    String evidence = healing.heal();
    healing = Healing.NONE;
    record("healed: " + evidence);
  }

  private void record(String detail) {
    site.recorder().record(Source.FAULTS, new FaultHealed(kind.word(), target, detail));
  }

  @Override
  public void close() {
    heal();
  }

  @Override
  public String toString() {
    return kind.word() + " on " + target;
  }
}
