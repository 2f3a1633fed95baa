package workqueue.junit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.configuration.Configuration;
import workqueue.configuration.DeclaredEvidence;
import workqueue.configuration.QueueContract;
import workqueue.configuration.WorkerChoice;
import workqueue.configuration.WorkerContract;
import workqueue.configuration.WorkerContract.EmptyQueue;
import workqueue.history.Evidence;

/**
 * What holds for the worker at the gate: as declared, and for the tutorial's worker as it is known.
 *
 * @param payloads the kinds of items that it is made for
 * @param known the rules that it is known to break, each with the reason
 * @param required the rules of advice that it must keep all the same
 * @param queue that it is made for
 * @param loginBuiltIn whether it logs in as it likes
 * @param kind how it goes through its queue
 */
record GateContract(
    Evidence evidence,
    Optional<String> poison,
    EmptyQueue emptyQueue,
    Set<PayloadKind> payloads,
    Map<Rule, String> known,
    Set<Rule> required,
    QueueContract queue,
    boolean loginBuiltIn,
    WorkerKind kind) {

  private static final String PREFIX = "gate.";
  private static final Map<Rule, String> TUTORIAL =
      Map.of(
          Rule.FAILURE_IS_NOT_SUCCESS,
          "amqp-consume exits 0 whatever became of the program that it gave the item to");

  static GateContract of(Configuration configuration) {
    WorkerContract declared = configuration.contract();
    boolean tutorial =
        configuration.worker() instanceof WorkerChoice.Tutorial
            && declared.command().isEmpty()
            && declared.args().isEmpty()
            && declared.job().isEmpty();
    return new GateContract(
        declared
            .evidence()
            .map(GateContract::evidence)
            .orElse(tutorial ? Evidence.ofTutorial() : Evidence.none()),
        declared.poison().or(() -> tutorial ? Optional.of("") : Optional.empty()),
        declared.emptyQueue(),
        declared.payloads(),
        declared.known().orElse(tutorial ? TUTORIAL : Map.of()),
        declared.required(),
        declared.queue(),
        declared.login().isPresent(),
        declared.kind());
  }

  private static Evidence evidence(DeclaredEvidence declared) {
    return switch (declared.kind()) {
      case LOG -> Evidence.logPattern(declared.detail());
      case DIGEST -> Evidence.digestLine();
      case OUTPUT -> Evidence.outputQueue(declared.detail());
      case NONE -> Evidence.none();
    };
  }

  /** Why a scenario is not about this worker: of two rules that exclude each other one is not. */
  Optional<String> whyNotJudged(String scenario) {
    if (scenario.equals(id(Rule.READS_OTHER_PAYLOADS))
        && payloads.size() == PayloadKind.values().length) {
      return Optional.of("wq.gate.payloads declares all kinds of payloads");
    }
    if (scenario.equals(id(Rule.FAILS_ON_MISSING_QUEUE)) && queue.declaredByWorker()) {
      return Optional.of("the worker declares its queue itself (wq.queue.declared-by=worker)");
    }
    if (scenario.equals(id(Rule.FAILS_ON_WRONG_PASSWORD)) && loginBuiltIn) {
      return Optional.of(
          "the worker has its login built in (wq.worker.user, .password or .vhost is given)");
    }
    if (scenario.equals(id(Rule.SURVIVES_BROKER_RESTART)) && !queue.durable()) {
      return Optional.of(
          "a queue that is not durable does not outlive its broker (wq.queue.durable=false)");
    }
    Optional<String> otherKind = Rule.named(rule(scenario)).flatMap(this::whyOfAnotherKind);
    if (otherKind.isPresent()) {
      return otherKind;
    }
    Rule other =
        emptyQueue == EmptyQueue.WAITS ? Rule.ENDS_ON_EMPTY_QUEUE : Rule.WAITS_ON_EMPTY_QUEUE;
    return scenario.equals(id(other))
        ? Optional.of(
            emptyQueue == EmptyQueue.WAITS
                ? "the worker is declared to wait on an empty queue (wq.worker.empty=waits)"
                : "the worker is declared to end on an empty queue (wq.worker.empty=ends)")
        : Optional.empty();
  }

  private Optional<String> whyOfAnotherKind(Rule rule) {
    return switch (rule) {
      case AGAINST ->
          queue.name().isPresent()
              ? Optional.of(
                  "two workers cannot be tried side by side on a queue that is built in"
                      + " (wq.queue.name)")
              : whyOfAnotherKind(Rule.BASELINE);
      case TAKES_ONE_ITEM, BASELINE ->
          kind == WorkerKind.DRAIN
              ? Optional.of("it is about workers of one item a pod (wq.worker.kind=drain)")
              : Optional.empty();
      case BOUNDS_ITS_PREFETCH ->
          kind == WorkerKind.ONE
              ? Optional.of("it is about workers that drain their queue (wq.worker.kind=one)")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String rule(String scenario) {
    return scenario.substring(scenario.indexOf('.') + 1);
  }

  /** Whether the scenario tries a rule. */
  static boolean isTrial(String scenario) {
    return scenario.startsWith(PREFIX);
  }

  /** Whether a violation of the rule fails the gate. */
  boolean holdsTo(Rule rule) {
    return !advises(rule) && !known.containsKey(rule);
  }

  /** The scenario that tries the rule. */
  static String id(Rule rule) {
    return PREFIX + rule.id();
  }

  /** Whether a violation of the rule is told and fails nothing. */
  boolean advises(Rule rule) {
    return rule.advice() && !required.contains(rule);
  }
}
