package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.holdsOneAtATime;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.keepsSecrets;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.history.HarnessEvent;
import workqueue.history.HarnessEvent.BlameShifted;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.Acked;

class BlamesTest {
  private static final List<Item> ITEMS = Items.ofTutorial(3);
  private static final List<Claim> COMPLETES = List.of(jobCompletesWith(3));

  private final Blames blames = new Blames();
  private final List<HarnessEvent> shifted = new ArrayList<>();

  private static HistoryBuilder trial(Rule rule) {
    return new HistoryBuilder().scenario("gate." + rule.id()).publish(ITEMS);
  }

  private static History hoards(Rule rule) {
    HistoryBuilder told = trial(rule).job(3, 1).starts("pod-0").connects("pod-0");
    told.delivers("pod-0", ITEMS.get(0), false).delivers("pod-0", ITEMS.get(1), false);
    told.works("pod-0", ITEMS.get(0)).add(Source.WIRE, new Acked("to-pod-0", 1, 1, false));
    told.disconnects("pod-0").succeeds("pod-0").jobStatus();
    return told.ends(2, 0, 0).history();
  }

  private static History sound(Rule rule) {
    HistoryBuilder told = trial(rule).job(3, 1);
    ITEMS.forEach(item -> told.worksOff("pod-" + item.id(), item));
    return told.jobCompletes().ends(0, 0, 0).history();
  }

  private Judged settle(Rule rule, History history, List<Claim> claims, boolean asked) {
    return blames.settle(
        rule, history, claims, Judge.judge(history, claims), other -> asked, shifted::add);
  }

  @Test
  void aRuleWhoseFaultIsMetElsewhereIsBrokenThoughItsOwnTrialDoesNotShowIt() {
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, hoards(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    assertThat(late.notJudged()).isPresent();
    assertThat(shifted).containsExactly(new BlameShifted("takes-one-item", "HOARDED_ITEMS"));
    assertThat(blames.untold()).containsOnlyKeys(Rule.TAKES_ONE_ITEM);
    Judged one = settle(Rule.TAKES_ONE_ITEM, sound(Rule.TAKES_ONE_ITEM), COMPLETES, true);
    assertThat(one.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(blames.untold()).isEmpty();
    assertThat(one.message())
        .startsWith(
            """
            the worker keeps takes-one-item in gate.survives-late-broker: HOARDED_ITEMS
              actual:     consumers of queue job1 hold up to 2 items at once""");
  }

  @Test
  void whatIsBrokenAnywayIsToldOnce() {
    settle(Rule.SURVIVES_LATE_BROKER, hoards(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    List<Claim> claims = List.of(holdsOneAtATime(HistoryBuilder.QUEUE));
    Judged one = settle(Rule.TAKES_ONE_ITEM, hoards(Rule.TAKES_ONE_ITEM), claims, true);
    assertThat(one.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(one.judgements()).hasSize(1);
  }

  @Test
  void aRuleThatWasTriedAndHeldBearsNothing() {
    settle(Rule.TAKES_ONE_ITEM, sound(Rule.TAKES_ONE_ITEM), COMPLETES, true);
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, hoards(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    assertThat(late.notJudged()).isEmpty();
    assertThat(late.verdict()).isNotEqualTo(Verdict.VALID);
  }

  /** Its process goes on after its ack, for longer than anybody waits. */
  private static History stays(Rule rule) {
    HistoryBuilder told = trial(rule).job(3, 1).starts("pod-0").connects("pod-0");
    told.delivers("pod-0", ITEMS.get(0), false).works("pod-0", ITEMS.get(0));
    told.add(Source.WIRE, new Acked("to-pod-0", 1, 1, false)).jobStatus();
    return told.after(120).ends(2, 0, 0).history();
  }

  private static History crashes(Rule rule) {
    HistoryBuilder told = trial(rule).job(3, 1).starts("pod-0").prints("pod-0", "no such module");
    return told.failsPod("pod-0", 1, "Error")
        .jobFails("BackoffLimitExceeded")
        .ends(3, 0, 0)
        .history();
  }

  @Test
  void aFaultThatTheTrialOfItsOwnRuleHasShownKeepsTheOthersFromBeingJudged() {
    Judged own =
        settle(Rule.PROCESSES_EXACTLY_ONCE, stays(Rule.PROCESSES_EXACTLY_ONCE), COMPLETES, true);
    assertThat(own.verdict()).isEqualTo(Verdict.INVALID);
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, stays(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    assertThat(late.notJudged()).isPresent();
    assertThat(shifted).containsExactly(new BlameShifted("processes-exactly-once", "NOT_EXITED"));
  }

  @Test
  void whatKeepsThePlainestTrialFromItsEndKeepsAnyOther() {
    settle(Rule.PROCESSES_EXACTLY_ONCE, crashes(Rule.PROCESSES_EXACTLY_ONCE), COMPLETES, true);
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, crashes(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    assertThat(late.notJudged()).isPresent();
  }

  @Test
  void whatNoRuleSpeaksOfKeepsNothingFromBeingJudgedByAnyOtherTrial() {
    settle(Rule.TAKES_ONE_ITEM, crashes(Rule.TAKES_ONE_ITEM), COMPLETES, true);
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, crashes(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    assertThat(late.notJudged()).isEmpty();
    assertThat(late.verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void aFaultThatShowsOnlyWhereItIsMetCountsThere() {
    settle(Rule.PROCESSES_EXACTLY_ONCE, sound(Rule.PROCESSES_EXACTLY_ONCE), COMPLETES, true);
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, stays(Rule.SURVIVES_LATE_BROKER), COMPLETES, true);
    assertThat(late.notJudged()).isEmpty();
    assertThat(late.verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void aRuleThatIsNotAskedBearsNothing() {
    Judged late =
        settle(Rule.SURVIVES_LATE_BROKER, hoards(Rule.SURVIVES_LATE_BROKER), COMPLETES, false);
    assertThat(late.notJudged()).isEmpty();
  }

  @Test
  void aTrialThatHoldsIsLeftAsItIs() {
    List<Claim> claims = List.of(keepsSecrets());
    History history = hoards(Rule.KEEPS_SECRETS);
    assertThat(settle(Rule.KEEPS_SECRETS, history, claims, true))
        .isEqualTo(Judge.judge(history, claims));
  }
}
