/** The rules for a worker, and how each is tried on a real cluster. */
package workqueue.gate;
