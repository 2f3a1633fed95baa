package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.report.SpecimenResult.BrokenRule;

class SelfTestReportTest {
  private static final List<FindingCode> LOST = List.of(FindingCode.LOST_ITEMS);
  private static final List<FindingCode> DONE = List.of(FindingCode.ALL_PROCESSED);

  private final List<ScenarioResult> tried =
      List.of(
          specimen("takes-two", true, LOST, LOST, Verdict.VALID),
          specimen("acks-first", true, LOST, DONE, Verdict.INVALID),
          specimen("silent", false, List.of(), List.of(), Verdict.VALID),
          specimen("slow", false, DONE, List.of(FindingCode.STILL_WORKING), Verdict.UNKNOWN),
          lacking("short-time-to-live", "job.spec.ttlSecondsAfterFinished"),
          Results.valid("selftest.job-fails"));

  @Test
  void countsWhatWasFoundAndWhatWasBlamed() {
    assertThat(SelfTestScore.of(tried)).contains(new SelfTestScore(2, 1, 2, 1, 1));
    assertThat(new SelfTestScore(3, 2, 0, 0, 0).score()).isEqualTo(0.667);
    assertThat(new SelfTestScore(0, 0, 1, 0, 0).score()).isEqualTo(1);
    assertThat(SelfTestScore.of(List.of(Results.valid("outcome.exact")))).isEmpty();
  }

  @Test
  void theResultHoldsThemByItsSchema() throws IOException {
    String json = ResultJson.of(RunResult.of(Results.RUN, tried));
    assertThat(ResultSchema.read().complaints(json)).isEmpty();
    assertThat(json)
        .contains(
            """
              "selftest": {
                "mutants": 2,
                "found": 1,
                "score": 0.5,
                "sound": 2,
                "falseAlarms": 1,
                "notTried": 1
              },
            """)
        .contains(
            """
                  "specimen": {
                    "name": "takes-two",
                    "kind": "mutant",
                    "rule": "takes-one-item",
                    "expected": [
                      "LOST_ITEMS"
                    ],
                    "found": [
                      "LOST_ITEMS"
                    ],
                    "broken": [
                      {
                        "rule": "takes-one-item",
                        "codes": [
                          "LOST_ITEMS"
                        ]
                      }
                    ]
                  }
            """)
        .contains("\"broken\": [],\n        \"lacking\": \"job.spec.ttlSecondsAfterFinished\"");
  }

  @Test
  void theResultHoldsHowEachWorkerBehaves() throws IOException {
    String json =
        ResultJson.of(
            RunResult.of(
                Results.RUN,
                List.of(
                    behaving("pika-one.stops-in-grace", trait("on SIGTERM", "exits 143")),
                    behaving("pika-one.takes-one-item", trait("prefetch", "1")),
                    behaving("go-one.takes-one-item", trait("prefetch", "1")))));
    assertThat(ResultSchema.read().complaints(json)).isEmpty();
    assertThat(json)
        .contains(
            """
              "workers": [
                {
                  "name": "go-one",
                  "behaviour": [
                    {
                      "what": "prefetch",
                      "shown": "1"
                    }
                  ]
                },
                {
                  "name": "pika-one",
                  "behaviour": [
                    {
                      "what": "on SIGTERM",
                      "shown": "exits 143"
                    },
                    {
                      "what": "prefetch",
                      "shown": "1"
                    }
                  ]
                }
              ],
            """)
        .doesNotContain("\"worker\":");
  }

  private static Trait trait(String what, String shown) {
    return new Trait(what, shown, Optional.empty());
  }

  private static ScenarioResult behaving(String name, Trait trait) {
    return ScenarioResult.builder("workers." + name, "It is tried")
        .claims(List.of(told("it keeps its rule", Verdict.VALID, "")))
        .specimen(
            new SpecimenResult(name, false, "takes-one-item", List.of(), List.of(), List.of(), ""))
        .traits(List.of(trait))
        .build();
  }

