package workqueue.scenario;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import workqueue.EnvironmentTrouble;
import workqueue.PayloadKind;
import workqueue.WorkerKind;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.Configuration;
import workqueue.configuration.Placeholders;
import workqueue.configuration.WorkerChoice;
import workqueue.configuration.WorkerContract;
import workqueue.gate.GateContract;
import workqueue.gate.MountedNames;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Manifests;
import workqueue.workload.RunningJob;

/** A scenario in which the worker of the run is tried. */
final class GateStand extends ScenarioStand {
  private static final List<String> TOLD = List.of("BROKER_URL", "QUEUE", "WORKER_SECONDS");

  private final SharedEnvironment shared;
  private final Configuration configuration;
  private final GateContract contract;
  private final Optional<String> rival;
  private final Optional<BaselineGiven> baseline;
  private boolean objectsMade;

  /**
   * @param queue that the worker is told
   * @param baseline what the worker is to be held against
   */
  GateStand(
      SharedEnvironment shared,
      ScenarioEnvironment environment,
      GateContract contract,
      String queue,
      Optional<BaselineGiven> baseline) {
    super(environment, queue);
    this.shared = shared;
    this.configuration = shared.configuration();
    this.contract = contract;
    this.rival = configuration.costs().against();
    this.baseline = baseline;
  }

  @Override
  public RunningJob run(String queue, UnaryOperator<JobDefinition> change) {
    return workload.run(queue, spec -> filled(change.apply(declared(spec))));
  }

  @Override
  public RunningJob runRival(String queue, UnaryOperator<JobDefinition> change) {
    String image =
        environment.provided(
            rival.orElseThrow(() -> new IllegalStateException("No wq.gate.against is given.")));
    return workload.run(
        queue,
        spec -> filled(change.apply(declared(spec).image(image).pullPolicy("IfNotPresent"))));
  }

  @Override
  public Optional<BaselineGiven> baseline() {
    return baseline;
  }

  @Override
  public boolean inspectsImage() {
    return environment.inspects(shared.workers().worker().name());
  }

  @Override
  public WorkerKind kind() {
    return contract.kind();
  }

  @Override
  public Evidence evidence() {
    return contract.evidence();
  }

  @Override
  public Set<PayloadKind> payloads() {
    return contract.payloads();
  }

  @Override
  public Optional<String> poison() {
    return contract.poison();
  }

  /**
   * The author's own Job or Deployment, if one is declared.
   *
   * @throws EnvironmentTrouble if it is not known which of its containers is the worker, or its
   *     pods mount something that no trial has, or it is one for another kind of worker
   */
  static Optional<JobDefinition> declaredJob(WorkerContract worker) {
    return worker
        .job()
        .map(
            file -> {
              JobDefinition job = Manifests.workers(file);
              Optional<String> named = worker.container();
              if (named.isPresent() && !job.containers().contains(named.get())) {
                throw new EnvironmentTrouble(
                    "wq.worker.container=%s: the pods of %s have no such container, but %s."
                        .formatted(named.get(), file, String.join(", ", job.containers())));
              }
              if (named.isEmpty() && !job.tellsItsWorker()) {
                throw new EnvironmentTrouble(
                    """
                    %s has the containers %s, and not just one of them names QUEUE or BROKER_URL: which \
                    is the worker?
                    Remedy: -Dwq.worker.container=%s, or another of them."""
                        .formatted(
                            file, String.join(", ", job.containers()), job.containers().get(0)));
              }
              MountedNames.require(job, file, worker);
              requireKind(job, file, worker.kind());
              return named.map(job::workerContainer).orElse(job);
            });
  }

  private static void requireKind(JobDefinition job, Path file, WorkerKind kind) {
    if (kind != WorkerKind.SERVE && job.serves()) {
      throw new EnvironmentTrouble(
          """
          %s and wq.worker.kind=%s contradict each other: it is a Deployment, whose pods are started \
          again whatever they end with.
          Remedy: -Dwq.worker.kind=serve, or the manifest of a Job."""
              .formatted(file, kind.id()));
    }
    if (kind == WorkerKind.ONE && job.drains()) {
      throw new EnvironmentTrouble(
          """
          %s and wq.worker.kind=one contradict each other: it runs several pods at once and has no \
          completions, as Jobs have whose workers go on until their queue is empty.
          Remedy: -Dwq.worker.kind=drain, or completions in the manifest."""
              .formatted(file));
    }
    if (kind != WorkerKind.ONE && job.completions() > 1) {
      throw new EnvironmentTrouble(
          """
          %s and wq.worker.kind=%s contradict each other: it has completions: %d, which counts pods \
          that process one item each.
          Remedy: -Dwq.worker.kind=one, or no completions in the manifest."""
              .formatted(file, kind.id(), job.completions()));
    }
  }

  /** The Job with what is declared of the worker. */
  private JobDefinition declared(JobDefinition spec) {
    WorkerContract worker = configuration.contract();
    JobDefinition job = declaredJob(worker).map(theirs -> own(theirs, spec)).orElse(spec);
    if (worker.command().isPresent()) {
      job = job.command(worker.command().get());
    }
    if (worker.args().isPresent()) {
      job = job.args(worker.args().get());
    }
    for (var variable : worker.environment().entrySet()) {
      job = job.environment(variable.getKey(), variable.getValue());
    }
    return job;
  }

  /** Makes what the author's Job mounts or refers to, once in each trial. */
  private void makeObjects() {
    if (!objectsMade) {
      objectsMade = true;
      configuration.contract().objects().ifPresent(workload::create);
    }
  }

  /** The Job, and the Secrets that it refers to, with what stands for the broker and the queue. */
  private JobDefinition filled(JobDefinition job) {
    makeObjects();
    Placeholders here =
        Placeholders.of(
            BrokerUrl.parse(job.environment("BROKER_URL").orElseThrow()),
            job.environment("QUEUE").orElseThrow());
    configuration
        .contract()
        .secrets()
        .forEach(
            (name, data) -> {
              Map<String, String> filled = new LinkedHashMap<>();
              data.forEach(
                  (key, value) -> {
                    filled.put(key, here.fill(value));
                    environment.recorder().secrets().keep(here.fill(value));
                  });
              workload.secret(name, filled);
            });
    return job.rewritten(here::fill);
  }

  /** The author's Job, told what this scenario's workers are told. */
  private JobDefinition own(JobDefinition theirs, JobDefinition spec) {
    JobDefinition job =
        theirs.name(spec.name()).namespace(spec.toJob().getMetadata().getNamespace());
    for (String name : TOLD) {
      job = job.environment(name, spec.environment(name).orElseThrow());
    }
    return configuration.worker() instanceof WorkerChoice.Tutorial
        ? job
        : job.image(spec.image()).pullPolicy("IfNotPresent");
  }
}
