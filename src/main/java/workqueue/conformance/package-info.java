/** The checks of a cluster that exists: whether it runs the pattern, and if not, what to fix. */
package workqueue.conformance;
