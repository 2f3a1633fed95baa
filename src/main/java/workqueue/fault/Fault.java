package workqueue.fault;

import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** A fault that struck; it is healed when the scenario wants it, or else after the scenario. */
public final class Fault implements AutoCloseable {
  private final Kind kind;
  private final String target;
  private final Recorder recorder;
  private Healing healing;

  /** Undoes a fault. */
  @FunctionalInterface
  interface Healing {
    /** For faults that are over as soon as they have struck. */
    Healing NONE = () -> "";

    /** Returns, once it is certain, what shows that the fault is over. */
    String heal();
  }

  Fault(Kind kind, String target, Recorder recorder, Healing healing) {
    this.kind = kind;
    this.target = target;
    this.recorder = recorder;
    this.healing = healing;
  }

  public Kind kind() {
    return kind;
  }

  /** What was struck: a pod, a node, a queue or the broker. */
  public String target() {
    return target;
  }

  /**
   * Undoes the fault and records that it is over; only the first time, and not for what cannot be
   * undone, such as a container that was killed.
   */
  public synchronized void heal() {
    if (healing == Healing.NONE) {
      return;
    }
    String evidence = healing.heal();
    healing = Healing.NONE;
    recorder.record(Source.FAULTS, new FaultHealed(kind.word(), target, evidence));
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
