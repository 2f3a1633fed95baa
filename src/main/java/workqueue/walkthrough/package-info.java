/** Walks the documented procedure on a cluster, step by step, and checks each step. */
package workqueue.walkthrough;
