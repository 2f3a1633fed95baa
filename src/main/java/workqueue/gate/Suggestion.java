package workqueue.gate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.checker.diagnosis.NotAsGiven;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.QueueDeclared;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WorkerEvent.LogLine;

/**
 * What to write into {@code work-queue.yaml} so that a worker is given what it asks for, as the
 * wire and its log show that.
 */
public final class Suggestion {
  private static final Pattern MISSING =
      Pattern.compile(
          "KeyError: '([A-Z][A-Z0-9_]*)'|([A-Z][A-Z0-9_]*):? (?:is )?(?:unset|not set|undefined|required)");
  private static final Pattern NOT_AS_IT_IS =
      Pattern.compile(
          "inequivalent arg '([^']+)' for (queue|exchange) .*received (?:the value )?'([^']+)'");
  private static final Pattern NO_EXCHANGE = Pattern.compile("no exchange '([^']+)' in vhost");

  /** What a queue is declared with, and the file has no key for. */
  private static final Set<String> NO_KEY = Set.of("auto_delete", "exclusive");

  /** The keys of what the exchange that feeds it is declared with. */
  private static final Map<String, String> OF_EXCHANGE =
      Map.of("type", "exchangeType", "durable", "exchangeDurable");

  /**
   * What a variable's name ends with, and the placeholder that it is likely to mean; in this order.
   */
  private static final List<Map.Entry<String, String>> MEANT =
      List.of(
          Map.entry("URL", "BROKER_URL"),
          Map.entry("URI", "BROKER_URL"),
          Map.entry("VHOST", "BROKER_VHOST"),
          Map.entry("HOST", "BROKER_HOST"),
          Map.entry("HOSTNAME", "BROKER_HOST"),
          Map.entry("PORT", "BROKER_PORT"),
          Map.entry("USER", "BROKER_USER"),
          Map.entry("USERNAME", "BROKER_USER"),
          Map.entry("PASS", "BROKER_PASSWORD"),
          Map.entry("PASSWORD", "BROKER_PASSWORD"),
          Map.entry("QUEUE", "QUEUE"),
          Map.entry("QUEUE_NAME", "QUEUE"));

  private final History history;

  private Suggestion(History history) {
    this.history = history;
  }

  /** The lines to write; empty if nothing was seen that asks for any. */
  public static List<String> of(History history) {
    Suggestion suggestion = new Suggestion(history);
    List<String> lines = new ArrayList<>();
    suggestion.queue().ifPresent(lines::add);
    suggestion.broker().ifPresent(lines::add);
    suggestion.environment().ifPresent(lines::add);
    return lines;
  }

  /** A queue that it declares or consumes from, and that is not the one that it was given. */
  private Optional<String> queue() {
    Set<String> given =
        history.all(JobState.class).stream()
            .map(each -> each.event().spec().queue())
            .collect(Collectors.toSet());
    Optional<QueueDeclared> declared =
        history
            .all(QueueDeclared.class, each -> !each.passive() && !each.queue().isEmpty())
            .stream()
            .map(Recorded::event)
            .findFirst();
    if (declared.isPresent() && !given.contains(declared.get().queue())) {
      return Optional.of(
          "queue: {name: %s, durable: %s, declaredBy: worker}"
              .formatted(declared.get().queue(), declared.get().durable()));
    }
    return history.all(ConsumerStarted.class).stream()
        .map(each -> each.event().queue())
        .filter(queue -> !queue.isEmpty() && !given.contains(queue))
        .findFirst()
        .map("queue: {name: %s}"::formatted)
        .or(this::asItDeclaresIt);
  }

  /** The queue that it was given, or what feeds it, where it asks for them otherwise than it is. */
  private Optional<String> asItDeclaresIt() {
    return replies(NOT_AS_IT_IS)
        .flatMap(found -> declared(found.group(2), found.group(1), found.group(3)).stream())
        .findFirst()
        .or(
            () ->
                replies(NO_EXCHANGE)
                    .map(found -> "queue: {exchange: %s}".formatted(found.group(1)))
                    .findFirst());
  }

  private static Optional<String> declared(String what, String argument, String value) {
    if (what.equals("exchange")) {
      return Optional.ofNullable(OF_EXCHANGE.get(argument))
          .map(key -> "queue: {%s: %s}".formatted(key, value));
    }
    return NO_KEY.contains(argument)
        ? Optional.empty()
        : Optional.of(
            argument.equals("durable")
                ? "queue: {durable: %s}".formatted(value)
                : "queue: {arguments: {%s: %s}}".formatted(argument, value));
  }

  /** The replies by which the broker refused something in such words. */
  private Stream<Matcher> replies(Pattern words) {
    return history.all(RefusedByBroker.class).stream()
        .map(each -> words.matcher(each.event().text()))
        .filter(Matcher::find);
  }

  /** A login, a virtual host or a name of the broker that it asks for of its own. */
  private Optional<String> broker() {
    Map<String, String> built = NotAsGiven.in(history);
    return built.isEmpty()
        ? Optional.empty()
        : Optional.of(
            built.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ", "broker: {", "}")));
  }

  /** Variables that its log misses. */
  private Optional<String> environment() {
    Set<String> missing = new LinkedHashSet<>();
    for (Recorded<LogLine> line : history.all(LogLine.class)) {
      Matcher found = MISSING.matcher(line.event().text());
      if (found.find()) {
        missing.add(found.group(1) == null ? found.group(2) : found.group(1));
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            missing.stream()
                .map(name -> name + ": " + meant(name))
                .collect(Collectors.joining(", ", "env: {", "}")));
  }

  private static String meant(String name) {
    return MEANT.stream()
        .filter(each -> name.endsWith(each.getKey()))
        .map(each -> "$(" + each.getValue() + ")")
        .findFirst()
        .orElse("<a value>");
  }
}
