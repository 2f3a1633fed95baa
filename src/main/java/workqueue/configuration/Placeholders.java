package workqueue.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for the broker and the queue of a trial in a worker's command, arguments, variables,
 * Secrets and manifest: {@code $(NAME)}, as Kubernetes writes it; {@code $$(NAME)} stays as it is.
 */
public final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<!\\$)\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

  private final Map<String, String> values = new LinkedHashMap<>();

  private Placeholders(BrokerUrl broker, String queue) {
    values.put("BROKER_URL", broker.withPassword());
    values.put("BROKER_HOST", broker.host());
    values.put("BROKER_PORT", String.valueOf(broker.port()));
    values.put("BROKER_USER", broker.user());
    values.put("BROKER_PASSWORD", broker.password());
    values.put("BROKER_VHOST", broker.vhost());
    values.put("QUEUE", queue);
  }

  /** What they stand for on this broker and queue. */
  public static Placeholders of(BrokerUrl broker, String queue) {
    return new Placeholders(broker, queue);
  }

  /** All names. */
  static List<String> names() {
    return List.copyOf(new Placeholders(BrokerUrl.parse("amqp://any"), "").values.keySet());
  }

  /** The names that a text refers to, known or not, in their order. */
  static List<String> in(String text) {
    return PLACEHOLDER.matcher(text).results().map(each -> each.group(1)).toList();
  }

  /** The text with each placeholder replaced; what is none of them is left to Kubernetes. */
  public String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
