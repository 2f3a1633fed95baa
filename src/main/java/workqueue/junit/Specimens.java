package workqueue.junit;

import static workqueue.checker.Claims.all;
import static workqueue.checker.Claims.diagnosedAs;
import static workqueue.checker.Claims.expecting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import workqueue.checker.Claim;
import workqueue.checker.Finding.Role;
import workqueue.checker.FindingCode;
import workqueue.checker.Judge;
import workqueue.checker.Judged;
import workqueue.checker.Verdict;
import workqueue.gate.Specimen;
import workqueue.gate.SpecimenFile;
import workqueue.gate.Trials;
import workqueue.report.SpecimenResult;

/** Tries workers and setups that are wrong on purpose, and sound ones that are unusual. */
public final class Specimens {
  private final ScenarioRun scenario;

  Specimens(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  /**
   * Tries a mutant: its rule must come out broken, by its code and no other, and the record of it
   * must say so again when it is read from its file.
   */
  public void catches(String mutant) {
    Specimen specimen = read("mutants", mutant);
    tried(
        specimen,
        claims ->
            List.of(expecting(Verdict.INVALID, all(words(specimen), claims)), diagnosis(specimen)));
  }

  /** Tries a sound worker: all that its rule claims must hold, and nothing is blamed. */
  public void clears(String sound) {
    Specimen specimen = read("sound", sound);
    tried(
        specimen,
        claims -> {
          List<Claim> more = new ArrayList<>(claims);
          more.add(diagnosis(specimen));
          return more;
        });
  }

  private Specimen read(String kind, String name) {
    Path folder = scenario.shared().fixtures().root().resolve(kind).resolve(name);
    return SpecimenFile.read(folder);
  }

  private void tried(Specimen specimen, UnaryOperator<List<Claim>> expected) {
    Recording recording = scenario.recording();
    recording.shownBy(specimen.evidence());
    SpecimenStand stand = new SpecimenStand(scenario, specimen);
    List<Claim> claims = expected.apply(Trials.of(specimen.rule()).on(stand));
    Judged outcome = recording.judgeAtLast(claims);
    scenario
        .result()
        .specimen(
            new SpecimenResult(
                specimen.name(),
                specimen.mutant(),
                specimen.rule().id(),
                specimen.roots(),
                roots(outcome)));
    requireSame(outcome, Judge.judge(recording.written()));
    recording.tell(outcome);
  }

  private static void requireSame(Judged live, Judged again) {
    if (!again.judgements().equals(live.judgements())) {
      throw new AssertionError(
          "The record of %s judged again yields other verdicts:%n%s%ninstead of%n%s"
              .formatted(live.scenario(), again.judgements(), live.judgements()));
    }
  }

  private static List<FindingCode> roots(Judged outcome) {
    return outcome.findings().stream()
        .filter(each -> each.role() == Role.ROOT)
        .map(each -> each.code())
        .distinct()
        .toList();
  }

  private static Claim diagnosis(Specimen specimen) {
    return diagnosedAs(specimen.roots().toArray(FindingCode[]::new));
  }

  private static String words(Specimen specimen) {
    return "worker " + specimen.name() + " keeps " + specimen.rule().id();
  }
}
