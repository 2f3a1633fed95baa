package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.Deviation;

class ResultFileTest {
  @TempDir Path folder;

  @Test
  void saysUnknownBeforeTheFirstTest() throws IOException {
    ResultFile file = new ResultFile(folder.resolve("missing/reports"));
    file.begin(Results.RUN);

    assertThat(file.path())
        .hasContent(
            """
            {
              "schema": 1,
              "verdict": "UNKNOWN",
              "complete": false,
              "run": {
                "id": "wq-20261122-101502-k3f9",
                "startedAt": "2026-11-22T10:15:02.123Z",
                "seconds": 0.0,
                "harness": "0.1.0",
                "git": "4bb87b3-dirty"
              },
              "scenarios": [],
              "notRun": []
            }
            """);
    ResultSchema.read().holds(file.path());
  }

  @Test
  void hasTheShapeOfTheContract() throws IOException {
    assertThat(write(Results.outcome().build()))
        .isEqualTo(
            """
            {
              "schema": 1,
              "verdict": "VALID",
              "run": {
                "id": "wq-20261122-101502-k3f9",
                "startedAt": "2026-11-22T10:15:02.123Z",
                "seconds": 93.4,
                "harness": "0.1.0",
                "git": "4bb87b3-dirty"
              },
              "scenarios": [
                {
                  "id": "outcome.completions-below-items",
                  "suite": "outcome",
                  "title": "Fewer completions leave items behind",
                  "documents": [
                    "completions below items"
                  ],
                  "environment": {
                    "cluster": {
                      "kind": "throwaway",
                      "distribution": "k3s",
                      "version": "v1.36.2",
                      "nodes": 1
                    },
                    "broker": {
                      "kind": "container",
                      "version": "4.3.1",
                      "product": "RabbitMQ"
                    },
                    "worker": {
                      "image": "job-wq-1",
                      "digest": "sha256:0123"
                    }
                  },
                  "verdict": "VALID",
                  "seconds": 12.0,
                  "verdictLatencySeconds": 0.300,
                  "claims": [
                    {
                      "claim": "job completes with 5",
                      "expected": "VALID",
                      "verdict": "VALID",
                      "findings": []
                    }
                  ],
                  "findings": [
                    {
                      "code": "LEFTOVER_ITEMS",
                      "role": "root",
                      "message": "3 of 8 items were left in the queue job1.",
                      "items": [
                        {
                          "id": 5,
                          "preview": "grape"
                        },
                        {
                          "id": 6,
                          "preview": "lemon"
                        },
                        {
                          "id": 7,
                          "preview": "melon"
                        }
                      ],
                      "pods": [],
                      "evidence": [
                        17
                      ]
                    }
                  ],
                  "steps": [
                    {
                      "id": "install-tools",
                      "status": "passed",
                      "seconds": 6.8,
                      "adapted": {
                        "documented": "python",
                        "done": "python3",
                        "why": "no such package any more"
                      }
                    }
                  ],
                  "history": "histories/outcome.completions-below-items.ndjson"
                }
              ],
              "notRun": []
            }
            """);
  }

  @Test
  void leavesOutWhatIsMissing() throws IOException {
    assertThat(write(Results.unknown("outcome.exact")))
        .contains(
            """
                {
                  "id": "outcome.exact",
                  "suite": "outcome",
                  "title": "Something happens",
                  "documents": [],
                  "environment": {},
                  "verdict": "UNKNOWN",
                  "seconds": 2.0,
                  "message": "The cluster did not start.\\nSee the node's log.",
                  "claims": [],
                  "findings": [],
                  "steps": []
                }
            """)
        .doesNotContain("null");
  }

  @Test
  void leavesOutWhatIsMissingFromTheEnvironment() throws IOException {
    EnvironmentInfo environment =
        new EnvironmentInfo(
            new EnvironmentInfo.Cluster("existing", null, " ", 3),
            new EnvironmentInfo.Broker("in-cluster", "", "", Map.of()),
            new EnvironmentInfo.Worker("job-wq-1", null));
    assertThat(write(Results.outcome().environment(environment).message("").build()))
        .doesNotContain("null");
  }

  @Test
  void tellsHowQueuesWereDeclared() throws IOException {
    EnvironmentInfo environment =
        new EnvironmentInfo(
            null,
            new EnvironmentInfo.Broker(
                "container",
                "4.0.5",
                "RabbitMQ",
                Map.of("x-queue-type", "quorum", "x-delivery-limit", 5L)),
            null);
    assertThat(write(Results.outcome().environment(environment).build()))
        .contains(
            """
                    "broker": {
                      "kind": "container",
                      "version": "4.0.5",
                      "product": "RabbitMQ",
                      "queueArguments": {
                        "x-delivery-limit": 5,
                        "x-queue-type": "quorum"
                      }
                    }
            """);
  }

  @Test
  void tellsFailedAndUnreachedSteps() throws IOException {
    assertThat(write(Results.invalid("walkthrough.classic")))
        .contains("  \"verdict\": \"INVALID\",\n  \"run\"")
        .contains(
            """
                    {
                      "id": "start-broker",
                      "status": "failed",
                      "seconds": 180.0,
                      "message": "No AMQP login at amqp://guest:***@rabbitmq-service:5672\\n  within 180 s."
                    },
                    {
                      "id": "start-temporary-pod",
                      "status": "not-run",
                      "seconds": 0.0
                    }
            """);
  }

