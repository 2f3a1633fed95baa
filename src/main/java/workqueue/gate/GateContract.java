package workqueue.gate;

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
 * @param deadLetters whether what is rejected goes elsewhere
 * @param kind how it goes through its queue
 */
public record GateContract(
    Evidence evidence,
    Optional<String> poison,
    EmptyQueue emptyQueue,
    Set<PayloadKind> payloads,
    Map<Rule, String> known,
    Set<Rule> required,
    QueueContract queue,
    boolean loginBuiltIn,
    boolean deadLetters,
    WorkerKind kind) {

  private static final Map<Rule, String> TUTORIAL =
      Map.of(
          Rule.FAILURE_IS_NOT_SUCCESS,
          "amqp-consume exits 0 whatever became of the program that it gave the item to");

  public static GateContract of(Configuration configuration) {
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
        configuration.queueArguments().containsKey("x-dead-letter-exchange"),
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

  /** Why a scenario is not about this worker; empty if it is, or tries no rule. */
  public Optional<String> whyNotJudged(String scenario) {
    return Trials.rule(scenario).flatMap(this::whyNotTried);
  }

  private Optional<String> whyNotTried(Rule rule) {
    return switch (rule) {
      case READS_OTHER_PAYLOADS ->
          because(
              payloads.size() == PayloadKind.values().length,
              "wq.gate.payloads declares all kinds of payloads");

      case FAILURE_IS_NOT_SUCCESS ->
          because(
              serves() && deadLetters,
              "what a worker that serves rejects goes to a dead letter exchange, where nobody looks"
                  + " (x-dead-letter-exchange of wq.queue.arguments)");
      case SURVIVES_POISON_ITEM ->
          because(
              serves(),
              "of a worker that serves it is not tried: it may take the item again forever"
                  + " (wq.worker.kind=serve)");
      case FAILS_ON_MISSING_QUEUE ->
          because(serves(), "a Deployment starts its pods again forever (wq.worker.kind=serve)")
              .or(
                  () ->
                      because(
                          queue.declaredByWorker(),
                          "the worker declares its queue itself (wq.queue.declared-by=worker)"));
      case FAILS_ON_WRONG_PASSWORD ->
          because(serves(), "a Deployment starts its pods again forever (wq.worker.kind=serve)")
              .or(
                  () ->
                      because(
                          loginBuiltIn,
                          "the worker has its login built in (wq.worker.user, .password or .vhost is"
                              + " given)"));
      case SURVIVES_BROKER_RESTART ->
          because(
              !queue.durable(),
              "a queue that is not durable does not outlive its broker (wq.queue.durable=false)");
      case AGAINST ->
          because(
                  queue.name().isPresent(),
                  "two workers cannot be tried side by side on a queue that is built in"
                      + " (wq.queue.name)")
              .or(() -> whyNotTried(Rule.BASELINE));
      case TAKES_ONE_ITEM, BASELINE ->
          because(
              kind != WorkerKind.ONE,
              "it is about workers of one item a pod (wq.worker.kind=" + kind.id() + ")");
      case BOUNDS_ITS_PREFETCH ->
          because(
              kind == WorkerKind.ONE,
              "it is about workers that go on to the next item (wq.worker.kind=one)");
      case ENDS_ON_EMPTY_QUEUE ->
          because(
              emptyQueue == EmptyQueue.WAITS,
              "the worker is declared to wait on an empty queue (wq.worker.empty=waits)");
      case WAITS_ON_EMPTY_QUEUE ->
          because(
              emptyQueue == EmptyQueue.ENDS,
              "the worker is declared to end on an empty queue (wq.worker.empty=ends)");
      default -> Optional.empty();
    };
  }

  private boolean serves() {
    return kind == WorkerKind.SERVE;
  }

  private static Optional<String> because(boolean so, String reason) {
    return so ? Optional.of(reason) : Optional.empty();
  }

  /** Whether a violation of the rule fails the gate. */
  public boolean holdsTo(Rule rule) {
    return !advises(rule) && !known.containsKey(rule);
  }

  /** Whether a violation of the rule is told and fails nothing. */
  public boolean advises(Rule rule) {
    return rule.advice() && !required.contains(rule);
  }
}
