package workqueue.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import workqueue.Rule;
import workqueue.checker.diagnosis.Costs;
import workqueue.configuration.Configuration;
import workqueue.configuration.CostChoice;
import workqueue.cost.Measure;
import workqueue.cost.Measurement;
import workqueue.gate.BaselineFile;
import workqueue.gate.Trials;
import workqueue.history.Environment;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.HarnessEvent.Past;
import workqueue.history.HarnessEvent.RivalGiven;
import workqueue.history.History;

/** What the worker of the run costs: told as figures, kept in a file, read from one. */
final class GateCosts {
  private final ScenarioRun scenario;
  private final Rule rule;
  private final String queue;
  private final CostChoice choice;

  /**
   * @param queue that the worker is tried on
   * @throws workqueue.EnvironmentTrouble if a file that was named cannot be used
   */
  GateCosts(ScenarioRun scenario, Rule rule, String queue) {
    this.scenario = scenario;
    this.rule = rule;
    this.queue = queue;
    this.choice = scenario.shared().configuration().costs();
    if (rule == Rule.BASELINE) {
      choice.record().ifPresent(BaselineFile::requireRoom);
    }
  }

  /** Why a scenario is not asked for: those that measure run only where a parameter says so. */
  static Optional<String> whyNotAsked(Configuration configuration, String scenario) {
    CostChoice choice = configuration.costs();
    if (scenario.equals(Trials.scenario(Rule.BASELINE))
        && choice.record().isEmpty()
        && choice.baseline().isEmpty()) {
      return Optional.of("neither wq.gate.record nor wq.gate.baseline is given");
    }
    return scenario.equals(Trials.scenario(Rule.AGAINST)) && choice.against().isEmpty()
        ? Optional.of("wq.gate.against is not given")
        : Optional.empty();
  }

  /** What the worker cost before, if it is to be held against that. */
  Optional<BaselineGiven> baseline() {
    return choice
        .baseline()
        .filter(file -> rule == Rule.BASELINE)
        .map(file -> new BaselineGiven(queue, file.toString(), BaselineFile.read(file), machine()));
  }

  /** Of a cluster that exists nobody here knows its machines. */
  private String machine() {
    return scenario.shared().configuration().cluster().exists() ? "" : Machine.here().kind();
  }

  /** How the worker of the baseline behaved, by what that was about; empty if none is given. */
  Map<String, String> behaviourBefore() {
    Environment here = scenario.record().header(List.of()).environment();
    return choice
        .baseline()
        .map(file -> BaselineFile.behaviour(BaselineFile.read(file), here))
        .orElse(Map.of());
  }

  /** Reports the medians, and how much of a pod's life is not work. */
  void report() {
    if (!Trials.weighs(rule)) {
      return;
    }
    Measurement costs = measured();
    report(costs, "");
    History history = scenario.record().history();
    history
        .last(RivalGiven.class)
        .ifPresent(
            given -> report(Costs.of(history, given.event().other()), ", of the one held against"));
    OptionalDouble pod = costs.median(Measure.POD);
    OptionalDouble work = costs.median(Measure.WORK);
    if (pod.isPresent() && work.isPresent()) {
      double besides = pod.getAsDouble() - work.getAsDouble();
      scenario.record().figure("a pod besides its work", 1000 * besides, "ms");
      scenario.record().figure("parallelism spent on that", 100 * besides / pod.getAsDouble(), "%");
    }
  }

  private void report(Measurement costs, String whose) {
    for (Measure measure : Measure.values()) {
      boolean time = measure.unit() == Measure.Unit.SECONDS;
      costs
          .median(measure)
          .ifPresent(
              value ->
                  scenario
                      .record()
                      .figure(
                          measure.words() + whose,
                          time ? 1000 * value : value,
                          time ? "ms" : "MiB"));
    }
  }

  /** Writes down what was measured, if that is wanted; to be called when it was in order. */
  void keep() {
    if (rule == Rule.BASELINE) {
      choice.record().ifPresent(this::keep);
    }
  }

  private void keep(Path file) {
    Environment here = scenario.record().header(List.of()).environment();
    BaselineFile.add(
        file,
        new Past(
                here.cluster().version(),
                here.broker().version(),
                here.worker().image(),
                scenario.run().id(),
                List.of(measured().asData()))
            .on(machine()));
    scenario.narration().says("What the worker costs was written to " + file + ".");
  }

  private Measurement measured() {
    return Costs.of(scenario.record().history(), queue);
  }
}
