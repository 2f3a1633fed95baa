package workqueue.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import workqueue.Item;
import workqueue.history.BrokerEvent.Asked;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.BrokerEvent.Remaining;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/**
 * Tells a history by hand: queue {@code job1}, Job {@code demo/job-wq-1}, its pods by short names.
 *
 * <p>Each event takes 10 ms; {@link #after} lets more time pass.
 */
public final class HistoryBuilder {
  public static final String QUEUE = "job1";
  public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  public static final String WORKER = "c";

  private final TestClock clock = new TestClock(START);
  private final Recorder recorder = new Recorder(clock);
  private final Map<String, Told> pods = new LinkedHashMap<>();
  private final Map<String, Long> tags = new HashMap<>();
  private Evidence evidence = Evidence.ofTutorial();
  private String scenario = "outcome.told";
  private JobRef job = new JobRef("demo", "job-wq-1", "job-1");
  private JobSpecBuilder asked = new JobSpecBuilder(8, 2).withQueue(QUEUE);
  private Environment environment = Environment.unknown();
  private Instant jobCreated;
  private int failed;
  private Integer terminating;
  private Integer uncounted;
  private int nextItem;

  /** The whole of a sound run of these items, each by a pod of its own: pod-0, pod-1, … */
  public static HistoryBuilder soundRun(List<Item> items) {
    HistoryBuilder told = new HistoryBuilder();
    told.publish(items).depth(items.size(), 0, 0).job(items.size(), 2);
    for (Item item : items) {
      told.worksOff("pod-" + item.id(), item);
    }
    return told.jobCompletes().ends(0, 0, 0);
  }

  public HistoryBuilder evidence(Evidence declared) {
    evidence = declared;
    return this;
  }

  /** On a RabbitMQ of this version. */
  public HistoryBuilder of(String version) {
    environment =
        new Environment(
            environment.cluster(),
            new Environment.Broker("container", version, "RabbitMQ"),
            environment.worker());
    return this;
  }

  /** The scenario that it is the record of. */
  public HistoryBuilder scenario(String id) {
    scenario = id;
    return this;
  }

  public HistoryBuilder after(double seconds) {
    clock.pass(Duration.ofNanos((long) (seconds * 1e9)));
    return this;
  }

  public HistoryBuilder add(Source source, Event event) {
    recorder.record(source, event);
    clock.pass(Duration.ofMillis(10));
    return this;
  }

  public Instant now() {
    return clock.instant();
  }

  // items and queue

  public HistoryBuilder publish(List<Item> items) {
    items.forEach(item -> publish(item, true));
    return this;
  }

  public HistoryBuilder publish(String... texts) {
    Arrays.stream(texts).forEach(text -> publish(Item.of(nextItem, text), true));
    return this;
  }

  public HistoryBuilder publish(Item item, boolean confirmed) {
    nextItem = item.id() + 1;
    return add(Source.PUBLISHER, new ItemPublished(QUEUE, item.id(), Payload.of(item), confirmed));
  }

  public HistoryBuilder depth(int ready, int unacked, int consumers) {
    return add(
        Source.BROKER,
        new QueueDepth(QUEUE, true, ready, unacked, consumers, Asked.CTL, clock.instant()));
  }

  public HistoryBuilder depthByAmqp(int ready, int consumers) {
    return add(
        Source.BROKER,
        new QueueDepth(QUEUE, true, ready, null, consumers, Asked.AMQP, clock.instant()));
  }

  /** An answer that comes this late: it tells of the time when it was asked. */
  public HistoryBuilder lateDepth(double seconds, int ready, int consumers) {
    return add(
        Source.BROKER,
        new QueueDepth(
            QUEUE,
            true,
            ready,
            null,
            consumers,
            Asked.AMQP,
            clock.instant().minusMillis(Math.round(seconds * 1000))));
  }

  public HistoryBuilder queueMissing() {
    return add(
        Source.BROKER, new QueueDepth(QUEUE, false, null, null, null, Asked.AMQP, clock.instant()));
  }

