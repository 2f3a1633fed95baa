package workqueue.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The file in which a worker's repository declares the worker for the gate. Each of its keys says
 * what a parameter says, and the parameter wins.
 */
final class GateFile {
  /** What it is called where it is not named. */
  static final String NAME = "work-queue.yaml";

  private final Path file;
  private final List<Said> said = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  /** What a key says, as the parameter has it. */
  record Said(String key, Parameter parameter, String text) {}

  /** A key, the keys above it before it with dots, and the parameter that says the same. */
  private enum Key {
    IMAGE("image", Parameter.WORKER_IMAGE),
    CONTEXT("context", Parameter.WORKER_CONTEXT),
    COMMAND("command", Parameter.WORKER_COMMAND),
    ARGS("args", Parameter.WORKER_ARGS),
    ENV("env", Parameter.WORKER_ENV),
    SECRETS("secrets", Parameter.WORKER_SECRETS),
    JOB("job", Parameter.WORKER_JOB),
    OBJECTS("objects", Parameter.WORKER_OBJECTS),
    CONTAINER("container", Parameter.WORKER_CONTAINER),
    EVIDENCE("evidence", Parameter.WORKER_EVIDENCE),
    KIND("kind", Parameter.WORKER_KIND),
    EMPTY("empty", Parameter.WORKER_EMPTY),
    PAYLOADS("payloads", Parameter.GATE_PAYLOADS),
    POISON("poison", Parameter.GATE_POISON),
    KNOWN("known", Parameter.GATE_KNOWN),
    REQUIRE("require", Parameter.GATE_REQUIRE),
    BASELINE("baseline", Parameter.GATE_BASELINE),
    QUEUE_NAME("queue.name", Parameter.QUEUE_NAME),
    QUEUE_DURABLE("queue.durable", Parameter.QUEUE_DURABLE),
    QUEUE_DECLARED_BY("queue.declaredBy", Parameter.QUEUE_DECLARED_BY),
    QUEUE_EXCHANGE("queue.exchange", Parameter.QUEUE_EXCHANGE),
    QUEUE_EXCHANGE_TYPE("queue.exchangeType", Parameter.QUEUE_EXCHANGE_TYPE),
    QUEUE_EXCHANGE_DURABLE("queue.exchangeDurable", Parameter.QUEUE_EXCHANGE_DURABLE),
    QUEUE_ROUTING_KEY("queue.routingKey", Parameter.QUEUE_ROUTING_KEY),
    QUEUE_ARGUMENTS("queue.arguments", Parameter.QUEUE_ARGUMENTS),
    BROKER_USER("broker.user", Parameter.WORKER_USER),
    BROKER_PASSWORD("broker.password", Parameter.WORKER_PASSWORD),
    BROKER_VHOST("broker.vhost", Parameter.WORKER_VHOST),
    BROKER_HOST("broker.host", Parameter.WORKER_HOST);

    private final String path;
    private final Parameter parameter;

    Key(String path, Parameter parameter) {
      this.path = path;
      this.parameter = parameter;
    }

    private boolean isFile() {
      return GateFile.isFile(parameter);
    }
  }

  private GateFile(Path file) {
    this.file = file;
  }

  /** Whether the parameter names a file or a folder. */
  static boolean isFile(Parameter parameter) {
    return parameter == Parameter.WORKER_CONTEXT
        || parameter == Parameter.WORKER_JOB
        || parameter == Parameter.WORKER_OBJECTS
        || parameter == Parameter.GATE_BASELINE;
  }

  /** The parameter that says the same as a key, by the key's name. */
  static Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Key key : Key.values()) {
      parameters.put(key.path, key.parameter);
    }
    return parameters;
  }

  /** The names of all keys. */
  static List<String> keys() {
    return Arrays.stream(Key.values()).map(key -> key.path).toList();
  }

  /**
   * What the file says, in its order.
   *
   * @throws Mistake that names all that is wrong with the file
   */
  static List<Said> read(Path file) {
    GateFile reading = new GateFile(file);
    Object content;
    try {
      content = Flow.read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (!(content instanceof Map<?, ?> map)) {
      throw new Mistake("the file holds no keys; it begins with image: or context:, for example.");
    }
    reading.read("", map);
    if (!reading.mistakes.isEmpty()) {
      throw new Mistake(String.join(" ", reading.mistakes));
    }
    return reading.said;
  }

  private void read(String above, Map<?, ?> map) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String path = above + entry.getKey();
      boolean isGroup = keys().stream().anyMatch(key -> key.startsWith(path + "."));
      if (isGroup && entry.getValue() instanceof Map<?, ?> group) {
        read(path + ".", group);
      } else if (isGroup) {
        mistakes.add(path + " has keys of its own: " + below(path) + ".");
      } else {
        read(path, entry.getValue());
      }
    }
  }

  private void read(String path, Object value) {
    for (Key key : Key.values()) {
      if (key.path.equals(path)) {
        if (value == null) {
          mistakes.add(path + " has no value.");
        } else {
          said.add(new Said(path, key.parameter, text(key, value)));
        }
        return;
      }
    }
    mistakes.add(
        "there is no key %s. Did you mean %s? All keys: %s."
            .formatted(path, Nearest.of(path, keys()), String.join(", ", keys())));
  }

  private static String below(String path) {
    return keys().stream()
        .filter(key -> key.startsWith(path + "."))
        .map(key -> key.substring(path.length() + 1))
        .collect(Collectors.joining(", "));
  }

  /** As the parameter has it: paths are looked up from the file's folder. */
  private String text(Key key, Object value) {
    if (value instanceof List<?> list && (key == Key.PAYLOADS || key == Key.REQUIRE)) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Map<?, ?> map && key == Key.QUEUE_ARGUMENTS) {
      return map.entrySet().stream()
          .map(each -> each.getKey() + "=" + each.getValue())
          .collect(Collectors.joining(","));
    }
    String text = Flow.scalar(value).orElseGet(() -> Flow.text(value));
    return key.isFile() ? beside(text) : text;
  }

  private String beside(String path) {
    Path folder = file.toAbsolutePath().getParent();
    return folder.resolve(path).normalize().toString();
  }
}
