package workqueue.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Rule;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;

/**
 * What is wrong with the worker at the gate: one cause, whichever rules it breaks.
 *
 * @param message as the first of the trials that met it has it
 * @param rules that it breaks, or keeps from being decided
 * @param notJudged rules that were not judged for it
 * @param advice what the worker's author can do; empty if that depends
 */
record WorkerCause(
    FindingCode code, String message, List<String> rules, List<String> notJudged, String advice) {
  private static final String SUITE = "gate";

  /** The look at the worker ends when it has shown enough, whatever it is about. */
  private static final String LOOK = "gate.preflight";

  private static final Map<FindingCode, String> ADVICE =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(
                  FindingCode.HOARDED_ITEMS,
                  "ask for one item, by a prefetch of 1 or one get, and ack it after the work"),
              Map.entry(FindingCode.LOST_ITEMS, "ack an item only once its work is done"),
              Map.entry(
                  FindingCode.FALSE_SUCCESS,
                  "exit with another code than 0 where the item was not processed"),
              Map.entry(
                  FindingCode.ACKED_BUT_NOT_REPORTED,
                  "exit 0 right after the ack, with nothing in between that may fail"),
              Map.entry(FindingCode.DUPLICATED_ITEMS, "work once on what is delivered once"),
              Map.entry(
                  FindingCode.CORRUPTED_ITEMS,
                  "read all bytes of the item, and change none of them"),
              Map.entry(
                  FindingCode.UNEXPECTED_ITEMS,
                  "publish to another queue than the one that items come from"),
              Map.entry(FindingCode.NOT_EXITED, "close the connection and exit after the ack"),
              Map.entry(FindingCode.NOT_CONSUMING, "consume from the queue that QUEUE names"),
              Map.entry(FindingCode.OTHER_QUEUE, "consume from the queue that QUEUE names"),
              Map.entry(
                  FindingCode.QUEUE_MISSING,
                  "use the queue that QUEUE names, on the broker that BROKER_URL names"),
              Map.entry(
                  FindingCode.QUEUE_MISMATCH,
                  "leave undeclared what is there, or declare it passively"),
              Map.entry(
                  FindingCode.PERMISSION_DENIED,
                  "leave undeclared what is there, or have the right granted"),
              Map.entry(FindingCode.BROKER_REFUSED_LOGIN, "take user and password from BROKER_URL"),
              Map.entry(FindingCode.VHOST_MISSING, "take the virtual host from BROKER_URL"),
              Map.entry(FindingCode.SERVICE_NOT_RESOLVED, "take the broker's name from BROKER_URL"),
              Map.entry(
                  FindingCode.HEARTBEAT_MISSED,
                  "serve the connection while working: work in another thread"),
              Map.entry(FindingCode.NEGOTIATION_FAILED, "update the client library"),
              Map.entry(
                  FindingCode.IGNORED_TERMINATION,
                  "end on SIGTERM: be process 1, by exec, and handle the signal"),
              Map.entry(FindingCode.SECRET_PRINTED, "print no address that has a password in it"),
              Map.entry(
                  FindingCode.CONTAINER_STILL_RUNNING,
                  "make the other container end with the worker, or an init container that is"
                      + " restarted always"),
              Map.entry(
                  FindingCode.COMMAND_NOT_RUNNABLE,
                  "build the image with an executable program for the nodes' architecture")));

  /** What the trial of a rule makes its workers meet, which is nothing wrong with them. */
  private static final Map<Rule, Set<FindingCode>> PROVOKED =
      Map.of(
          Rule.KEEPS_SECRETS,
          Set.of(FindingCode.BROKER_REFUSED_LOGIN),
          Rule.FAILS_ON_WRONG_PASSWORD,
          Set.of(FindingCode.BROKER_REFUSED_LOGIN),
          Rule.FAILS_ON_MISSING_QUEUE,
          Set.of(FindingCode.QUEUE_MISSING),
          Rule.FAILURE_IS_NOT_SUCCESS,
          Set.of(FindingCode.WORKER_FAILED),
          Rule.SURVIVES_POISON_ITEM,
          Set.of(FindingCode.WORKER_FAILED));

  /** Rules in whose trials an item is to come back: a worker that has one is struck, or fails. */
  private static final Set<Rule> GIVING_BACK =
      Set.of(
          Rule.ACKS_AFTER_SUCCESS,
          Rule.FAILURE_IS_NOT_SUCCESS,
          Rule.STOPS_IN_GRACE,
          Rule.SURVIVES_BROKER_RESTART,
          Rule.SURVIVES_POISON_ITEM);

  WorkerCause {
    rules = List.copyOf(rules);
    notJudged = List.copyOf(notJudged);
  }

  /** The causes that the trials of a gate met, those that concern the most rules first. */
  static List<WorkerCause> of(RunResult result) {
    Map<FindingCode, List<String>> rules = new EnumMap<>(FindingCode.class);
    Map<FindingCode, String> messages = new EnumMap<>(FindingCode.class);
    for (ScenarioResult scenario : result.scenarios()) {
      if (!scenario.suite().equals(SUITE) || scenario.verdict() == Verdict.VALID) {
        continue;
      }
      for (Finding finding : roots(scenario)) {
        messages.putIfAbsent(finding.code(), finding.message());
        List<String> broken = rules.computeIfAbsent(finding.code(), any -> new ArrayList<>());
        String rule = rule(scenario.id());
        if (!broken.contains(rule)) {
          broken.add(rule);
        }
      }
    }
    return rules.entrySet().stream()
        .map(
            each ->
                new WorkerCause(
                    each.getKey(),
                    messages.get(each.getKey()),
                    each.getValue(),
                    notJudged(each.getKey(), result),
                    ADVICE.getOrDefault(each.getKey(), "")))
        .sorted(
            Comparator.comparing(
                (WorkerCause each) -> -each.rules().size() - each.notJudged().size()))
        .toList();
  }

  /**
   * What its own record shows, and what was met in other trials and counts against its rule;
   * without what the trial itself provoked, where anything else is wrong.
   */
  private static List<Finding> roots(ScenarioResult scenario) {
    Set<FindingCode> shown =
        scenario.findings().stream().map(Finding::code).collect(Collectors.toSet());
    List<Finding> roots =
        Stream.concat(
                scenario.findings().stream(),
                scenario.claims().stream()
                    .filter(each -> !each.asExpected())
                    .flatMap(each -> each.findings().stream())
                    .filter(each -> !shown.contains(each.code())))
            .filter(each -> each.role() == Role.ROOT && each.code() != FindingCode.ALL_PROCESSED)
            .filter(each -> each.code() != FindingCode.STILL_WORKING || !scenario.id().equals(LOOK))
            .filter(each -> !isDemanded(each, scenario))
            .toList();
    Set<FindingCode> provoked = Rule.named(rule(scenario.id())).map(PROVOKED::get).orElse(Set.of());
    List<Finding> others = roots.stream().filter(each -> !provoked.contains(each.code())).toList();
    return others.isEmpty() ? roots : others;
  }

  /** Whether it is what a trial of the gate is to show: that an item came back. */
  static boolean isDemanded(Finding finding, ScenarioResult scenario) {
    return finding.code() == FindingCode.REDELIVERED_ITEMS
        && scenario.suite().equals(SUITE)
        && Rule.named(rule(scenario.id())).filter(GIVING_BACK::contains).isPresent();
  }

  private static List<String> notJudged(FindingCode code, RunResult result) {
    return result.notRun().entrySet().stream()
        .filter(each -> each.getValue().code().filter(code::equals).isPresent())
        .map(each -> rule(each.getKey()))
        .toList();
  }

  private static String rule(String scenario) {
    return scenario.substring(SUITE.length() + 1);
  }

  /** In one sentence, with what to do. */
  String sentence() {
    return code
        + ": "
        + message
        + " ("
        + String.join(", ", rules)
        + (notJudged.isEmpty() ? "" : "; not judged: " + String.join(", ", notJudged))
        + ")"
        + (advice.isEmpty() ? "" : ". To do: " + advice);
  }
}