  public HistoryBuilder contents(Item... left) {
    List<Remaining> messages =
        Arrays.stream(left).map(item -> new Remaining(Payload.of(item), false)).toList();
    return add(Source.BROKER, new QueueContents(QUEUE, messages));
  }

  public HistoryBuilder consumers(Consumer... consumers) {
    return add(Source.BROKER, new QueueConsumers(QUEUE, Arrays.asList(consumers), clock.instant()));
  }

  public Consumer idle(String pod) {
    return new Consumer("ctag-" + pod, "ch-" + pod, 1, true, 0, "10.42.0.9", pod);
  }

  // the Job

  public HistoryBuilder spec(UnaryOperator<JobSpecBuilder> change) {
    asked = change.apply(asked);
    return this;
  }

  public HistoryBuilder named(String name) {
    job = new JobRef("demo", name, "uid-of-" + name);
    return this;
  }

  public HistoryBuilder job(int completions, int parallelism) {
    return job(
        new JobSpecBuilder(completions, parallelism)
            .withQueue(QUEUE)
            .withBrokerUrl("amqp://guest:guest@rabbitmq-service:5672"));
  }

  public HistoryBuilder job(JobSpecBuilder asked) {
    this.asked = asked;
    jobCreated = clock.instant();
    return jobIs(0, 0);
  }

  /** The Job's status as it follows from the pods told so far. */
  public HistoryBuilder jobStatus() {
    return jobIs(active(), succeeded());
  }

  public HistoryBuilder jobIs(int active, int succeeded, Condition... conditions) {
    JobSpec spec = asked.build();
    Instant started = spec.suspend() ? null : jobCreated;
    return add(
        Source.JOBS,
        new JobState(
            job,
            spec,
            1,
            jobCreated,
            started,
            active,
            succeeded,
            failed,
            null,
            terminating,
            Arrays.asList(conditions),
            uncounted));
  }

  /** How many pods on their way out the Job's status counts from now on. */
  /** How many pods the Job's controller knows to have ended, and has not counted. */
  public HistoryBuilder uncounted(Integer count) {
    uncounted = count;
    return this;
  }

  public HistoryBuilder terminating(Integer count) {
    terminating = count;
    return this;
  }

  public HistoryBuilder jobCompletes() {
    return jobIs(0, succeeded(), Condition.of("Complete", "True", "", ""));
  }

  public HistoryBuilder jobFails(String reason) {
    return jobIs(0, succeeded(), Condition.of("Failed", "True", reason, "told so"));
  }

  public HistoryBuilder jobDeleted() {
    return add(Source.JOBS, new JobDeleted(job));
  }

  // pods

  public PodRef ref(String pod) {
    return new PodRef("demo", pod, "uid-" + pod);
  }

  /** Announced and scheduled, its container not yet there. */
  public HistoryBuilder pending(String pod) {
    told(pod);
    add(
        Source.KUBERNETES_EVENTS,
        new KubernetesEvent(
            "demo",
            "Normal",
            "SuccessfulCreate",
            "Job",
            job.name(),
            "Created pod: " + pod,
            1,
            "job-controller",
            clock.instant(),
            clock.instant()));
    return podIs(pod, "Pending");
  }

  public HistoryBuilder starts(String pod) {
    if (!pods.containsKey(pod)) {
      pending(pod);
    }
    Told told = told(pod);
    if (told.backedOff) {
      told.attempt++;
      told.lines = 0;
      told.backedOff = false;
    }
    told.startedAt = second();
    podIs(pod, "Running");
    return add(
        Source.PODS,
        new ContainerState(
            ref(pod),
            WORKER,
            Running.RUNNING,
            "",
            "",
            null,
            told.startedAt,
            null,
            told.attempt,
            told.last));
  }

  public HistoryBuilder prints(String pod, String text) {
    Told told = told(pod);
    told.lines++;
    return add(
        Source.LOGS, LogLine.of(ref(pod), WORKER, told.attempt, told.lines, text, clock.instant()));
  }

