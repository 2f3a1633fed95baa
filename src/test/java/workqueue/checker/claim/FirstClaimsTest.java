package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static workqueue.checker.claim.Claims.announcesEachPod;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.runsAtMost;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;

class FirstClaimsTest {
  private static final List<Item> FRUIT = Items.ofTutorial();

  private static List<Claim> all() {
    return List.of(
        jobCompletesWith(8),
        processesEachExactlyOnce(FRUIT),
        drains(QUEUE),
        runsAtMost(2),
        announcesEachPod());
  }

  @Test
  void aSoundRunHoldsThemAll() {
    Judged judged = Judge.judge(HistoryBuilder.soundRun(FRUIT).history(), all());

    assertThat(judged.judgements())
        .allSatisfy(
            each -> assertThat(each.verdict()).as(each.explanation()).isEqualTo(Verdict.VALID));
    assertThat(judged.verdict()).isEqualTo(Verdict.VALID);
    assertThat(judged.decidedAt()).isPresent();
    judged.orThrow();
  }

  @Test
  void anEmptyHistoryHoldsNone() {
    History empty = new HistoryBuilder().history();

    assertThat(Judge.judge(empty, all()).judgements())
        .extracting(Judgement::verdict)
        .containsOnly(Verdict.UNKNOWN);
    assertThat(Judge.judge(empty).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void everyCutOfASoundRunIsValidOrUnknownButNeverInvalid() {
    History whole = HistoryBuilder.soundRun(FRUIT).history();
    for (int kept = 0; kept < whole.events().size(); kept++) {
      History cut = new History(whole.header(), whole.events().subList(0, kept));
      assertThat(Judge.judge(cut, all()).judgements())
          .as("first %d events", kept)
          .extracting(Judgement::verdict)
          .doesNotContain(Verdict.INVALID);
    }
  }

  @Test
  void theClaimsComeBackFromTheHeader() {
    List<Claim> stated =
        List.of(all().get(0), all().get(1), expecting(Verdict.INVALID, drains("x")));
    History history =
        HistoryBuilder.soundRun(FRUIT)
            .history()
            .withClaims(stated.stream().map(Claim::spec).toList());

    assertThat(Claims.fromHeader(history.header()))
        .extracting(Claim::words, Claim::expected, Claim::spec)
        .containsExactly(
            stated.stream()
                .map(each -> tuple(each.words(), each.expected(), each.spec()))
                .toArray(Tuple[]::new));
  }

  @Test
  void tellsWhatDiffers() {
    HistoryBuilder told = new HistoryBuilder();
    told.publish(FRUIT).job(8, 2);
    FRUIT.subList(0, 7).forEach(item -> told.worksOff("pod-" + item.id(), item));
    told.starts("pod-7").works("pod-7", FRUIT.get(0)).after(1).succeeds("pod-7");
    History history = told.jobCompletes().ends(0, 0, 0).history();

    Judged judged = Judge.judge(history, jobCompletesWith(9), processesEachExactlyOnce(FRUIT));

    assertThatThrownBy(judged::orThrow)
        .isInstanceOf(ClaimsRefuted.class)
        .hasMessageStartingWith(
            """
            job completes with 9: Job demo/job-wq-1 does not
              expected:   Complete with 9 succeeded
              actual:     Complete, 8 succeeded, 0 failed, 0 active
              remedy:     kubectl describe job job-wq-1 -n demo
            each of 8 items is processed exactly once: 1 item was processed by no pod, \
            1 item was processed more than once (queue job1)
              expected:   8 items, each processed once
              actual:     7 items processed
              missing:    item 7 (melon)
              duplicated: item 0 (apple) by pod-0 and pod-7
              remedy:     kubectl logs -n demo -l job-name=job-wq-1 --prefix --tail=-1
            outcome.told is INVALID: 0 of 2 claims are as expected""");
  }
}
