package workqueue.checker.diagnosis;

/** Whose a cause is: who else suffers from what one Job's pods show. */
public enum Scope {
  /** The pods that it names. */
  POD("its pods"),
  /** One Job. */
  JOB("its Job"),
  /** All Jobs of a queue, for they share its items. */
  QUEUE("all Jobs of the queue"),
  /** All pods of a node, and with them all Jobs. */
  NODE("all Jobs"),
  /** All that use the broker. */
  BROKER("all Jobs");

  private final String words;

  Scope(String words) {
    this.words = words;
  }

  /** Who suffers from it, in words. */
  public String words() {
    return words;
  }

  /** Whether all Jobs suffer, whichever shows it. */
  boolean isEverybodys() {
    return this == BROKER || this == NODE;
  }
}
