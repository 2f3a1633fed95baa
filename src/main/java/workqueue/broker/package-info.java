/**
 * A broker, which is what speaks AMQP 0-9-1, wherever it runs: its queues, their depth, and
 * publishing to them; and the seam to what a {@link workqueue.broker.Product product} can besides.
 */
package workqueue.broker;
