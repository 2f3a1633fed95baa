package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.failingWorker;
import static workqueue.history.HistoryBuilder.QUEUE;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ClaimSpec;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;

class JudgeTest {
  @Test
  void aMutantIsExpectedToBeInvalid() {
    Judged judged =
        Judge.judge(failingWorker().history(), expecting(Verdict.INVALID, drains(QUEUE)));
    assertThat(judged.verdict()).isEqualTo(Verdict.VALID);
    judged.orThrow();
  }

  @Test
  void aMutantThatIsNotCaughtIsAFailure() {
    Judged judged =
        Judge.judge(
            HistoryBuilder.soundRun(FRUIT).history(), expecting(Verdict.INVALID, drains(QUEUE)));
    assertThatThrownBy(judged::orThrow)
        .isInstanceOf(ClaimsRefuted.class)
        .hasMessage(
            """
            queue job1 is drained: holds, and it should not
              expected:   INVALID
              actual:     VALID
            outcome.told is INVALID: 0 of 1 claim is as expected
              ALL_PROCESSED (root): all 8 items were processed""");
  }

  @Test
  void whatCannotBeToldIsNoAssertionError() {
    Judged judged =
        Judge.judge(
            HistoryBuilder.soundRun(FRUIT).history(), jobCompletesWith(8), leavesOver("foo", 1));
    assertThatThrownBy(judged::orThrow)
        .isInstanceOf(ClaimsUndecided.class)
        .isNotInstanceOf(AssertionError.class)
        .hasMessage(
            """
            queue foo is left with 1: the depth of queue foo was never seen
              expected:   1 ready, 0 unacked
              actual:     no sample
              remedy:     rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep foo
            outcome.told is UNKNOWN: 1 of 2 claims are as expected
              ALL_PROCESSED (root): all 8 items were processed""");
  }

  @Test
  void noClaimsAreNoVerdict() {
    Judged judged = Judge.judge(HistoryBuilder.soundRun(FRUIT).history());
    assertThatThrownBy(judged::orThrow)
        .isInstanceOf(ClaimsUndecided.class)
        .hasMessage(
            """
            outcome.told: no claims were made, so nothing is known
            outcome.told is UNKNOWN: 0 of 0 claims are as expected
              ALL_PROCESSED (root): all 8 items were processed""");
  }

  @Test
  void theWorstSurpriseComesFirstAndTheDiagnosisFollows() {
    Judged judged = Judge.judge(failingWorker().history(), leavesOver("foo", 1), drains(QUEUE));
    assertThat(judged.verdict()).isEqualTo(Verdict.INVALID);
    assertThatThrownBy(judged::orThrow).isInstanceOf(ClaimsRefuted.class);
    assertThat(judged.message())
        .startsWith("queue job1 is drained: queue job1 holds ")
        .endsWith(
            """
            outcome.told is INVALID: 0 of 2 claims are as expected
              FALSE_SUCCESS (root): 8 pods succeeded on queue job1 and only 0 items were acked, says the queue's depth
                kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
              LEFTOVER_ITEMS (consequence): 8 items are left in queue job1 and no Job works on it any more, because 8 pods succeeded on queue job1 and only 0 items were acked, says the queue's depth
                kubectl get job job-wq-1 -n demo -o json | jq '{apiVersion, kind, metadata: {name: "job-wq-1-rest"}, spec: (.spec | del(.selector, .template.metadata) | .completions = 8)}' | kubectl create -n demo -f -
              DUPLICATED_ITEMS (consequence): 1 item was processed more than once, because 8 pods succeeded on queue job1 and only 0 items were acked, says the queue's depth
                kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1""");
  }

