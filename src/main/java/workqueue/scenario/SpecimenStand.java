package workqueue.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import workqueue.PayloadKind;
import workqueue.WorkerKind;
import workqueue.configuration.BrokerUrl;
import workqueue.gate.Specimen;
import workqueue.gate.TrialName;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.tutorial.JobDefinition;
import workqueue.workload.JobField;
import workqueue.workload.RunningJob;
import workqueue.workload.WorkerImage;

/** A scenario in which a specimen is tried, with fewer items than at the gate. */
final class SpecimenStand extends ScenarioStand {
  private final ScenarioRun scenario;
  private final Recording recording;
  private final Specimen specimen;
  private final Optional<String> lacking;

  SpecimenStand(
      ScenarioRun scenario,
      ScenarioEnvironment environment,
      Recording recording,
      Specimen specimen) {
    super(environment, specimen.setup().queue().name().orElseGet(TrialName::queue));
    this.scenario = scenario;
    this.recording = recording;
    this.specimen = specimen;
    this.lacking =
        specimen.setup().timeToLive().isPresent() && !workload.has(JobField.TIME_TO_LIVE)
            ? Optional.of(JobField.TIME_TO_LIVE.path())
            : Optional.empty();
  }

  /** The field of the API that the specimen needs and the cluster lacks. */
  Optional<String> lacking() {
    return lacking;
  }

  @Override
  public RunningJob run(String queue, UnaryOperator<JobDefinition> change) {
    Specimen.Setup setup = specimen.setup();
    if (setup.stranger()) {
      workload.intrudeOn(queue);
    }
    WorkerImage its = image();
    scenario.ranIn(
        environment.cluster().facts(),
        Optional.of(environment.broker().facts()),
        environment.provided(its.name()),
        its.id());
    setUpBroker(queue);
    make(setup.objects());
    RunningJob job = runOnBench(queue, specimen.command(), change);
    if (setup.deletes()) {
      recording.awaitSuccesses(1);
      job.delete();
    }
    return job;
  }

  private void setUpBroker(String queue) {
    BrokerUrl given = environment.broker().forPods();
    for (String command : specimen.setup().broker()) {
      environment
          .broker()
          .control(
              command
                  .replace("$VHOST", given.vhost())
                  .replace("$USER", given.user())
                  .replace("$QUEUE", queue));
    }
  }

  private void make(Map<Duration, Path> objects) {
    objects.forEach(
        (after, file) -> {
          if (after.isZero()) {
            workload.create(file);
          } else {
            workload.createLater(after, file);
          }
        });
  }

  @Override
  public RunningJob runRival(String queue, UnaryOperator<JobDefinition> change) {
    List<String> rival =
        specimen
            .setup()
            .rival()
            .orElseThrow(() -> new IllegalStateException(specimen.name() + " names no rival."));
    return runOnBench(queue, rival, change);
  }

  private RunningJob runOnBench(
      String queue, List<String> command, UnaryOperator<JobDefinition> change) {
    String image = environment.provided(image().name());
    return workload.run(
        queue, spec -> applied(specimen.setup(), change.apply(spec.image(image)).command(command)));
  }

  @Override
  public Optional<BaselineGiven> baseline() {
    return Optional.empty();
  }

  private static JobDefinition applied(Specimen.Setup setup, JobDefinition trial) {
    JobDefinition job = trial;
    if (setup.completions().isPresent()) {
      job = job.completions(setup.completions().get());
    }
    if (setup.parallelism().isPresent()) {
      job = job.parallelism(setup.parallelism().get());
    }
    if (setup.backoffLimit().isPresent()) {
      job = job.backoffLimit(setup.backoffLimit().get());
    }
    if (setup.grace().isPresent()) {
      job = job.grace(setup.grace().get());
    }
    if (setup.timeToLive().isPresent()) {
      job = job.timeToLive(setup.timeToLive().get());
    }
    if (setup.memory().isPresent()) {
      job = job.limit("memory", setup.memory().get());
    }
    return setup.patch().isPresent() ? setup.patch().get().applyTo(job) : job;
  }

  @Override
  public int atMost(int items) {
    return Math.min(items, specimen.setup().items());
  }

  @Override
  public boolean inspectsImage() {
    return environment.inspects(image().name());
  }

  /** Most run in one image, and some in one of their own that is made from it. */
  private WorkerImage image() {
    WorkerImages workers = scenario.shared().workers();
    return specimen.context().map(workers::of).orElseGet(workers::bench);
  }

  @Override
  public WorkerKind kind() {
    return specimen.setup().kind();
  }

  @Override
  public Evidence evidence() {
    return specimen.evidence();
  }

  @Override
  public Set<PayloadKind> payloads() {
    return specimen.setup().payloads();
  }

  @Override
  public Optional<String> poison() {
    return specimen.poison();
  }
}
