package workqueue.checker.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the broker refuses, told from its reply: the code and the text that it closed a channel or a
 * connection with, as it stands on the wire or in a worker's log. The texts are those of RabbitMQ
 * 3.10 to 4.3; reply codes are those of AMQP 0-9-1.
 */
enum Refusal {
  CONNECTION_LIMIT(
      FindingCode.CONNECTION_LIMIT,
      "connection limit",
      "the broker takes no more connections",
      "rabbitmqctl list_connections user vhost peer_host"),
  VHOST_MISSING(
      FindingCode.VHOST_MISSING,
      "vhost .{0,200}not found|no such vhost|unknown virtual host",
      "the workers ask for a virtual host that does not exist",
      "rabbitmqctl list_vhosts"),
  NEGOTIATION_FAILED(
      FindingCode.NEGOTIATION_FAILED,
      "negotiated (channel_max|frame_max)",
      "client and broker cannot agree",
      "rabbitmqctl environment | grep -E 'channel_max|frame_max'"),
  QUEUE_LOCKED(
      FindingCode.QUEUE_LOCKED,
      "resource_locked|exclusive access to locked|in exclusive use",
      "another connection has the queue exclusively",
      "rabbitmqctl list_queues name exclusive owner_pid"),
  QUEUE_MISMATCH(
      FindingCode.QUEUE_MISMATCH,
      "inequivalent arg|transient_nonexcl_queues|invalid arg '|unsupported queue declare argument",
      "a worker declares a queue otherwise than it is or may be",
      "rabbitmqctl list_queues name durable auto_delete arguments"),
  ACK_TIMED_OUT(
      FindingCode.ACK_TIMED_OUT,
      "delivery acknowledgement on channel [0-9]+ timed out|consumer timeout",
      "the broker took an item back that was not acknowledged in time",
      "rabbitmqctl environment | grep consumer_timeout"),
  PERMISSION_DENIED(
      FindingCode.PERMISSION_DENIED,
      "access to .{0,300}refused|operation not permitted",
      "the workers' user lacks a right",
      "rabbitmqctl list_permissions -p /"),
  LOGIN(
      FindingCode.BROKER_REFUSED_LOGIN,
      "access_refused|login was refused|authentication fail|username or password",
      "the broker refuses the workers' user or password",
      "rabbitmqctl list_users && rabbitmqctl list_permissions -p /");

  private final FindingCode code;
  private final Pattern words;
  private final String message;
  private final String remedy;

  Refusal(FindingCode code, String words, String message, String remedy) {
    this.code = code;
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    this.message = message;
    this.remedy = remedy;
  }

  FindingCode code() {
    return code;
  }

  /** What it means for the workers, in a clause. */
  String message() {
    return message;
  }

  String remedy() {
    return remedy;
  }

  /** The refusal that a text speaks of, the most particular one; empty if it speaks of none. */
  static Optional<Refusal> in(String text) {
    return Arrays.stream(values()).filter(each -> each.words.matcher(text).find()).findFirst();
  }
}
