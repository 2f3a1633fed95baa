package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Judgement.NotJudged;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;

class WorkerCauseTest {
  @TempDir Path folder;

  private static ScenarioResult trial(String id, Verdict verdict, FindingCode code, Role role) {
    return ScenarioResult.builder(id, "Something is tried")
        .claims(List.of(new Judgement("it holds", Verdict.VALID, verdict, "", List.of())))
        .findings(
            List.of(new Finding(code, role, "it was seen", List.of(), List.of(), List.of(1L))))
        .verdict(verdict)
        .message(verdict == Verdict.VALID ? null : "not so")
        .seconds(1)
        .build();
  }

  @Test
  void tellsHowOftenWhatIsRepeatedHolds() {
    List<ScenarioResult> trials =
        List.of(
            trial("gate.keeps-secrets", Verdict.VALID, FindingCode.ALL_PROCESSED, Role.ROOT),
            trial("gate.keeps-secrets", Verdict.INVALID, FindingCode.SECRET_PRINTED, Role.ROOT),
            trial("gate.keeps-secrets", Verdict.VALID, FindingCode.ALL_PROCESSED, Role.ROOT),
            trial("gate.takes-one-item", Verdict.INVALID, FindingCode.HOARDED_ITEMS, Role.ROOT),
            trial("gate.takes-one-item", Verdict.INVALID, FindingCode.HOARDED_ITEMS, Role.ROOT));
    assertThat(Rate.mixed(trials))
        .extracting(Rate::sentence)
        .containsExactly("gate.keeps-secrets was VALID in 2 of 3 runs");
  }

  @Test
  void blamesNoneForWorkThatALookCutShort() {
    RunResult result =
        RunResult.of(
            Results.RUN,
            List.of(
                trial("gate.preflight", Verdict.INVALID, FindingCode.STILL_WORKING, Role.ROOT)));
    assertThat(WorkerCause.of(result)).isEmpty();
  }

  @Test
  void tellsACauseThatWasMetInTheTrialOfAnotherRule() {
    Finding copies = root(FindingCode.UNEXPECTED_ITEMS, "2 messages");
    Finding sound = root(FindingCode.ALL_PROCESSED, "all");
    ScenarioResult trial =
        ScenarioResult.builder("gate.processes-exactly-once", "Something is tried")
            .findings(List.of(sound))
            .claims(
                List.of(
                    new Judgement("it holds", Verdict.VALID, Verdict.VALID, "", List.of()),
                    new Judgement(
                        "it holds elsewhere",
                        Verdict.VALID,
                        Verdict.INVALID,
                        "it does not",
                        List.of(copies))))
            .build();
    assertThat(WorkerCause.of(RunResult.of(Results.RUN, List.of(trial))))
        .extracting(WorkerCause::sentence)
        .containsExactly(
            "UNEXPECTED_ITEMS: 2 messages (processes-exactly-once). To do: publish to another queue"
                + " than the one that items come from");
  }

  @Test
  void leavesOutWhatATrialProvokesUnlessNothingElseIsWrong() {
    Finding refused = root(FindingCode.BROKER_REFUSED_LOGIN, "refused");
    Finding printed = root(FindingCode.SECRET_PRINTED, "printed");
    assertThat(causesOf("gate.keeps-secrets", refused, printed))
        .containsExactly(FindingCode.SECRET_PRINTED);
    assertThat(causesOf("gate.keeps-secrets", refused))
        .containsExactly(FindingCode.BROKER_REFUSED_LOGIN);
    Finding failed = root(FindingCode.WORKER_FAILED, "rotten");
    assertThat(causesOf("gate.failure-is-not-success", failed, printed))
        .containsExactly(FindingCode.SECRET_PRINTED);
    assertThat(causesOf("gate.survives-poison-item", failed))
        .containsExactly(FindingCode.WORKER_FAILED);
    assertThat(causesOf("gate.takes-one-item", refused, printed))
        .containsExactlyInAnyOrder(FindingCode.BROKER_REFUSED_LOGIN, FindingCode.SECRET_PRINTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks-after-success",
        "failure-is-not-success",
        "stops-in-grace",
        "survives-broker-restart",
        "survives-poison-item"
      })
  void blamesNoWorkerForAnItemThatTheTrialHasComeBack(String rule) {
    Finding back = root(FindingCode.REDELIVERED_ITEMS, "1 item");
    Finding lost = root(FindingCode.LOST_ITEMS, "lost");
    assertThat(causesOf("gate." + rule, back, lost)).containsExactly(FindingCode.LOST_ITEMS);
    assertThat(causesOf("gate." + rule, back)).isEmpty();
    assertThat(causesOf("gate.takes-one-item", back))
        .containsExactly(FindingCode.REDELIVERED_ITEMS);
    ScenarioResult undecided =
        trial("gate." + rule, Verdict.UNKNOWN, FindingCode.REDELIVERED_ITEMS, Role.ROOT);
    assertThat(Wrong.of(RunResult.of(Results.RUN, List.of(undecided))))
        .extracting(Wrong::sentence)
        .containsExactly("not so (gate." + rule + ")");
  }