  @Test
  void thePageHasATableOfThem() {
    assertThat(SummaryPage.of(RunResult.of(Results.RUN, tried)))
        .isEqualTo(
            """
            ## INVALID

            Run wq-20261122-101502-k3f9, 0.0 s.

            ### What is wrong

            - The claims say it. (selftest.acks-first, selftest.slow)

            <details><summary>4 of 6 scenarios are VALID</summary>

            | scenario | verdict | seconds |  |
            | --- | --- | --- | --- |
            | `selftest.takes-two` | VALID | 0.0 | Something \\| is tried |
            | `selftest.acks-first` | INVALID | 0.0 | The claims say it. |
            | `selftest.silent` | VALID | 0.0 | Something \\| is tried |
            | `selftest.slow` | UNKNOWN | 0.0 | The claims say it. |
            | `selftest.short-time-to-live` | VALID | 0.0 | Something \\| is tried |
            | `selftest.job-fails` | VALID | 1.5 | Something happens |

            </details>

            ### Self-test

            1 of 2 mutants were found by their code; 1 false alarms on 2 sound workers; 1 could not be tried.

            | tried | against | to be found | found | its record breaks |  |
            | --- | --- | --- | --- | --- | --- |
            | `takes-two` | `takes-one-item` | `LOST_ITEMS` | `LOST_ITEMS` | `takes-one-item` (`LOST_ITEMS`) |  |
            | `acks-first` | `takes-one-item` | `LOST_ITEMS` | `ALL_PROCESSED` | – | missed |
            | `silent` (sound) | `takes-one-item` | – | – | – |  |
            | `slow` (sound) | `takes-one-item` | `ALL_PROCESSED` | `STILL_WORKING` | – | false alarm |
            | `short-time-to-live` | `processes-exactly-once` | `VANISHED` | `ALL_PROCESSED` | – | not tried: the API has no job.spec.ttlSecondsAfterFinished |
            """);
  }

  @Test
  void thePageTellsWhatIsToBeToldEveryTime() {
    ScenarioResult known =
        ScenarioResult.builder("gate.failure-is-not-success", "The worker does not lie")
            .claims(
                List.of(
                    told("keeps it", Verdict.INVALID, "keeps it (known): not so\nmore"),
                    told("shows it", Verdict.UNKNOWN, "shows it: cannot be told"),
                    told("whether", Verdict.VALID, "it is known: it does not hold"),
                    told("done", Verdict.VALID, "")))
            .build();
    assertThat(SummaryPage.of(RunResult.of(Results.RUN, List.of(known))))
        .endsWith(
            """
            ### Told every time

            - `gate.failure-is-not-success`, as known: keeps it (known): not so
            - `gate.failure-is-not-success`, not known: shows it: cannot be told
            - `gate.failure-is-not-success`, to be noted: it is known: it does not hold
            """);
  }

  @Test
  void aRunOfNothingSaysSo() {
    assertThat(SummaryPage.of(RunResult.of(Results.RUN, List.of())))
        .isEqualTo(
            """
            ## UNKNOWN

            Run wq-20261122-101502-k3f9, 0.0 s.
            No scenario was run.
            """);
  }

  private static Judgement told(String claim, Verdict verdict, String explanation) {
    return new Judgement(claim, verdict, verdict, explanation, List.of());
  }

  private static ScenarioResult specimen(
      String name,
      boolean mutant,
      List<FindingCode> expected,
      List<FindingCode> found,
      Verdict verdict) {
    return ScenarioResult.builder("selftest." + name, "Something | is tried")
        .claims(List.of(told("it is told apart", Verdict.VALID, "")))
        .verdict(verdict)
        .message(verdict == Verdict.VALID ? null : "The claims say it.")
        .specimen(
            new SpecimenResult(
                name,
                mutant,
                "takes-one-item",
                expected,
                found,
                found.equals(LOST) ? List.of(new BrokenRule("takes-one-item", LOST)) : List.of(),
                ""))
        .build();
  }

  private static ScenarioResult lacking(String name, String field) {
    return ScenarioResult.builder("selftest." + name, "Something | is tried")
        .claims(List.of(told("the API has no " + field, Verdict.VALID, "")))
        .specimen(
            new SpecimenResult(
                name,
                true,
                "processes-exactly-once",
                List.of(FindingCode.VANISHED),
                DONE,
                List.of(),
                field))
        .build();
  }
}
