package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.jobCompletesWith;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.runsAtMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Sighting;
import workqueue.checker.ledger.Simulation;
import workqueue.checker.ledger.Simulation.Fate;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorded;
import workqueue.history.WorkerEvent.LogLine;

/** What is judged and what truly happened, on played Jobs. */
class TruthProperties {
  private static final int TRIES = 150;

  private static Verdict of(boolean holds) {
    return holds ? Verdict.VALID : Verdict.INVALID;
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void withTheWireEveryVerdictIsTheTruth(
      @ForAll @IntRange(min = 1, max = 6) int items,
      @ForAll @IntRange(min = 1, max = 8) int completions,
      @ForAll @Size(max = 6) List<Fate> fates) {
    Simulation truth = new Simulation(Items.ofTutorial(items), completions, fates, true);
    History history = truth.told.history();

    assertThat(jobCompletesWith(completions).judge(history).verdict())
        .as("%s", truth)
        .isEqualTo(of(truth.complete));
    assertThat(processesEachExactlyOnce(truth.items).judge(history).verdict())
        .as("%s", truth)
        .isEqualTo(of(truth.exactlyOnce()));
    assertThat(losesNothing(truth.items).judge(history).verdict())
        .as("%s", truth)
        .isEqualTo(of(truth.lost().isEmpty()));
    assertThat(accountsForEverySuccess().judge(history).verdict())
        .as("%s", truth)
        .isEqualTo(of(truth.successes <= truth.acked.size()));
    assertThat(runsAtMost(1).judge(history).verdict()).isEqualTo(Verdict.VALID);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void theLedgerIsTheTruth(
      @ForAll @IntRange(min = 1, max = 6) int items,
      @ForAll @IntRange(min = 1, max = 8) int completions,
      @ForAll @Size(max = 6) List<Fate> fates) {
    Simulation truth = new Simulation(Items.ofTutorial(items), completions, fates, true);
    Ledger ledger = Ledger.of(truth.told.history());

    assertThat(ledger.strangers()).isEmpty();
    assertThat(ledger.entries().stream().mapToInt(LedgerEntry::requeued).sum())
        .isEqualTo(truth.returns);
    for (Item item : truth.items) {
      LedgerEntry entry = ledger.entry(item.id()).orElseThrow();
      assertThat(entry.work()).hasSize(truth.worked.getOrDefault(item.id(), 0));
      assertThat(entry.acked() == Sighting.SEEN).isEqualTo(truth.acked.contains(item.id()));
      assertThat(entry.leftOver().holds()).as("%s", truth).isEqualTo(truth.left.contains(item));
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void withoutTheWireNoVerdictContradictsTheTruth(
      @ForAll @IntRange(min = 1, max = 6) int items,
      @ForAll @IntRange(min = 1, max = 8) int completions,
      @ForAll @Size(max = 6) List<Fate> fates) {
    Simulation truth = new Simulation(Items.ofTutorial(items), completions, fates, false);
    History history = truth.told.history();

    assertThat(jobCompletesWith(completions).judge(history).verdict())
        .isEqualTo(of(truth.complete));
    assertThat(processesEachExactlyOnce(truth.items).judge(history).verdict())
        .as("%s", truth)
        .isEqualTo(of(truth.exactlyOnce()));
    assertThat(losesNothing(truth.items).judge(history).verdict())
        .as("%s", truth)
        .isIn(of(truth.lost().isEmpty()), Verdict.UNKNOWN);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void everyRunThatWentWrongHasACauseAndASoundOneHasNone(
      @ForAll @IntRange(min = 1, max = 6) int items,
      @ForAll @IntRange(min = 1, max = 8) int completions,
      @ForAll @Size(max = 6) List<Fate> fates,
      @ForAll boolean wire) {
    Simulation truth = new Simulation(Items.ofTutorial(items), completions, fates, wire);
    Diagnosis diagnosis = Diagnosis.of(truth.told.history());

    boolean sound = truth.complete && truth.exactlyOnce() && truth.returns == 0;
    assertThat(diagnosis.roots()).as("%s", truth).isNotEmpty();
    assertThat(diagnosis.roots().equals(Set.of(FindingCode.ALL_PROCESSED)))
        .as("%s: %s", truth, diagnosis.findings())
        .isEqualTo(sound && truth.unreported.isEmpty());
    if (wire) {
      assertThat(diagnosis.finding(FindingCode.LOST_ITEMS).isPresent())
          .as("%s", truth)
          .isEqualTo(!truth.lost().isEmpty());
      assertThat(diagnosis.finding(FindingCode.ACKED_BUT_NOT_REPORTED).isPresent())
          .as("%s", truth)
          .isEqualTo(!truth.unreported.isEmpty());
      assertThat(diagnosis.finding(FindingCode.FALSE_SUCCESS).isPresent())
          .as("%s", truth)
          .isEqualTo(truth.successes > truth.acked.size());
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void equalItemsNeverYieldAWrongVerdict(
      @ForAll @Size(min = 1, max = 5) List<Boolean> kinds,
      @ForAll @Size(max = 5) List<Fate> fates) {
    List<Item> items = new ArrayList<>();
    for (boolean kind : kinds) {
      items.add(Item.of(items.size(), kind ? "fig" : "date"));
    }
    Simulation truth = new Simulation(items, items.size(), fates, false);
    History history = truth.told.history();

    boolean atLeastOnce =
        truth.left.isEmpty()
            && items.stream().allMatch(item -> truth.worked.containsKey(item.id()));
    assertThat(processesEachAtLeastOnce(items).judge(history).verdict())
        .as("%s", truth)
        .isIn(of(atLeastOnce), Verdict.UNKNOWN);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void whatIsCutOffOrDroppedFromTheLogsNeverTurnsAVerdictAround(
      @ForAll @IntRange(min = 1, max = 5) int items,
      @ForAll @Size(max = 4) List<Fate> fates,
      @ForAll @IntRange(min = 0, max = 99) int cut,
      @ForAll @IntRange(min = 2, max = 4) int dropEach) {
    Simulation truth = new Simulation(Items.ofTutorial(items), items, fates, false);
    History whole = truth.told.history();
    History shorter = whole.upTo(whole.events().size() * (long) cut / 100);
    List<Recorded<?>> kept = new ArrayList<>();
    for (Recorded<?> each : whole.events()) {
      if (!(each.event() instanceof LogLine) || each.seq() % dropEach != 0) {
        kept.add(each);
      }
    }
    History thinner = new History(whole.header(), kept);

    Claim claim = processesEachExactlyOnce(truth.items);
    Verdict verdict = claim.judge(whole).verdict();
    assertThat(claim.judge(shorter).verdict()).isIn(verdict, Verdict.UNKNOWN);
    assertThat(claim.judge(thinner).verdict()).isIn(verdict, Verdict.UNKNOWN);
    assertThat(jobCompletesWith(items).judge(shorter).verdict())
        .isIn(jobCompletesWith(items).judge(whole).verdict(), Verdict.UNKNOWN);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
  void aRecordedHistoryIsJudgedAsTheLiveOne(
      @ForAll @IntRange(min = 1, max = 5) int items,
      @ForAll @Size(max = 5) List<Fate> fates,
      @ForAll boolean wire) {
    Simulation truth = new Simulation(Items.ofTutorial(items), items, fates, wire);
    List<Claim> claims =
        List.of(
            jobCompletesWith(items),
            processesEachExactlyOnce(truth.items),
            losesNothing(truth.items),
            accountsForEverySuccess());
    History live = truth.told.history().withClaims(claims.stream().map(Claim::spec).toList());
    String text = HistoryFile.toText(live);
    History read = HistoryFile.fromText("told.ndjson", text);

    assertThat(HistoryFile.toText(read)).isEqualTo(text);
    assertThat(Judge.judge(read)).isEqualTo(Judge.judge(live, claims));
  }
}
