package workqueue.broker.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Depth;

/**
 * Asks the broker through its own command, which asks each queue's process: live, but dear under a
 * CPU limit (0.6 s without, 7.6 s at 100m).
 */
final class Rabbitmqctl {
  private static final Pattern ABSOLUTE = Pattern.compile("\\{absolute,\\s*\"?([^\"}]*)\"?\\}");

  private final Shell shell;

  /** Where the command runs. */
  @FunctionalInterface
  interface Shell {
    /** Runs the command and returns what it printed; an exception if it failed. */
    String run(String... command);
  }

  Rabbitmqctl(Shell shell) {
    this.shell = shell;
  }

  /**
   * What the queue holds.
   *
   * @throws EnvironmentTrouble if there is no such queue, or what is told of it may be old
   */
  Depth depth(String vhost, String queue) {
    JsonNode row = row(list(vhost), queue);
    if (row.path("type").asText().contains("quorum")) {
      throw new EnvironmentTrouble(
          "rabbitmqctl list_queues tells of quorum queue %s what was so up to 5 s ago."
              .formatted(queue));
    }
    return depth(row);
  }

  /** How many of the queue's messages outlive the broker; of a quorum queue that is not told. */
  long persistent(String vhost, String queue) {
    return row(list(vhost), queue).path("messages_persistent").asLong(Depth.UNKNOWN);
  }

  private String list(String vhost) {
    return shell.run(
        "rabbitmqctl",
        "--quiet",
        "--formatter",
        "json",
        "list_queues",
        "-p",
        vhost,
        "name",
        "type",
        "messages_ready",
        "messages_unacknowledged",
        "messages_persistent",
        "consumers");
  }

  /** The memory high watermark as its setter takes it, out of the Erlang term that it is. */
  static String watermark(String term) {
    Matcher absolute = ABSOLUTE.matcher(term.strip());
    return absolute.matches() ? "absolute " + absolute.group(1) : term.strip();
  }

  static Depth depth(JsonNode row) {
    return new Depth(
        row.path("messages_ready").asLong(Depth.UNKNOWN),
        row.path("messages_unacknowledged").asLong(Depth.UNKNOWN),
        row.path("consumers").asLong(Depth.UNKNOWN));
  }

  static JsonNode row(String output, String queue) {
    try {
      // Some versions print a line of their own before the JSON.
      JsonNode rows =
          new ObjectMapper().readTree(output.substring(Math.max(0, output.indexOf('['))));
      for (JsonNode row : rows) {
        if (row.path("name").asText().equals(queue)) {
          return row;
        }
      }
    } catch (JsonProcessingException damaged) {
      throw new EnvironmentTrouble(
          "rabbitmqctl list_queues printed no JSON: " + output.strip(), damaged);
    }
    throw new EnvironmentTrouble("The broker has no queue " + queue + ".");
  }
}
