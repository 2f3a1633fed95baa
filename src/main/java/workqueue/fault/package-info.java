/** Faults: each strikes, records itself, and is healed at the latest with its scenario. */
package workqueue.fault;
