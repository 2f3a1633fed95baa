package workqueue.gate;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workqueue.checker.diagnosis.NotAsGiven;
import workqueue.checker.diagnosis.ShownKind;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.QueueDeclared;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WorkerEvent.LogLine;

/**
 * What to write into {@code work-queue.yaml} so that a worker is given what it asks for, as the
 * wire and its log show that.
 */
public final class Suggestion {
  private static final String VARIABLE =
      "(?!(?:ERROR|FATAL|CRITICAL|WARN|WARNING|INFO|DEBUG)\\b)[A-Z][A-Z0-9_]+";

  /** How languages and their users say that a variable is missing. */
  private static final List<Pattern> MISSING =
      Stream.of(
              "KeyError: '(%s)'",
              "key not found: \"(%s)\"",
              "\\b(%s)['\"`]?:? (?:(?:is|must be|was) )?(?:unset|not set|undefined|required|missing|"
                  + "unbound variable|parameter (?:null or )?not set|not (?:defined|found))",
              "\\b(%s) must be set",
              "(?i:missing|required|unset|undefined)(?: [a-z]+){0,3}:? ['\"`$]?(?=[A-Z0-9]+_)(%s)\\b",
              "variable ['\"`$]?(%s)['\"`]? (?:is )?(?:not|missing|unset)")
          .map(each -> Pattern.compile(each.formatted(VARIABLE)))
          .toList();

  /** A part of a program that its image lacks, in the words of its language. */
  private static final Pattern LACKS =
      Pattern.compile(
          "No module named '([^']+)'|Cannot find module '([^']+)'|cannot load such file -- (\\S+)"
              + "|ClassNotFoundException: (\\S+)|Could not find or load main class (\\S+)");

  /** A broker that is looked for where the worker itself is. */
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:localhost|127\\.0\\.0\\.1|\\[?::1\\]?|'::1', |'127\\.0\\.0\\.1', )[:/]?\\s?567[12]");

  /** Names of the pod itself, which no Service can have. */
  private static final Set<String> ITSELF = Set.of("localhost", "127.0.0.1", "::1");

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
          Map.entry("DSN", "BROKER_URL"),
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

  private static final Pattern OF_A_BROKER = Pattern.compile("RABBIT|AMQP|BROKER|MQ|QUEUE|CELERY");
  private static final String GUEST = "guest";

  private final History history;

  private Suggestion(History history) {
    this.history = history;
  }

  /** The lines to write; empty if nothing was seen that asks for any. */
  public static List<String> of(History history) {
    Suggestion suggestion = new Suggestion(history);
    List<String> lines = new ArrayList<>();
    ShownKind.in(history).map(shown -> "kind: " + shown.kind().id()).ifPresent(lines::add);
    suggestion.queue().ifPresent(lines::add);
    suggestion.broker().ifPresent(lines::add);
    suggestion.environment().ifPresent(lines::add);
    suggestion.image().ifPresent(lines::add);
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
    boolean usesIts =
        Stream.concat(
                history.all(ConsumerStarted.class).stream().map(each -> each.event().queue()),
                history.all(Delivered.class).stream().map(each -> each.event().queue()))
            .anyMatch(given::contains);
    if (usesIts) {
      return asItDeclaresIt();
    }
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
    Map<String, String> built = new LinkedHashMap<>(NotAsGiven.in(history));
    if (ITSELF.contains(built.getOrDefault("host", ""))) {
      built.remove("host");
    }
    if (!built.getOrDefault("user", GUEST).equals(GUEST)) {
      // Only who wrote it knows; that of guest is guest.
      built.put("password", "<its password>");
    }
    return built.isEmpty()
        ? Optional.empty()
        : Optional.of(
            built.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ", "broker: {", "}")));
  }

  /** Variables that its log misses, or the one that it reads the broker from. */
  private Optional<String> environment() {
    Set<String> missing =
        logged().flatMap(line -> missing(line).stream()).collect(toCollection(LinkedHashSet::new));
    if (!missing.isEmpty()) {
      return Optional.of(
          missing.stream()
              .map(name -> name + ": " + meant(name))
              .collect(Collectors.joining(", ", "env: {", "}")));
    }
    boolean connected = WireView.of(new Picture(history)).workersConnected();
    boolean atItself =
        ITSELF.contains(NotAsGiven.in(history).getOrDefault("host", ""))
            || logged().anyMatch(line -> LOOPBACK.matcher(line).find());
    return !connected && atItself
        ? Optional.of("env: {<the variable that it reads>: $(BROKER_URL)}")
        : Optional.empty();
  }

  private static Optional<String> missing(String line) {
    return MISSING.stream()
        .map(each -> each.matcher(line))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /** What its program lacks, which is in another image, or found by another command. */
  private Optional<String> image() {
    return logged()
        .map(LACKS::matcher)
        .filter(Matcher::find)
        .map(
            found ->
                IntStream.rangeClosed(1, found.groupCount())
                    .mapToObj(found::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow())
        .map(part -> "image: <one that has %s>".formatted(part))
        .findFirst();
  }

  private Stream<String> logged() {
    return history.all(LogLine.class).stream().map(each -> each.event().text());
  }

  private static String meant(String name) {
    return MEANT.stream()
        .filter(each -> name.endsWith(each.getKey()))
        .filter(each -> each.getValue().equals("QUEUE") || ofTheBroker(name, each.getKey()))
        .map(each -> "$(" + each.getValue() + ")")
        .findFirst()
        .orElse("<a value>");
  }

  /** Whether nothing else than a broker can be meant: it is named, or nothing is. */
  private static boolean ofTheBroker(String name, String ending) {
    return name.equals(ending) || OF_A_BROKER.matcher(name).find();
  }
}
