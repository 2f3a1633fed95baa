package workqueue.scenario;

import static workqueue.checker.claim.Claims.all;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.whether;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.configuration.Configuration;
import workqueue.gate.Behaviour;
import workqueue.gate.GateContract;
import workqueue.gate.Preflight;
import workqueue.gate.Suggestion;
import workqueue.gate.TrialName;
import workqueue.gate.Trials;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.History;
import workqueue.history.Source;
import workqueue.report.Trait;
import workqueue.waiting.Progress;

/** Holds the worker of the run against the rules. */
public final class Gate {
  private static final double ONE_IN_20 = 0.05;

  private final ScenarioRun scenario;

  Gate(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  /**
   * Looks whether the worker takes an item of what it is given, before it is tried.
   *
   * @throws AssertionError if it does not, with what to write so that it is given what it asks for
   */
  public void preflight() {
    Configuration configuration = scenario.shared().configuration();
    GateStand.declaredJob(configuration.contract());
    GateContract contract = GateContract.of(configuration);
    ScenarioRecord record = scenario.record();
    record.shownBy(contract.evidence());
    String queue = contract.queue().name().orElseGet(TrialName::queue);
    // On a cluster that exists it may pass what here could not.
    boolean usual = configuration.patience().isPresent() || configuration.cluster().exists();
    EnvironmentOptions options = EnvironmentOptions.of(contract.queue());
    ScenarioEnvironment environment =
        scenario.open(
            usual
                ? options
                : options
                    .weighed()
                    .patientFor(
                        scenario.shared().patience(Progress.NONE).limit(Preflight.PATIENCE)));
    List<Claim> claims =
        Preflight.on(
            new GateStand(scenario.shared(), environment, contract, queue, Optional.empty()));
    record.tell(new Recording(record, environment).judge(claims, Preflight::settled));
  }

  /**
   * Tries the worker and judges the record of it.
   *
   * @throws AssertionError if it breaks the rule, or keeps one that it is known to break
   */
  public void holds(Rule rule) {
    GateStand.declaredJob(scenario.shared().configuration().contract());
    GateContract contract = GateContract.of(scenario.shared().configuration());
    ScenarioRecord record = scenario.record();
    record.shownBy(contract.evidence());
    String queue = contract.queue().name().orElseGet(TrialName::queue);
    GateCosts costs = new GateCosts(scenario, rule, queue);
    Optional<BaselineGiven> baseline = costs.baseline();
    ScenarioEnvironment environment = scenario.open(EnvironmentOptions.of(contract.queue(), rule));
    GateStand stand = new GateStand(scenario.shared(), environment, contract, queue, baseline);
    List<Claim> claims = Trials.of(rule).on(stand);
    List<Claim> expected = asExpected(rule, claims, contract);
    Run run = scenario.run();
    Judged outcome =
        new Recording(record, environment)
            .judge(
                expected,
                (history, judged) -> {
                  Trials.requireTried(rule, history, expected, judged);
                  if (environment.namespace().isShared()) {
                    Trials.requireSeen(expected, judged);
                  }
                  return run.blames()
                      .settle(
                          rule,
                          history,
                          expected,
                          judged,
                          other -> contract.holdsTo(other) && run.comes(Trials.scenario(other)),
                          shifted -> record.recorder().record(Source.HARNESS, shifted));
                });
    costs.report();
    History written = record.written();
    if (rule == Rule.PROCESSES_EXACTLY_ONCE && outcome.verdict() == Verdict.VALID) {
      tellWhatMayBeMissed(written.all(ItemPublished.class).size());
    }
    scenario.result().traits(traits(rule, written, costs.behaviourBefore()));
    if (outcome.verdict() != Verdict.VALID) {
      Suggestion.of(written)
          .forEach(line -> scenario.narration().says("For work-queue.yaml: " + line));
    }
    record.tell(outcome);
    costs.keep();
    outcome.judgements().stream()
        .filter(each -> !each.explanation().isEmpty() && each.notJudged().isEmpty())
        .forEach(this::tell);
  }

  /**
   * How the worker behaved in the trial of a rule.
   *
   * @param before how that of the baseline did, by what that was about; empty if there is none
   */
  static List<Trait> traits(Rule rule, History written, Map<String, String> before) {
    return Behaviour.of(rule, written).entrySet().stream()
        .map(
            each ->
                new Trait(
                    each.getKey(),
                    each.getValue(),
                    Optional.ofNullable(before.get(each.getKey()))
                        .filter(was -> Behaviour.differs(was, each.getValue()))))
        .toList();
  }

  /** A fault that strikes now and then may spare all items of a run. */
  private void tellWhatMayBeMissed(int items) {
    scenario
        .record()
        .figure(
            "runs of " + items + " items that a fault of one item in 20 spares",
            100 * Math.pow(1 - ONE_IN_20, items),
            "%");
  }

  private static List<Claim> asExpected(Rule rule, List<Claim> claims, GateContract contract) {
    String keeps = "the worker keeps " + rule.id();
    if (contract.known().containsKey(rule)) {
      String known =
          keeps
              + ", a rule that is known to be broken ("
              + contract.known().get(rule)
              + "): take it out of wq.gate.known once it is kept";
      return List.of(expecting(Verdict.INVALID, all(known, claims)));
    }
    return contract.advises(rule) ? List.of(whether(keeps, claims)) : claims;
  }

  /** What is no surprise and yet worth a line: known violations, advice, what cannot be known. */
  private void tell(Judgement judgement) {
    String what =
        switch (judgement.expected()) {
          case INVALID -> "as known: ";
          case UNKNOWN -> "not known: ";
          case VALID -> "to be noted: ";
        };
    scenario.narration().says(what + judgement.explanation());
  }
}
