/** A RabbitMQ broker, wherever it runs: its queues, their depth, and publishing to them. */
package workqueue.broker;