  @Test
  void joinsSeveralAdaptationsAndListsThemToo() throws IOException {
    StepResult step =
        StepResult.passed(
            "install-tools",
            1,
            List.of(
                Results.PYTHON,
                new Deviation("dnsutils", "bind9-dnsutils", "no such package any more")));
    assertThat(write(Results.outcome().steps(List.of(step)).build()))
        .contains(
            """
                      "adapted": {
                        "documented": "python; dnsutils",
                        "done": "python3; bind9-dnsutils",
                        "why": "no such package any more"
                      },
                      "adaptations": [
                        {
                          "documented": "python",
                          "done": "python3",
                          "why": "no such package any more"
                        },
                        {
                          "documented": "dnsutils",
                          "done": "bind9-dnsutils",
                          "why": "no such package any more"
                        }
                      ]
            """);
  }

  @Test
  void tellsWhatWasMeasured() throws IOException {
    List<Figure> figures =
        List.of(new Figure("peak heap", 174.86, "MiB"), new Figure("against 200 items", 1, ""));
    assertThat(figures)
        .extracting(Figure::toString)
        .containsExactly("peak heap: 174.9 MiB", "against 200 items: 1.0");
    assertThat(write(Results.outcome().figures(figures).build()))
        .contains(
            """
                  "figures": [
                    {
                      "name": "peak heap",
                      "value": 174.9,
                      "unit": "MiB"
                    },
                    {
                      "name": "against 200 items",
                      "value": 1.0,
                      "unit": ""
                    }
                  ],
            """);
  }

  @Test
  void tellsFindingsOfAClaimThatDidNotHold() throws IOException {
    Finding lost =
        new Finding(
            FindingCode.LOST_ITEMS,
            Finding.Role.CONSEQUENCE,
            "Item 3 (日本 🍈 \"\\) was lost on amqp://u:p@host.",
            List.of(Item.of(3, "日本 🍈 \"\\ \u0000\n"), Item.of(4, "")),
            List.of("job-wq-1-x2x7k"),
            List.of());
    Judgement judgement =
        new Judgement(
            "nothing is lost",
            Verdict.VALID,
            Verdict.INVALID,
            "expected 8, actual 7\nmissing: item 3",
            List.of(lost));
    assertThat(write(Results.outcome().claims(List.of(judgement)).build()))
        .contains(
            """
                    {
                      "claim": "nothing is lost",
                      "expected": "VALID",
                      "verdict": "INVALID",
                      "explanation": "expected 8, actual 7\\nmissing: item 3",
                      "findings": [
                        {
                          "code": "LOST_ITEMS",
                          "role": "consequence",
                          "message": "Item 3 (日本 🍈 \\"\\\\) was lost on amqp://u:***@host.",
                          "items": [
                            {
                              "id": 3,
                              "preview": "日本 🍈 \\"\\\\ .."
                            },
                            {
                              "id": 4,
                              "preview": ""
                            }
                          ],
                          "pods": [
                            "job-wq-1-x2x7k"
                          ]
                        }
                      ]
                    }
            """);
  }

  @Test
  void survivesAPreviewThatWasCutWithinACharacter() throws IOException {
    Finding finding =
        new Finding(
            FindingCode.LOST_ITEMS,
            Finding.Role.ROOT,
            "One was lost.",
            List.of(Item.of(0, "x" + "🍈".repeat(30))),
            List.of(),
            List.of());
    write(Results.outcome().findings(List.of(finding)).build());
  }

  @Test
  void acceptsEveryFindingCode() throws IOException {
    List<Finding> one =
        Stream.of(FindingCode.values())
            .map(
                code ->
                    new Finding(code, Finding.Role.ROOT, "Found.", List.of(), List.of(), List.of()))
            .toList();
    write(Results.outcome().findings(one).build());
  }

  @Test
  void replacesWhatAnEarlierRunLeft() throws IOException {
    Files.writeString(folder.resolve("result.json"), "damaged");
    write(Results.valid("outcome.exact"));
    new ResultFile(folder).begin(Results.RUN);
    assertThat(folder.resolve("result.json")).content().contains("\"verdict\": \"UNKNOWN\"");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("result.json"));
    }
  }

  @Test
  void isWholeWhileManyWriteIt() throws Exception {
    ResultSchema schema = ResultSchema.read();
    ResultFile file = new ResultFile(folder);
    file.begin(Results.RUN);
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 1; writer <= 4; writer++) {
        List<ScenarioResult> scenarios =
            IntStream.range(0, writer * 10)
                .mapToObj(i -> Results.valid("outcome.number-" + i))
                .toList();
        running.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    file.write(RunResult.of(Results.RUN, scenarios));
                  }
                }));
      }
      while (running.stream().anyMatch(each -> !each.isDone())) {
        schema.holds(file.path());
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      writers.shutdownNow();
    }
    schema.holds(file.path());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  @Test
  void saysWhatToDoWhereItCannotWrite() throws IOException {
    Path reports = Files.writeString(folder.resolve("reports"), "a file in its place");
    assertThatThrownBy(() -> new ResultFile(reports).begin(Results.RUN))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "Cannot write %1$s/result.json: FileAlreadyExistsException: %1$s. See that"
                + " the folder can be written and the disk has room: ls -ld %1$s && df -h %1$s",
            reports);
  }

  private String write(ScenarioResult scenario) throws IOException {
    ResultFile file = new ResultFile(folder);
    file.write(RunResult.of(Results.RUN.after(93.4), List.of(scenario)));
    ResultSchema.read().holds(file.path());
    return Files.readString(file.path());
  }
}
