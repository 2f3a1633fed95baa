package workqueue.configuration;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.configuration.WorkerContract.EmptyQueue;

/** Reads the single values of a {@link WorkerContract}; what is wrong is told as a mistake. */
final class ContractReader {
  // A comma is part of a value unless another entry begins after it.
  private static final Pattern NEXT_VARIABLE = Pattern.compile(",(?=[A-Za-z_][A-Za-z0-9_]*=)");
  private static final Pattern NEXT_RULE = Pattern.compile(",(?=\\s*[A-Za-z-]+\\s*:)");
  private static final List<String> KNOWN_KEYS = List.of("rule", "reason", "until");
  private static final List<String> EVIDENCE = List.of("log:", "digest", "output:", "none");

  private ContractReader() {}

  /** A program with its arguments, or a command for the shell. */
  static List<String> command(String text) {
    if (text.isEmpty()) {
      throw new Mistake(
          "allowed is a shell command, for example \"exec /worker --once\", or a program with its"
              + " arguments, for example [/worker, --once].");
    }
    return text.startsWith("[") && text.endsWith("]")
        ? Flow.list(text)
        : List.of("/bin/sh", "-c", text);
  }

  static String container(String text) {
    if (!text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new Mistake("allowed is the name of a container, for example worker.");
    }
    return text;
  }

  /** The name of a Service, as a trial makes it in its own namespace. */
  static String service(String text) {
    if (!text.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new Mistake(
          "allowed is the name of a Service, for example rabbitmq: each trial makes it in its own"
              + " namespace.");
    }
    return text;
  }

  static Map<String, String> environment(String text) {
    if (text.startsWith("{")) {
      Map<String, String> variables = Flow.map(Flow.read(text), "{LEVEL: info, RETRIES: 3}");
      variables.keySet().forEach(ContractReader::requireVariable);
      return variables;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (String entry : NEXT_VARIABLE.split(text, -1)) {
      int equals = entry.indexOf('=');
      if (equals <= 0 || !entry.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new Mistake(
            "allowed are variables with their values, for example LEVEL=info,RETRIES=3.");
      }
      String name = entry.substring(0, equals);
      requireVariable(name);
      variables.put(name, entry.substring(equals + 1));
    }
    return variables;
  }

  private static void requireVariable(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw new Mistake("\"" + name + "\" is no name of a variable.");
    }
    if (List.of("BROKER_URL", "QUEUE").contains(name)) {
      throw new Mistake(name + " is set by the harness.");
    }
  }

  static Map<String, Map<String, String>> secrets(String text) {
    String example = "{broker: {password: $(BROKER_PASSWORD)}}";
    if (!(Flow.read(text) instanceof Map<?, ?> all)) {
      throw new Mistake("allowed is a map of maps, for example " + example + ".");
    }
    Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
    all.forEach((name, keys) -> secrets.put(String.valueOf(name), Flow.map(keys, example)));
    return secrets;
  }

  static String queueName(String text) {
    if (text.isEmpty() || text.length() > 255 || text.startsWith("amq.")) {
      throw new Mistake(
          "allowed is the name of a queue, up to 255 characters, without amq. first.");
    }
    return text;
  }

  static String exchange(String text) {
    if (text.isEmpty() || text.length() > 255) {
      throw new Mistake("allowed is the name of an exchange, up to 255 characters.");
    }
    return text;
  }

  static String exchangeType(String text) {
    List<String> types = List.of("direct", "fanout", "topic");
    if (!types.contains(text)) {
      throw Nearest.notAmong(text, types);
    }
    return text;
  }

  /** Items are published with it, so that no words of it are open. */
  static String routingKey(String text) {
    if (text.length() > 255 || text.contains("*") || text.contains("#")) {
      throw new Mistake(
          "allowed is a routing key that items are published with, up to 255 characters, without *"
              + " and #.");
    }
    return text;
  }

  static boolean yesOrNo(String text) {
    return isFirst(text, "true", "false");
  }

  static boolean declaredByWorker(String text) {
    return !isFirst(text, "harness", "worker");
  }

  private static boolean isFirst(String text, String first, String second) {
    if (!text.equals(first) && !text.equals(second)) {
      throw Nearest.notAmong(text, List.of(first, second));
    }
    return text.equals(first);
  }

  static String present(String text) {
    if (text.isEmpty()) {
      throw new Mistake("it is empty.");
    }
    return text;
  }

  static DeclaredEvidence evidence(String text) {
    if (text.equals("digest")) {
      return new DeclaredEvidence(DeclaredEvidence.Kind.DIGEST, "");
    }
    if (text.equals("none")) {
      return new DeclaredEvidence(DeclaredEvidence.Kind.NONE, "");
    }
    if (text.startsWith("log:")) {
      return new DeclaredEvidence(DeclaredEvidence.Kind.LOG, pattern(text.substring(4)));
    }
    if (text.startsWith("output:") && text.length() > "output:".length()) {
      return new DeclaredEvidence(DeclaredEvidence.Kind.OUTPUT, text.substring(7));
    }
    String kind = text.contains(":") ? text.substring(0, text.indexOf(':') + 1) : text;
    throw new Mistake(
        "allowed are log:<regular expression>, digest, output:<queue> and none. Did you mean %s?"
            .formatted(Nearest.of(kind, EVIDENCE)));
  }

