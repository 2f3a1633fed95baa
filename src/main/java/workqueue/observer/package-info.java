/** Turns watches, logs, probes and depths into events of a history. */
package workqueue.observer;