  public HistoryBuilder works(String pod, Item item) {
    return prints(pod, "Processing " + item.preview());
  }

  /** The container ends; the pod goes on only if it is restarted. */
  public HistoryBuilder exits(String pod, int code, String reason) {
    return exitsUnread(pod, code, reason).logRead(pod);
  }

  /** The container ends, and nobody reads its log to its end. */
  public HistoryBuilder exitsUnread(String pod, int code, String reason) {
    Told told = told(pod);
    told.last = new Termination(code, reason, "", told.startedAt, second());
    return add(
        Source.PODS,
        new ContainerState(
            ref(pod),
            WORKER,
            Running.TERMINATED,
            reason,
            "",
            code,
            told.startedAt,
            second(),
            told.attempt,
            null));
  }

  public HistoryBuilder logRead(String pod) {
    Told told = told(pod);
    return add(Source.LOGS, new LogComplete(ref(pod), WORKER, told.attempt, told.lines));
  }

  public HistoryBuilder succeeds(String pod) {
    exits(pod, 0, "Completed");
    podIs(pod, "Succeeded");
    return jobStatus();
  }

  /** The container ends badly and starts again in the same pod. */
  public HistoryBuilder restarts(String pod, int code, String reason) {
    return exits(pod, code, reason).startsAgain(pod);
  }

  /** The container, which has ended, starts again in the same pod. */
  public HistoryBuilder startsAgain(String pod) {
    Told told = told(pod);
    told.attempt++;
    told.lines = 0;
    return starts(pod);
  }

  /** The container ended badly and waits for its next run. */
  public HistoryBuilder backsOff(String pod, int code) {
    exits(pod, code, "Error");
    told(pod).backedOff = true;
    return waits(pod, "CrashLoopBackOff", "back-off 10s restarting failed container");
  }

  /** The same, told by a kubelet that gives a waiting container the next run's number. */
  public HistoryBuilder backsOffAhead(String pod, int code) {
    exits(pod, code, "Error");
    Told told = told(pod);
    told.backedOff = true;
    return add(
        Source.PODS,
        new ContainerState(
            ref(pod),
            WORKER,
            Running.WAITING,
            "CrashLoopBackOff",
            "back-off 10s restarting failed container",
            null,
            null,
            null,
            told.attempt + 1,
            told.last));
  }

  public HistoryBuilder waits(String pod, String reason, String message) {
    Told told = told(pod);
    return add(
        Source.PODS,
        new ContainerState(
            ref(pod),
            WORKER,
            Running.WAITING,
            reason,
            message,
            null,
            null,
            null,
            told.attempt,
            told.last));
  }

  /** The pod fails for good. */
  public HistoryBuilder failsPod(String pod, int code, String reason) {
    exits(pod, code, reason);
    failed++;
    podIs(pod, "Failed");
    return jobStatus();
  }

  public HistoryBuilder podIs(String pod, String phase, Condition... conditions) {
    return podIs(pod, phase, "", "", null, conditions);
  }

  public HistoryBuilder podIs(
      String pod,
      String phase,
      String reason,
      String message,
      Instant deletionAt,
      Condition... conditions) {
    Told told = told(pod);
    told.phase = phase;
    told.deleted = deletionAt != null;
    return add(
        Source.PODS,
        new PodState(
            ref(pod),
            job.uid(),
            phase,
            reason,
            message,
            "node-1",
            "10.42.0.9",
            phase.equals("Running"),
            deletionAt,
            Arrays.asList(conditions)));
  }

  public HistoryBuilder deletes(String pod) {
    return podIs(
        pod,
        told(pod).phase,
        "",
        "",
        clock.instant().plusSeconds(asked.build().gracePeriodSeconds()));
  }

  public HistoryBuilder gone(String pod) {
    told(pod).deleted = true;
    return add(Source.PODS, new PodGone(ref(pod)));
  }

  /** The pod takes the item off the queue, works on it for a second, and succeeds. */
  public HistoryBuilder worksOff(String pod, Item item) {
    starts(pod).jobStatus();
    return after(1).works(pod, item).succeeds(pod).after(1);
  }