  @Test
  void everyClaimComesBackFromAFile() {
    List<Claim> all =
        List.of(
            jobCompletesWith(8),
            Claims.jobFailsWith("DeadlineExceeded"),
            Claims.jobNeverCompletes(),
            Claims.runsAtMost(2),
            Claims.replacesOnlyWhatEnded(),
            Claims.announcesEachPod(),
            Claims.accountsForEverySuccess(),
            Claims.oneItemPerPod("job-wq-1"),
            Claims.processesEachExactlyOnce(FRUIT),
            Claims.processesEachAtLeastOnce(FRUIT),
            Claims.losesNothing(FRUIT),
            Claims.altersNothing(FRUIT),
            Claims.addsNoItems(QUEUE),
            Claims.keepsSecrets(),
            Claims.strikesBetweenAckAndRelease("kill-container"),
            Claims.explainsWhatIsLost(),
            Claims.follows(FindingCode.ACKED_BUT_NOT_REPORTED, FindingCode.NODE_LOST),
            Claims.reportsNoEndDuring("freeze-kubelet"),
            Claims.diagnosedAs(FindingCode.ALL_PROCESSED),
            Claims.apiLacks("job.spec.suspend"),
            Claims.takesAnItem(QUEUE),
            Claims.holdsOneAtATime(QUEUE),
            Claims.boundsItsPrefetch(QUEUE),
            Claims.jobCompletes("job-wq-1"),
            Claims.endsInGrace(),
            Claims.strikesAtWork("kill-container"),
            Claims.pinsItsImage(),
            Claims.measuresCosts(QUEUE),
            Claims.costsNoMore(QUEUE),
            Claims.isForTheNodes(),
            Claims.isOfItsKind(),
            Claims.weighsAtMost(1024),
            Claims.someWorkFails(),
            Claims.passesCheck("access.rights"),
            Claims.answersCheck("access.clock"),
            Claims.all("both", List.of(drains(QUEUE), expecting(Verdict.UNKNOWN, drains("foo")))),
            Claims.whether("both", List.of(Claims.processesEachExactlyOnce(FRUIT))),
            Claims.readsItsParts("job-wq-1"),
            Claims.readsTheSameOn("job-wq-1", 2),
            Claims.refusesWrites("job-wq-1"),
            Claims.leavesDataUnchanged("job-wq-1"),
            Claims.showsEachStep(List.of("start-service", "run-job")),
            Claims.failsOnlyAt("run-job", List.of("start-service", "run-job")),
            drains(QUEUE),
            Claims.keepsUnacked(QUEUE, 0),
            expecting(Verdict.INVALID, leavesOver(QUEUE, 3)));
    History history =
        HistoryBuilder.soundRun(FRUIT).history().withClaims(all.stream().map(Claim::spec).toList());
    History read = HistoryFile.fromText("told.ndjson", HistoryFile.toText(history));

    List<Claim> again = Claims.fromHeader(read.header());

    assertThat(again).extracting(Claim::words).isEqualTo(all.stream().map(Claim::words).toList());
    assertThat(again).extracting(Claim::spec).isEqualTo(read.header().claims());
    assertThat(Judge.judge(read)).isEqualTo(Judge.judge(history, all));
    assertThat(Statements.names())
        .containsExactlyInAnyOrderElementsOf(
            all.stream().map(claim -> claim.spec().claim()).toList());
  }

  @Test
  void headersKnowEachStatementThereIs() {
    JavaClasses claims =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("workqueue.checker.claim");
    assertThat(Statements.names())
        .containsExactlyInAnyOrderElementsOf(
            claims.stream()
                .filter(each -> each.isAssignableTo(Statement.class) && !each.isInterface())
                .map(each -> Statements.name(each.reflect()))
                .toList());
  }

  @Test
  void refusesAClaimThatItDoesNotKnow() {
    History history =
        HistoryBuilder.soundRun(FRUIT)
            .history()
            .withClaims(List.of(new ClaimSpec("isNice", null, "VALID")));
    assertThatThrownBy(() -> Judge.judge(history))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "There is no claim \"isNice\". Known are: accountsForEverySuccess,");
  }

  @Test
  void refusesAClaimWithoutItsParameters() {
    History history =
        HistoryBuilder.soundRun(FRUIT)
            .history()
            .withClaims(List.of(new ClaimSpec("drains", null, "VALID")));
    assertThatThrownBy(() -> Judge.judge(history))
        .hasMessage("The claim \"drains\" needs its \"queue\".");
  }
}
