/** The wire tap: a transparent AMQP proxy that records what passes, and can hold it. */
package workqueue.wire;
