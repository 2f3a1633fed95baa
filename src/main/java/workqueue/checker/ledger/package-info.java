/**
 * What became of each item: by the logs, the wire and the broker's counters, and the balance of the
 * three.
 */
package workqueue.checker.ledger;
