/**
 * A history put together: Jobs, their pods, the runs of their containers, queues and connections,
 * as they were seen.
 */
package workqueue.checker.view;