  // the wire: a pod's connection has its name

  public HistoryBuilder connects(String pod) {
    add(Source.WIRE, new ConnectionOpened("to-" + pod, "10.42.0.9", pod));
    return add(Source.WIRE, new ConsumerStarted("to-" + pod, 1, QUEUE, "ctag", 1, true));
  }

  /** The same on a connection of which it is not known whose it is. */
  public HistoryBuilder connectsUnnamed(String pod) {
    add(Source.WIRE, new ConnectionOpened("to-" + pod, "172.18.0.2", ""));
    return add(Source.WIRE, new ConsumerStarted("to-" + pod, 1, QUEUE, "ctag", 1, true));
  }

  public HistoryBuilder delivers(String pod, Item item, boolean redelivered) {
    long tag = tags.merge(pod, 1L, Long::sum);
    return add(
        Source.WIRE,
        new Delivered("to-" + pod, 1, tag, QUEUE, redelivered, true, Payload.of(item)));
  }

  public HistoryBuilder acks(String pod) {
    return add(Source.WIRE, new Acked("to-" + pod, 1, tags.get(pod), false));
  }

  public HistoryBuilder disconnects(String pod) {
    tags.remove(pod);
    return add(Source.WIRE, new ConnectionEnded("to-" + pod, End.CLOSED, true, ""));
  }

  // everything else

  public HistoryBuilder warning(String kind, String name, String reason, String message) {
    return add(
        Source.KUBERNETES_EVENTS,
        new KubernetesEvent(
            "demo",
            "Warning",
            reason,
            kind,
            name,
            message,
            1,
            "",
            clock.instant(),
            clock.instant()));
  }

  public HistoryBuilder endpoints(String... ready) {
    return add(
        Source.ENDPOINTS,
        new EndpointsState("demo", "rabbitmq-service", true, Arrays.asList(ready), List.of()));
  }

  /** The broker's Service, without endpoints if there is none. */
  public HistoryBuilder service(boolean exists) {
    return add(
        Source.ENDPOINTS,
        new EndpointsState(
            "demo",
            "rabbitmq-service",
            exists,
            exists ? List.of("10.42.0.3") : List.of(),
            List.of()));
  }

  public HistoryBuilder probe(Try tried, Outcome outcome, String detail) {
    String target = tried == Try.LOOK_UP ? "rabbitmq-service" : "rabbitmq-service:5672";
    return add(Source.PROBES, new Probe(tried, target, "harness", outcome, detail));
  }

  public HistoryBuilder node(String name, String ready) {
    return add(
        Source.NODES,
        new NodeState(
            name, "amd64", false, List.of(), List.of(Condition.of("Ready", ready, "told so", ""))));
  }

  public HistoryBuilder gap(Source lost) {
    return add(
        Source.HARNESS,
        new Gap(lost, clock.instant().minusSeconds(1), clock.instant(), "the watch was cut"));
  }

  /** The final sample of the queue, and the final state. */
  public HistoryBuilder ends(int ready, int unacked, int consumers) {
    return depth(ready, unacked, consumers).finalState();
  }

  public HistoryBuilder finalState() {
    return add(Source.HARNESS, new FinalStateTaken("told so"));
  }

  public History history() {
    return recorder.history(new Header(scenario, START, environment, evidence, List.of()));
  }

  private Told told(String pod) {
    return pods.computeIfAbsent(pod, name -> new Told());
  }

  private int active() {
    return (int)
        pods.values().stream()
            .filter(
                pod -> !pod.deleted && (pod.phase.equals("Running") || pod.phase.equals("Pending")))
            .count();
  }

  private int succeeded() {
    return (int) pods.values().stream().filter(pod -> pod.phase.equals("Succeeded")).count();
  }

  private Instant second() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static final class Told {
    String phase = "Pending";
    boolean deleted;
    boolean backedOff;
    int attempt;
    long lines;
    Instant startedAt;
    Termination last;
  }
}