  private static Finding root(FindingCode code, String message) {
    return new Finding(code, Role.ROOT, message, List.of(), List.of(), List.of());
  }

  private static List<FindingCode> causesOf(String trial, Finding... found) {
    ScenarioResult result =
        ScenarioResult.builder(trial, "Something is tried")
            .findings(List.of(found))
            .claims(
                List.of(new Judgement("it holds", Verdict.VALID, Verdict.INVALID, "no", List.of())))
            .build();
    return WorkerCause.of(RunResult.of(Results.RUN, List.of(result))).stream()
        .map(WorkerCause::code)
        .toList();
  }

  @Test
  void tellsEachCauseOnceWithTheRulesThatItBreaks() throws Exception {
    List<ScenarioResult> trials =
        List.of(
            trial("gate.keeps-secrets", Verdict.INVALID, FindingCode.SECRET_PRINTED, Role.ROOT),
            trial("gate.takes-one-item", Verdict.INVALID, FindingCode.HOARDED_ITEMS, Role.ROOT),
            trial("gate.stops-in-grace", Verdict.UNKNOWN, FindingCode.HOARDED_ITEMS, Role.ROOT),
            trial("gate.survives-poison-item", Verdict.VALID, FindingCode.LOST_ITEMS, Role.ROOT),
            trial("gate.fits", Verdict.INVALID, FindingCode.LEFTOVER_ITEMS, Role.CONSEQUENCE),
            trial("outcome.exact", Verdict.INVALID, FindingCode.LOST_ITEMS, Role.ROOT));
    RunResult result =
        RunResult.of(
            Results.RUN,
            trials,
            Map.of(
                "gate.survives-late-broker",
                NotRun.because(new NotJudged(FindingCode.HOARDED_ITEMS, "it was seen")),
                "gate.baseline",
                NotRun.because("not asked for")));
    List<WorkerCause> causes = WorkerCause.of(result);
    assertThat(causes)
        .extracting(WorkerCause::code)
        .containsExactly(FindingCode.HOARDED_ITEMS, FindingCode.SECRET_PRINTED);
    assertThat(causes.get(0).sentence())
        .isEqualTo(
            "HOARDED_ITEMS: it was seen (takes-one-item, stops-in-grace; not judged:"
                + " survives-late-broker). To do: ask for one item, by a prefetch of 1 or one get, and ack it after the work");
    ResultFile file = new ResultFile(folder);
    file.write(result);
    ResultSchema.read().holds(file.path());
    ScenarioResult behaves =
        ScenarioResult.builder("gate.stops-in-grace", "Something is tried")
            .claims(List.of(new Judgement("it holds", Verdict.VALID, Verdict.VALID, "", List.of())))
            .traits(
                List.of(
                    new Trait("on SIGTERM", "exits 143 within 1 s", Optional.of("exits 0")),
                    new Trait("heartbeat", "60 s", Optional.empty())))
            .build();
    RunResult sound = RunResult.of(Results.RUN, List.of(behaves));
    file.write(sound);
    ResultSchema.read().holds(file.path());
    assertThat(SummaryPage.of(sound))
        .contains(
            "### How the worker behaves",
            "| on SIGTERM | exits 143 within 1 s | exits 0 |",
            "| heartbeat | 60 s |  |");
    assertThat(Summary.lines(sound, folder, Ink.PLAIN))
        .containsSequence(
            "What the worker now does differently:",
            "  on SIGTERM: exits 143 within 1 s, and before: exits 0");
    assertThat(SummaryPage.of(result))
        .contains("### What is wrong with the worker", "- HOARDED_ITEMS: it was seen (");
  }
}
