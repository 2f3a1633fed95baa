/** What RabbitMQ can besides AMQP 0-9-1: its management API and its own commands. */
package workqueue.broker.rabbitmq;
