/** The worker's image, and the work that is given to it. */
package workqueue.workload;
