package workqueue.configuration;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.configuration.WorkerContract.EmptyQueue;

/** Reads the single values of a {@link WorkerContract}; what is wrong is told as a mistake. */
final class ContractReader {
  // A comma is part of a value unless another entry begins after it.
  private static final Pattern NEXT_VARIABLE = Pattern.compile(",(?=[A-Za-z_][A-Za-z0-9_]*=)");
  private static final Pattern NEXT_RULE = Pattern.compile(",(?=\\s*[A-Za-z-]+\\s*:)");
  private static final List<String> EVIDENCE = List.of("log:", "digest", "output:", "none");

  private ContractReader() {}

  static String command(String text) {
    if (text.isEmpty()) {
      throw new Mistake("allowed is a shell command, for example \"exec /worker --once\".");
    }
    return text;
  }

  static String container(String text) {
    if (!text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new Mistake("allowed is the name of a container, for example worker.");
    }
    return text;
  }

  static Map<String, String> environment(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String entry : NEXT_VARIABLE.split(text, -1)) {
      int equals = entry.indexOf('=');
      if (equals <= 0 || !entry.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new Mistake(
            "allowed are variables with their values, for example LEVEL=info,RETRIES=3.");
      }
      String name = entry.substring(0, equals);
      if (List.of("BROKER_URL", "QUEUE").contains(name)) {
        throw new Mistake(name + " is set by the harness.");
      }
      variables.put(name, entry.substring(equals + 1));
    }
    return variables;
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

  static EmptyQueue emptyQueue(String text) {
    return switch (text) {
      case "waits" -> EmptyQueue.WAITS;
      case "ends" -> EmptyQueue.ENDS;
      default ->
          throw new Mistake(
              "allowed are waits and ends. Did you mean %s?"
                  .formatted(Nearest.of(text, List.of("waits", "ends"))));
    };
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
