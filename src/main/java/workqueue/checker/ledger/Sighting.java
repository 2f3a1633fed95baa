package workqueue.checker.ledger;

/** How well something about an item is known. */
public enum Sighting {
  /** An event shows it. */
  SEEN,
  /** It follows from sums, not from an event of its own. */
  INFERRED,
  /** An event, or the lack of one where one was bound to be, shows that it is not so. */
  NOT,
  /** The record does not tell. */
  UNKNOWN;

  /** Whether it is so, seen or inferred. */
  public boolean holds() {
    return this == SEEN || this == INFERRED;
  }
}
