package workqueue.scenario;

import static workqueue.checker.claim.Claims.all;
import static workqueue.checker.claim.Claims.apiLacks;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.expecting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.gate.ClientWorkers;
import workqueue.gate.Hindsight;
import workqueue.gate.Specimen;
import workqueue.gate.SpecimenFile;
import workqueue.gate.Trials;
import workqueue.history.History;
import workqueue.report.SpecimenResult;
import workqueue.report.SpecimenResult.BrokenRule;
import workqueue.tutorial.Fixtures;

/** Tries workers and setups that are wrong on purpose, and sound ones that are unusual. */
public final class Specimens {
  private final ScenarioRun scenario;

  Specimens(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  public static List<Specimen> in(Fixtures fixtures) {
    return kinds(fixtures).flatMap(kind -> SpecimenFile.all(kind).stream()).toList();
  }

  private static Specimen read(Fixtures fixtures, ScenarioDefinition scenario) {
    if (scenario.triesWorker()) {
      return ClientWorkers.all(fixtures).stream()
          .filter(each -> each.name().equals(scenario.name()))
          .findFirst()
          .orElseThrow();
    }
    return kinds(fixtures)
        .map(kind -> kind.resolve(scenario.name()))
        .filter(Files::isDirectory)
        .findFirst()
        .map(SpecimenFile::read)
        .orElseThrow();
  }

  private static Stream<Path> kinds(Fixtures fixtures) {
    return Stream.of("mutants", "sound").map(fixtures.root()::resolve);
  }

  /**
   * Tries the scenario's specimen.
   *
   * <p>A mutant's rule must come out broken, unless that cannot be known of it, by its code and no
   * other. Of a sound one all that its rule claims must hold, and nothing is blamed; of one on a
   * client library it is told how it behaves. The record must say so again when it is read from its
   * file. Where the cluster's API lacks what makes a mutant wrong, that is shown instead, and that
   * it is sound without it.
   */
  public void tries() {
    Specimen specimen = read(scenario.shared().fixtures(), scenario.definition());
    if (specimen.mutant()) {
      catches(specimen);
    } else {
      clears(specimen);
    }
  }

  private void catches(Specimen mutant) {
    tried(
        mutant,
        claims ->
            mutant.verdict() == Verdict.UNKNOWN
                ? List.of(diagnosis(mutant))
                : List.of(
                    expecting(Verdict.INVALID, all(words(mutant), claims)), diagnosis(mutant)));
  }

  private void clears(Specimen sound) {
    SpecimenResult result =
        tried(
            sound,
            claims ->
                scenario.definition().triesWorker() ? claims : with(claims, diagnosis(sound)));
    if (!result.broken().isEmpty()) {
      throw new AssertionError(
          "The record of %s, which is sound, is said to break %s."
              .formatted(sound, result.broken()));
    }
  }

  private static List<Claim> with(List<Claim> claims, Claim... more) {
    return Stream.concat(claims.stream(), Arrays.stream(more)).toList();
  }

  private SpecimenResult tried(Specimen specimen, UnaryOperator<List<Claim>> expected) {
    ScenarioRecord record = scenario.record();
    record.shownBy(specimen.evidence());
    ScenarioEnvironment environment = scenario.open(EnvironmentOptions.of(specimen));
    Recording recording = new Recording(record, environment);
    SpecimenStand stand = new SpecimenStand(scenario, environment, recording, specimen);
    List<Claim> claims = Trials.of(specimen.rule()).on(stand);
    Judged outcome =
        recording.judge(
            stand.lacking().map(field -> without(field, claims)).orElse(expected.apply(claims)),
            (history, judged) -> judged);
    History written = record.written();
    SpecimenResult result =
        new SpecimenResult(
            specimen.name(),
            specimen.mutant(),
            specimen.rule().id(),
            specimen.roots(),
            roots(outcome),
            broken(written),
            stand.lacking().orElse(""));
    scenario.result().specimen(result);
    if (scenario.definition().triesWorker() && !specimen.mutant()) {
      scenario.result().traits(Gate.traits(specimen.rule(), written, Map.of()));
    }
    requireSame(outcome, Judge.judge(written));
    record.tell(outcome);
    return result;
  }

  private static List<Claim> without(String field, List<Claim> claims) {
    return with(claims, apiLacks(field), diagnosedAs(FindingCode.ALL_PROCESSED));
  }

  private static List<BrokenRule> broken(History written) {
    return Hindsight.broken(written).entrySet().stream()
        .map(each -> new BrokenRule(each.getKey().id(), each.getValue()))
        .toList();
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
