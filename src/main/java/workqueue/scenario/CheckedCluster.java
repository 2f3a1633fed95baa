package workqueue.scenario;

import java.nio.file.Path;
import java.util.List;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.cluster.Cluster;
import workqueue.cluster.Kubeconfig;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.conformance.Answered;
import workqueue.conformance.Checks;
import workqueue.conformance.Conformance;
import workqueue.conformance.PatternImages;
import workqueue.conformance.Visited;
import workqueue.gate.NotTried;
import workqueue.waiting.Progress;

/** The cluster that a run checks: visited once, and each check judged as a scenario. */
public final class CheckedCluster {
  private final ScenarioRun scenario;
  private final Run run;
  private final SharedEnvironment shared;

  CheckedCluster(ScenarioRun scenario) {
    this.scenario = scenario;
    this.run = scenario.run();
    this.shared = run.shared();
  }

  /**
   * Judges the scenario's check.
   *
   * @throws workqueue.checker.claim.ClaimsRefuted if the check is required and does not hold
   * @throws workqueue.checker.claim.ClaimsUndecided if it is required and was not seen
   */
  public void judge() {
    Visited visited = run.visited(this::visit);
    Answered answered =
        visited.answers().stream()
            .filter(each -> each.check().scenario().equals(scenario.definition().id()))
            .findFirst()
            .orElseThrow();
    if (!answered.isClaimed()) {
      throw new NotTried(answered.whyNot());
    }
    Judged judged = Judge.judge(visited.history(), answered.claim());
    scenario
        .result()
        .claims(judged.judgements())
        .findings(judged.judgements().get(0).findings())
        .check(answered.asResult())
        .history(visited.file());
    judged.orThrow();
  }

  private Visited visit() {
    Configuration wanted = shared.configuration();
    Visited seen = wanted.cluster().exists() ? visitTheirs(wanted) : visitThrowaway(wanted);
    run.report().visit(seen.result());
    seen.lines().forEach(run.narration().scenario(Checks.SUITE, 0)::says);
    return seen;
  }

  /** A cluster that exists is visited in a namespace that exists; the images are in a registry. */
  private Visited visitTheirs(Configuration wanted) {
    Kubeconfig kubeconfig = Kubeconfig.usual();
    String namespace =
        wanted
            .guest()
            .namespace()
            .orElseThrow(
                () ->
                    new EnvironmentTrouble(
                        """
                        wq.namespace is missing: a cluster that exists is checked in a namespace that \
                        exists.
                        Remedy: -Dwq.namespace=<its name>."""));
    return new Conformance(shared.fixtures(), run.reports())
        .visit(
            Conformance.config(kubeconfig, wanted.cluster()),
            kubeconfig,
            wanted,
            run.conformanceMode(),
            namespace,
            patternImages(wanted),
            run.id());
  }

  /** Who only looks runs no worker, and none is built for that. */
  private PatternImages patternImages(Configuration wanted) {
    return looksOnly()
        ? PatternImages.of(wanted)
        : new PatternImages(shared.workers().worker().name(), wanted.brokerImage());
  }

  private boolean looksOnly() {
    return run.conformanceMode() == ConformanceMode.PREFLIGHT;
  }

  /** A throwaway cluster is visited as if it were somebody else's, in a namespace that is there. */
  private Visited visitThrowaway(Configuration wanted) {
    PatternImages images = patternImages(wanted);
    List<String> needed = looksOnly() ? List.of() : List.of(images.worker(), images.broker());
    Cluster fresh = shared.cluster(() -> needed);
    ScenarioNamespace namespace =
        ScenarioNamespace.open(
            fresh.client(), Checks.SUITE, run.id(), shared.patience(Progress.NONE));
    shared.made(namespace);
    fresh.provide(needed);
    return new Conformance(shared.fixtures(), run.reports())
        .visit(
            fresh.client().getConfiguration(),
            Kubeconfig.of(Path.of("of the throwaway cluster")),
            wanted,
            run.conformanceMode(),
            namespace.name(),
            images,
            run.id());
  }
}
