package workqueue.checker.ledger;

/** Where something turned up that nobody published. */
public enum Place {
  /** In a worker's evidence. */
  WORK,
  /** On the wire. */
  WIRE,
  /** In the queue, after the final state. */
  QUEUE
}