  private static String pattern(String regex) {
    try {
      if (Pattern.compile(regex).matcher("").groupCount() >= 1) {
        return regex;
      }
    } catch (PatternSyntaxException broken) {
      throw new Mistake(
          "this is no regular expression: %s at %d."
              .formatted(broken.getDescription(), broken.getIndex()));
    }
    throw new Mistake(
        "the expression needs a group for the first line of the item, for example log:Processing"
            + " (.*).");
  }

  static WorkerKind kind(String text) {
    return WorkerKind.named(text).orElseThrow(() -> Nearest.notAmong(text, WorkerKind.ids()));
  }

  static EmptyQueue emptyQueue(String text) {
    return isFirst(text, "waits", "ends") ? EmptyQueue.WAITS : EmptyQueue.ENDS;
  }

  static Set<PayloadKind> payloads(String text) {
    Set<PayloadKind> kinds = new LinkedHashSet<>();
    for (String id : text.split(",", -1)) {
      kinds.add(
          PayloadKind.named(id.trim())
              .orElseThrow(
                  () ->
                      new Mistake(
                          "there is no kind of payload \"%s\". Did you mean %s? All kinds: %s."
                              .formatted(
                                  id.trim(),
                                  Nearest.of(id.trim(), PayloadKind.ids()),
                                  String.join(", ", PayloadKind.ids())))));
    }
    return kinds;
  }

  static Map<Rule, String> known(String text) {
    Map<Rule, String> known = new LinkedHashMap<>();
    if (text.equals("none")) {
      return known;
    }
    if (text.startsWith("[")) {
      return knownUntil(text);
    }
    for (String entry : NEXT_RULE.split(text, -1)) {
      int colon = entry.indexOf(':');
      String reason = colon < 0 ? "" : entry.substring(colon + 1).trim();
      Rule rule = rule((colon < 0 ? entry : entry.substring(0, colon)).trim());
      if (reason.isEmpty()) {
        throw new Mistake(
            "the reason is missing; allowed is <rule>:<reason>[,<rule>:<reason>], for example %s:as"
                    .formatted(rule.id())
                + " documented.");
      }
      known.put(rule, reason);
    }
    return known;
  }

  private static Map<Rule, String> knownUntil(String text) {
    String example = "[{rule: keeps-secrets, reason: it is being fixed, until: 2030-01-31}]";
    if (!(Flow.read(text) instanceof List<?> list)) {
      throw new Mistake("allowed is a list, for example " + example + ".");
    }
    Map<Rule, String> known = new LinkedHashMap<>();
    for (Object each : list) {
      Map<String, String> entry = Flow.map(each, example);
      for (String key : entry.keySet()) {
        if (!KNOWN_KEYS.contains(key)) {
          throw new Mistake(
              "there is no key %s. Did you mean %s? All keys: %s."
                  .formatted(key, Nearest.of(key, KNOWN_KEYS), String.join(", ", KNOWN_KEYS)));
        }
      }
      Rule rule = rule(entry.getOrDefault("rule", ""));
      String reason = entry.getOrDefault("reason", "");
      if (reason.isBlank()) {
        throw new Mistake("the reason of %s is missing, as in %s.".formatted(rule.id(), example));
      }
      if (entry.containsKey("until")) {
        requireAhead(rule, entry.get("until"));
      }
      known.put(rule, reason);
    }
    return known;
  }

  private static void requireAhead(Rule rule, String until) {
    LocalDate day;
    try {
      day = LocalDate.parse(until);
    } catch (DateTimeParseException nonsense) {
      throw new Mistake("%s is no date; it is written 2030-01-31.".formatted(until));
    }
    if (day.isBefore(LocalDate.now(ZoneOffset.UTC))) {
      throw new Mistake(
          ("%s was to be looked at again by %s, which has passed: take it out once the worker keeps"
                  + " the rule, or give another date.")
              .formatted(rule.id(), until));
    }
  }

  static Set<Rule> required(String text) {
    Set<Rule> rules = new LinkedHashSet<>();
    for (String entry : text.split(",", -1)) {
      Rule rule = rule(entry.trim());
      if (!rule.advice()) {
        throw new Mistake(rule.id() + " is required in any case; it is no advice.");
      }
      rules.add(rule);
    }
    return rules;
  }

  private static Rule rule(String id) {
    return Rule.named(id)
        .orElseThrow(
            () ->
                new Mistake(
                    "there is no rule \"%s\". Did you mean %s? All rules: %s."
                        .formatted(id, Nearest.of(id, Rule.ids()), String.join(", ", Rule.ids()))));
  }
}
