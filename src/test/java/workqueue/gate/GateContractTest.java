package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workqueue.Rule;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Configuration;
import workqueue.history.Evidence;

class GateContractTest {
  @Test
  void knowsTheTutorialsWorker() {
    GateContract contract = contract(Map.of());
    assertThat(contract.evidence()).isEqualTo(Evidence.ofTutorial());
    assertThat(contract.poison()).contains("");
    assertThat(contract.known().keySet()).containsExactly(Rule.FAILURE_IS_NOT_SUCCESS);
  }

  @Test
  void presumesNothingOfAnother() {
    for (Map<String, String> given :
        Map.of("wq.worker.image", "worker:1", "wq.worker.command", "exec /other")
            .entrySet()
            .stream()
            .map(each -> Map.of(each.getKey(), each.getValue()))
            .toList()) {
      GateContract contract = contract(given);
      assertThat(contract.evidence()).isEqualTo(Evidence.none());
      assertThat(contract.poison()).isEqualTo(Optional.empty());
      assertThat(contract.known()).isEmpty();
    }
  }

  @Test
  void takesWhatIsDeclared() {
    GateContract contract =
        contract(
            Map.of("wq.gate.known", "none", "wq.worker.evidence", "digest", "wq.gate.poison", "x"));
    assertThat(contract.known()).isEmpty();
    assertThat(contract.evidence()).isEqualTo(Evidence.digestLine());
    assertThat(contract.poison()).contains("x");
  }

  @Test
  void judgesTheHabitThatIsDeclared() {
    assertThat(contract(Map.of()).whyNotJudged("gate.waits-on-empty-queue")).isEmpty();
    assertThat(contract(Map.of()).whyNotJudged("gate.ends-on-empty-queue"))
        .contains("the worker is declared to wait on an empty queue (wq.worker.empty=waits)");
    GateContract ends = contract(Map.of("wq.worker.empty", "ends"));
    assertThat(ends.whyNotJudged("gate.waits-on-empty-queue"))
        .contains("the worker is declared to end on an empty queue (wq.worker.empty=ends)");
    assertThat(ends.whyNotJudged("gate.ends-on-empty-queue")).isEmpty();
    assertThat(ends.whyNotJudged("gate.keeps-secrets")).isEmpty();
    assertThat(ends.whyNotJudged("outcome.exact")).isEmpty();
  }

  @Test
  void advisesUnlessAskedForMore() {
    assertThat(contract(Map.of()).advises(Rule.RUNS_UNPRIVILEGED)).isTrue();
    assertThat(contract(Map.of()).advises(Rule.KEEPS_SECRETS)).isFalse();
    assertThat(
            contract(Map.of("wq.gate.require", "runs-unprivileged"))
                .advises(Rule.RUNS_UNPRIVILEGED))
        .isFalse();
  }

  private static GateContract contract(Map<String, String> given) {
    return GateContract.of(Configuration.from(given, AvailableImages.PINNED));
  }

  @Test
  void triesEachKindOfWorkerByItsRules() {
    GateContract one = contract(Map.of());
    assertThat(one.whyNotJudged("gate.takes-one-item")).isEmpty();
    assertThat(one.whyNotJudged("gate.bounds-its-prefetch"))
        .contains("it is about workers that go on to the next item (wq.worker.kind=one)");
    GateContract drain = contract(Map.of("wq.worker.kind", "drain"));
    assertThat(drain.whyNotJudged("gate.bounds-its-prefetch")).isEmpty();
    assertThat(drain.whyNotJudged("gate.ends-on-empty-queue")).isEmpty();
    assertThat(drain.whyNotJudged("gate.waits-on-empty-queue")).isPresent();
    assertThat(drain.whyNotJudged("gate.takes-one-item"))
        .contains("it is about workers of one item a pod (wq.worker.kind=drain)");
    GateContract serve = contract(Map.of("wq.worker.kind", "serve"));
    for (String applies :
        List.of(
            "bounds-its-prefetch",
            "acks-after-success",
            "stops-in-grace",
            "failure-is-not-success",
            "waits-on-empty-queue",
            "survives-late-broker",
            "survives-broker-restart",
            "processes-exactly-once")) {
      assertThat(serve.whyNotJudged("gate." + applies)).as(applies).isEmpty();
    }
    for (String doesNot :
        List.of(
            "takes-one-item",
            "survives-poison-item",
            "fails-on-missing-queue",
            "fails-on-wrong-password",
            "baseline")) {
      assertThat(serve.whyNotJudged("gate." + doesNot))
          .hasValueSatisfying(why -> assertThat(why).endsWith("(wq.worker.kind=serve)"));
    }
  }

  @Test
  void asksNoServingWorkerForWhatItRejectsWhereThatGoesElsewhere() {
    String hands = "x-dead-letter-exchange=failed";
    assertThat(
            contract(Map.of("wq.worker.kind", "serve", "wq.queue.arguments", hands))
                .whyNotJudged("gate.failure-is-not-success"))
        .contains(
            "what a worker that serves rejects goes to a dead letter exchange, where nobody looks"
                + " (x-dead-letter-exchange of wq.queue.arguments)");
    assertThat(
            contract(Map.of("wq.queue.arguments", hands))
                .whyNotJudged("gate.failure-is-not-success"))
        .isEmpty();
  }

  @Test
  void leavesOutWhatCannotBeTriedOfWhatIsBuiltIn() {
    assertThat(
            contract(Map.of("wq.queue.declared-by", "worker"))
                .whyNotJudged("gate.fails-on-missing-queue"))
        .contains("the worker declares its queue itself (wq.queue.declared-by=worker)");
    assertThat(
            contract(Map.of("wq.worker.vhost", "/")).whyNotJudged("gate.fails-on-wrong-password"))
        .contains(
            "the worker has its login built in (wq.worker.user, .password or .vhost is given)");
    assertThat(
            contract(Map.of("wq.queue.durable", "false"))
                .whyNotJudged("gate.survives-broker-restart"))
        .contains(
            "a queue that is not durable does not outlive its broker (wq.queue.durable=false)");
  }
}
