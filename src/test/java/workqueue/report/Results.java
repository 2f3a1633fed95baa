package workqueue.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import workqueue.Item;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.Deviation;

/** Results that tests of this package share. */
final class Results {
  static final RunInfo RUN =
      new RunInfo(
          "wq-20261122-101502-k3f9",
          Instant.parse("2026-11-22T10:15:02.123Z"),
          0,
          "0.1.0",
          "4bb87b3-dirty");

  static final Deviation PYTHON = new Deviation("python", "python3", "no such package any more");

  private Results() {}

  static ScenarioResult.Builder outcome() {
    return ScenarioResult.builder(
            "outcome.completions-below-items", "Fewer completions leave items behind")
        .documents(List.of("completions below items"))
        .environment(
            new EnvironmentInfo(
                new EnvironmentInfo.Cluster("throwaway", "k3s", "v1.36.2", 1),
                new EnvironmentInfo.Broker("container", "4.3.1", "RabbitMQ", Map.of()),
                new EnvironmentInfo.Worker("job-wq-1", "sha256:0123")))
        .seconds(12.0499)
        .verdictLatencySeconds(0.3)
        .claims(
            List.of(
                new Judgement("job completes with 5", Verdict.VALID, Verdict.VALID, "", List.of())))
        .findings(
            List.of(
                new Finding(
                    FindingCode.LEFTOVER_ITEMS,
                    Finding.Role.ROOT,
                    "3 of 8 items were left in the queue job1.",
                    List.of(Item.of(5, "grape"), Item.of(6, "lemon"), Item.of(7, "melon")),
                    List.of(),
                    List.of(17L))))
        .steps(List.of(StepResult.passed("install-tools", 6.75, List.of(PYTHON))))
        .history("histories/outcome.completions-below-items.ndjson");
  }

  static ScenarioResult valid(String id) {
    return ScenarioResult.builder(id, "Something happens")
        .claims(List.of(new Judgement("it happens", Verdict.VALID, Verdict.VALID, "", List.of())))
        .seconds(1.5)
        .build();
  }

  static ScenarioResult unknown(String id) {
    return ScenarioResult.builder(id, "Something happens")
        .verdict(Verdict.UNKNOWN)
        .message("The cluster did not start.\nSee the node's log.")
        .seconds(2)
        .build();
  }

  static ScenarioResult invalid(String id) {
    return ScenarioResult.builder(id, "Something happens")
        .steps(
            List.of(
                StepResult.passed("start-service", 0.4, List.of()),
                StepResult.failed(
                    "start-broker",
                    180,
                    List.of(),
                    "No AMQP login at amqp://guest:secret@rabbitmq-service:5672\n  within 180 s."),
                StepResult.notRun("start-temporary-pod")))
        .seconds(183.26)
        .build();
  }
}
