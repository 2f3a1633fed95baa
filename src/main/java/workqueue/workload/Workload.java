package workqueue.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.cluster.ScenarioNamespace;
import workqueue.history.BrokerEvent.OutputSeen;
import workqueue.history.BrokerEvent.QueueArguments;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.tutorial.JobDefinition;

/** The work of one scenario: queues that are filled, and Jobs that work on them. */
public final class Workload {
  private static final int UNPROCESSABLE = 422;
  private static final String TRIAL = "job-wq-trial";

  private final Surroundings place;
  private final List<RunningJob> jobs = new ArrayList<>();
  private final List<RunningDeployment> deployments = new ArrayList<>();

  public Workload(Surroundings place) {
    this.place = place;
  }

  /** Declares a queue for workers as the scenario has it, and watches it. */
  public String declare(String queue) {
    declare(queue, place.durableQueues(), place.queueArguments());
    place.feed().ifPresent(feed -> place.broker().bind(queue, feed));
    return queue;
  }

  /** Declares a durable queue with these arguments alone, and watches it. */
  public String declare(String queue, Map<String, Object> arguments) {
    return declare(queue, true, arguments);
  }

  private String declare(String queue, boolean durable, Map<String, Object> arguments) {
    place.broker().declare(queue, durable, arguments);
    if (!arguments.isEmpty()) {
      Map<String, String> shown = new HashMap<>();
      arguments.forEach((name, value) -> shown.put(name, value.toString()));
      place.recorder().record(Source.BROKER, new QueueArguments(queue, shown));
    }
    place.watch(queue);
    return queue;
  }

  /** Declares the queue and publishes the items to it. */
  public String fill(String queue, List<Item> items) {
    declare(queue);
    add(queue, items);
    return queue;
  }

  /** Publishes more items to a queue that is there. */
  public void add(String queue, List<Item> items) {
    place.publish(queue, items);
  }

  /** Runs the documented Job on the queue. */
  public RunningJob run(String queue) {
    return run(queue, spec -> spec);
  }

  /**
   * Runs the documented Job on the queue with changes.
   *
   * <p>The first Job of a scenario is {@code job-wq-1}, the next {@code job-wq-2}.
   *
   * @param queue that its workers are told; it need not be there
   */
  public RunningJob run(String queue, UnaryOperator<JobDefinition> change) {
    place.watch(queue);
    JobDefinition definition =
        change.apply(place.job().name("job-wq-" + (jobs.size() + 1)).environment("QUEUE", queue));
    if (definition.serves()) {
      deployments.add(RunningDeployment.start(place, definition, queue));
    } else {
      place.namespace().create(definition.toJob());
    }
    RunningJob job = new RunningJob(place, definition.name(), definition.completions());
    jobs.add(job);
    return job;
  }

  /** Stops the Deployments whose queues are empty; others are left as they are, to be looked at. */
  public void stopServing() {
    deployments.forEach(RunningDeployment::stopIfServed);
  }

  /** Stops all Deployments: what their pods hold goes back to its queue. */
  public void stopAll() {
    deployments.forEach(RunningDeployment::stop);
  }

  /** The kinds of volumes that Jobs can mount data from. */
  public DataVolumes data() {
    return new DataVolumes(place, this);
  }

  /** Whether the cluster's API keeps a field of Jobs; how that came out is recorded. */
  public boolean has(JobField field) {
    // Under a name of its own, for a Job that runs may have the other.
    JobDefinition asked = field.setIn(place.job().name(TRIAL));
    boolean kept;
    String detail;
    try {
      kept = field.isKeptIn(place.namespace().client().resource(asked.toJob()).dryRun().create());
      detail = kept ? "the answer has it" : "the answer comes without it";
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != UNPROCESSABLE) {
        throw refused;
      }
      // What is left of the Job without the field is no Job: a volume that comes from nothing.
      kept = false;
      detail = "it is refused: " + refused.getMessage();
    }
    place
        .recorder()
        .record(
            Source.PROBES,
            new Probe(
                Try.DRY_RUN,
                field.path(),
                "harness",
                kept ? Outcome.OK : Outcome.NOT_FOUND,
                detail));
    return kept;
  }

  /** Has a stranger consume from the queue: it takes one message and keeps it. */
  public void intrudeOn(String queue) {
    injects("foreign-consumer", queue);
    place.closesLater(place.broker().amqp().hold(queue, 1));
  }

  private void injects(String kind, String target) {
    place.recorder().record(Source.FAULTS, new FaultInjected(kind, target, ""));
  }

  /** Looks at each message that workers have put out into a queue of their own. */
  public void lookAtOutput(String queue) {
    place.broker().amqp().contents(queue).stream()
        .flatMap(List::stream)
        .map(each -> new OutputSeen(queue, Payload.of(each.item()), ""))
        .forEach(each -> place.recorder().record(Source.BROKER, each));
  }

  /**
   * Makes objects beside the Job; those outside the namespace are removed after the scenario.
   *
   * @param manifest in which {@code $(NAMESPACE)} stands for the scenario's namespace
   */
  public void create(Path manifest) {
    ScenarioNamespace namespace = place.namespace();
    List<HasMetadata> made = new ObjectsFile(manifest).create(namespace);
    injects(FaultInjected.OBJECTS, ObjectsFile.words(made));
    List<HasMetadata> wide =
        made.stream().filter(each -> each.getMetadata().getNamespace() == null).toList();
    if (!wide.isEmpty()) {
      place.closesLater(() -> namespace.client().resourceList(wide).delete());
    }
  }

  /** The same some time from now, while the scenario goes on. */
  public void createLater(Duration after, Path manifest) {
    var timer = Executors.newSingleThreadScheduledExecutor();
    place.closesLater(timer::shutdownNow);
    var made = timer.schedule(() -> create(manifest), after.toMillis(), TimeUnit.MILLISECONDS);
    place.closesLater(() -> requireMade(made, manifest));
  }

  private static void requireMade(Future<?> made, Path manifest) throws InterruptedException {
    if (made.isDone()) {
      try {
        made.get(0, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException failure) {
        throw new EnvironmentTrouble("The objects of " + manifest + " were not made.", failure);
      }
    }
  }

  /** Makes a Secret for Jobs to refer to, or changes the one of this name. */
  public void secret(String name, Map<String, String> data) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(place.namespace().name())
            .endMetadata()
            .withStringData(data)
            .build();
    if (place.namespace().isShared()) {
      place.namespace().create(secret);
    } else {
      place.namespace().client().resource(secret).createOr(each -> each.update());
    }
  }

  /** Limits what the namespace may hold, for example {@code pods} to {@code 0}. */
  public void limit(String resource, String most) {
    Quota.set(place.namespace(), Map.of(resource, most), place.patience());
  }
}
