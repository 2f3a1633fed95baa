package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.holdsOneAtATime;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.keepsSecrets;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.strikesAtWork;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.ClaimsNotJudged;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.BlameShifted;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.Acked;

class BlameTest {
  private static final List<Item> ITEMS = Items.ofTutorial(3);
  private static final String QUEUE = HistoryBuilder.QUEUE;

  /** A run takes an item beside its own, and gives it back. */
  private static History hoards(Rule tried) {
    HistoryBuilder told = new HistoryBuilder().scenario("gate." + tried.id()).publish(ITEMS);
    told.job(2, 1).starts("pod-0").connects("pod-0");
    told.delivers("pod-0", ITEMS.get(0), false).delivers("pod-0", ITEMS.get(1), false);
    told.works("pod-0", ITEMS.get(0)).add(Source.WIRE, new Acked("to-pod-0", 1, 1, false));
    told.disconnects("pod-0").succeeds("pod-0").jobStatus().ends(2, 0, 0);
    return told.history();
  }

  private static Judged settled(Rule tried, History history, Claim... claims) {
    List<Claim> all = List.of(claims);
    Judged judged = Judge.judge(history, all);
    return Blame.on(tried, history, judged, other -> true, Map.of())
        .map(blame -> blame.lifted(history, all, judged))
        .orElse(judged);
  }

  @Test
  void whatBreaksAnotherRuleKeepsATrialFromBeingJudged() {
    History history = hoards(Rule.SURVIVES_LATE_BROKER);
    Judged judged = settled(Rule.SURVIVES_LATE_BROKER, history, jobCompletesWith(2), drains(QUEUE));
    assertThat(judged.judgements()).allMatch(each -> each.notJudged().isPresent());
    assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThatThrownBy(judged::orThrow)
        .isInstanceOf(ClaimsNotJudged.class)
        .hasMessage(
            "HOARDED_ITEMS: consumers of queue %s hold up to 2 items at once; that breaks"
                    .formatted(QUEUE)
                + " takes-one-item");
  }

  @Test
  void whatTheRuleItselfSaysIsJudgedAllTheSame() {
    History history = hoards(Rule.KEEPS_SECRETS);
    Judged judged = settled(Rule.KEEPS_SECRETS, history, jobCompletesWith(2), keepsSecrets());
    assertThat(judged.judgements())
        .extracting(each -> each.notJudged().map(Judgement.NotJudged::code))
        .containsExactly(Optional.of(FindingCode.HOARDED_ITEMS), Optional.empty());
    assertThat(judged.verdict()).isEqualTo(Verdict.VALID);
    judged.orThrow();
  }

  @Test
  void whatIsNotLostWhereNothingStruckProvesNothing() {
    History history = hoards(Rule.ACKS_AFTER_SUCCESS);
    Judged judged =
        settled(
            Rule.ACKS_AFTER_SUCCESS,
            history,
            strikesAtWork("kill-container"),
            losesNothing(ITEMS.subList(0, 1)));
    assertThat(judged.judgements()).allMatch(each -> each.notJudged().isPresent());
  }

  @Test
  void aRuleIsBrokenByItsOwnFault() {
    History history = hoards(Rule.TAKES_ONE_ITEM);
    Judged judged =
        settled(Rule.TAKES_ONE_ITEM, history, jobCompletesWith(2), holdsOneAtATime(QUEUE));
    assertThat(judged.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(judged.judgements()).allMatch(each -> each.notJudged().isEmpty());
  }

  @Test
  void aFaultThatNoOtherRuleTellsOfCountsWhereItIsMet() {
    History history = hoards(Rule.SURVIVES_LATE_BROKER);
    List<Claim> claims = List.of(jobCompletesWith(2));
    Judged judged = Judge.judge(history, claims);
    assertThat(Blame.on(Rule.SURVIVES_LATE_BROKER, history, judged, other -> false, Map.of()))
        .isEmpty();
  }

  @Test
  void aTrialThatComesOutAsExpectedIsNotExcused() {
    History history = hoards(Rule.SURVIVES_LATE_BROKER);
    List<Claim> claims = List.of(keepsSecrets());
    Judged judged = Judge.judge(history, claims);
    assertThat(Blame.on(Rule.SURVIVES_LATE_BROKER, history, judged, other -> true, Map.of()))
        .isEmpty();
  }

  @Test
  void aLostNodeIsNotTheWorkers() {
    HistoryBuilder told = new HistoryBuilder().scenario("gate.survives-late-broker");
    told.publish(ITEMS).node("node-1", "True").job(3, 1).starts("pod-0").jobStatus();
    told.after(50).node("node-1", "Unknown").after(11).depth(2, 1, 1).finalState();
    Judged judged =
        settled(Rule.SURVIVES_LATE_BROKER, told.history(), jobCompletesWith(3), drains(QUEUE));
    assertThat(judged.notJudged().orElseThrow().reason())
        .startsWith("NODE_LOST: ")
        .endsWith("; that is not the worker's");
  }

  @Test
  void aPasswordThatIsPrintedKeepsNothingFromBeingJudged() {
    HistoryBuilder told = new HistoryBuilder().scenario("gate.survives-late-broker");
    told.publish(ITEMS).job(3, 1).starts("pod-0");
    told.prints("pod-0", "at amqp://guest:guest@rabbitmq:5672").exits("pod-0", 1, "Error");
    told.podIs("pod-0", "Failed").jobFails("BackoffLimitExceeded").ends(3, 0, 0);
    Judged judged = settled(Rule.SURVIVES_LATE_BROKER, told.history(), jobCompletesWith(3));
    assertThat(judged.verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void aRecordIsJudgedAgainAsItWasSettled() {
    HistoryBuilder told = new HistoryBuilder().scenario("gate.survives-late-broker");
    History history = hoards(Rule.SURVIVES_LATE_BROKER);
    List<Claim> claims = List.of(jobCompletesWith(2));
    assertThat(Blame.judge(history.withClaims(List.of(claims.get(0).spec()))).notJudged())
        .isEmpty();
    told.publish(ITEMS).job(2, 1).starts("pod-0").connects("pod-0");
    told.delivers("pod-0", ITEMS.get(0), false).delivers("pod-0", ITEMS.get(1), false);
    told.depth(1, 2, 1).add(Source.HARNESS, new BlameShifted("takes-one-item", "HOARDED_ITEMS"));
    History shifted = told.finalState().history().withClaims(List.of(claims.get(0).spec()));
    assertThat(Blame.judge(shifted).notJudged()).isPresent();
  }

  @Test
  void aRecordOfAnythingElseIsJudgedAsItIs() {
    History history = hoards(Rule.SURVIVES_LATE_BROKER);
    assertThat(Blame.judge(history)).isEqualTo(Judge.judge(history));
  }
}
