package workqueue.junit;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.broker.Broker;
import workqueue.broker.ContainerBroker;
import workqueue.broker.Passwords;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.cluster.Cluster;
import workqueue.cluster.ExistingCluster;
import workqueue.cluster.ImageFacts;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.Configuration;
import workqueue.configuration.QueueContract;
import workqueue.fault.Site;
import workqueue.history.BrokerEvent;
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.Remaining;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.HarnessEvent;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.ImageInspected;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.History;
import workqueue.history.Payload;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.observer.BrokerWatch;
import workqueue.observer.Deployments;
import workqueue.observer.ImageSizes;
import workqueue.observer.RecordedPublisher;
import workqueue.observer.StandIn;
import workqueue.observer.UseWatch;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Manifests;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.wire.WireTap;
import workqueue.workload.Surroundings;
import workqueue.workload.WorkerImage;

/** A scenario's namespace with its broker, watched from the first use on. */
final class Scene implements Surroundings, Site {
  private static final Duration A_POD = Duration.ofSeconds(2);
  private static final Duration WORK = Duration.ofSeconds(1);

  /** What is made beside a Job is no fault. */
  private static final String OBJECTS = "objects";

  private static final Set<FindingCode> CUT_OFF =
      EnumSet.of(
          FindingCode.SERVICE_NOT_RESOLVED,
          FindingCode.BROKER_UNREACHABLE,
          FindingCode.NOT_CONSUMING);

  private final ScenarioRun scenario;
  private final Set<String> queues = new ConcurrentSkipListSet<>();
  private boolean tapped;
  private volatile boolean counting;
  private volatile Map<String, Object> queueArguments = Map.of();
  private volatile boolean durableQueues = true;
  private volatile Optional<QueueContract.Feed> feed = Optional.empty();
  private Opened opened;
  private Waits waits;
  private volatile Duration end = Waits.LIMIT;
  private volatile UseWatch use;

  Scene(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  private synchronized Opened opened() {
    if (opened == null) {
      opened = new Opening(scenario).open(tapped);
      scenario.recording().watchedBy(this);
      Configuration configuration = scenario.shared().configuration();
      scenario.recording().patience(opened.patience().limit(configuration.patienceOrDefault()));
    }
    return opened;
  }

  /** From the next use on, what passes between workers and broker goes through a wire tap. */
  synchronized void tapped() {
    if (opened != null && !tapped) {
      throw new EnvironmentTrouble(
          """
          The wire of %s cannot be tapped any more: its workers' connections are led past it already.
          Remedy: ask for the wire before a queue is filled or a Job is run."""
              .formatted(scenario.definition().id()));
    }
    tapped = true;
  }

  boolean isTapped() {
    return opened().tap().isPresent();
  }

  /**
   * The wire tap.
   *
   * @throws EnvironmentTrouble if there is none: nothing that needs the wire can be said then
   */
  @Override
  public WireTap tap() {
    if (broker().forPods().tls()) {
      throw new EnvironmentTrouble(encrypted(broker().forPods()));
    }
    return opened()
        .tap()
        .orElseThrow(
            () ->
                new EnvironmentTrouble(
                    """
                    The wire between workers and broker cannot be watched: the tap is in this JVM, \
                    before a broker outside the cluster, and pods must reach it.
                    Remedy: run without wq.broker; if a firewall on this machine drops what comes \
                    from containers, let it pass."""));
  }

  static String encrypted(BrokerUrl broker) {
    return """
        The wire between workers and the broker %s cannot be watched: it is encrypted, so that a tap \
        would see nothing of what passes.
        Remedy: run without wq.broker, or on a broker without TLS."""
        .formatted(broker);
  }

  /** What was recorded so far. */
  History history() {
    return scenario.recording().history();
  }

  @Override
  public Cluster cluster() {
    return opened().cluster();
  }

  @Override
  public boolean hasOwnCluster() {
    return scenario.hasOwnCluster();
  }

  @Override
  public Optional<ContainerBroker> ownBroker() {
    return opened().ownBroker();
  }

  @Override
  public Recorder recorder() {
    return scenario.recording().recorder();
  }

  @Override
  public ScenarioNamespace namespace() {
    return opened().namespace();
  }

  @Override
  public Broker broker() {
    return opened().broker();
  }

  @Override
  public Patience patience() {
    return opened().patience();
  }

  @Override
  public JobDefinition job() {
    Configuration configuration = scenario.shared().configuration();
    Duration work = configuration.workerSeconds().orElse(WORK);
    return new Manifests(scenario.shared().fixtures())
        .job()
        .namespace(namespace().name())
        .image(opened().image())
        .pullPolicy("IfNotPresent")
        .environment("BROKER_URL", broker().forPods().withPassword())
        .pods(broker()::reachedBy)
        .environment("WORKER_SECONDS", Double.toString(work.toMillis() / 1000.0));
  }

  @Override
  public void watch(String queue) {
    Opened here = opened();
    if (queues.add(queue)) {
      scenario.opened(here.depths().sampling(queue));
      if (here.tap().isEmpty()) {
        scenario.opened(here.depths().samplingConsumers(queue));
      }
    }
  }

  @Override
  public Map<String, Object> queueArguments() {
    Map<String, Object> all = new TreeMap<>(scenario.shared().configuration().queueArguments());
    all.putAll(queueArguments);
    return all;
  }

  @Override
  public boolean durableQueues() {
    return durableQueues;
  }

  @Override
  public Optional<QueueContract.Feed> feed() {
    return feed;
  }

  /** Has queues declared from now on, and fed, as a worker is made for. */
  void declaresQueuesFor(QueueContract queue) {
    durableQueues = queue.durable();
    feed = queue.feed();
  }

  /** Has queues declared from now on with these arguments besides those of the run. */
  void declaresQueuesWith(Map<String, Object> arguments) {
    queueArguments = Map.copyOf(arguments);
  }

  @Override
  public void publish(String queue, Collection<Item> items) {
    new RecordedPublisher(broker(), scenario.recording().recorder()).publish(queue, feed, items);
  }

  @Override
  public void closesLater(AutoCloseable resource) {
    scenario.opened(resource);
  }

  @Override
  public void tried(Probe probe) {
    scenario.recording().recorder().record(Source.PROBES, probe);
  }

  @Override
  public void injects(String kind, String target) {
    scenario.recording().recorder().record(Source.FAULTS, new FaultInjected(kind, target, ""));
  }

  @Override
  public Fixtures fixtures() {
    return scenario.shared().fixtures();
  }

  @Override
  public String built(Path context) {
    Run run = scenario.shared();
    WorkerImage image =
        scenario.opened(
            WorkerImage.build(
                run.engine(),
                context,
                Map.of(),
                run.labels(),
                "work-queue-data:" + namespace().name()));
    return provided(image.name());
  }

  @Override
  public void notes(HarnessEvent event) {
    scenario.recording().recorder().record(Source.HARNESS, event);
  }

  @Override
  public void saw(BrokerEvent event) {
    scenario.recording().recorder().record(Source.BROKER, event);
  }

  /**
   * The broker for workers, with a password that is looked for in all that they print: a trial's is
   * one already, where the broker is beside the cluster.
   */
  String ownLogin() {
    BrokerUrl url = broker().admit(Passwords.any()).orElseGet(broker()::forPods);
    recorder().secrets().keep(url.password());
    return url.withPassword();
  }

  /** The same with another such password, which the broker refuses. */
  String refusedLogin() {
    BrokerUrl url = broker().forPods();
    String password = Passwords.any();
    recorder().secrets().keep(password);
    return url.as(url.user(), password).withPassword();
  }

  /** Has the broker's own counters in the final state, which takes 2.2 s more. */
  void counts() {
    counting = true;
  }

  /** Has recorded from now on what pods use, and in the end how large their images are. */
  synchronized void weighs() {
    if (use == null) {
      use = scenario.opened(UseWatch.open(cluster().client(), namespace().name(), recorder()));
    }
  }

  /** The name under which the cluster has an image of this machine's engine. */
  String provided(String image) {
    return cluster().provide(List.of(image)).get(0);
  }

  /** Records what this machine's engine tells of an image; false if it does not hold it. */
  boolean inspects(String image) {
    // What nodes pull for themselves may be another image than the one of that name here.
    boolean sent = !(cluster() instanceof ExistingCluster) || !provided(image).equals(image);
    Optional<ImageFacts> facts = sent ? scenario.shared().facts(image) : Optional.empty();
    facts.ifPresent(
        each ->
            recorder()
                .record(
                    Source.HARNESS, new ImageInspected(image, each.architecture(), each.bytes())));
    return facts.isPresent();
  }

  private synchronized Waits waits() {
    Opened here = opened();
    if (waits == null) {
      waits = new Waits(scenario.recording(), here, queues, scenario.narration(0)::says);
    }
    return waits;
  }

  /** Sets how long a state that may pass by itself is waited for. */
  void isPatientFor(Duration longest) {
    scenario.recording().patience(longest);
  }

  /** Sets how long to wait at most for the end of a Job. */
  void endsWithin(Duration limit) {
    end = limit;
  }

  @Override
  public void deployed(
      Job workers, String replicaSet, Instant created, int active, boolean served) {
    new Deployments(recorder()).are(workers, replicaSet, created, active, served);
  }

  @Override
  public void awaitEnd(String job, int completions) {
    waits().forEnd(job, end.plus(A_POD.multipliedBy(completions)));
  }

  /** Waits until the diagnosis of the record holds the code, as cause or as consequence. */
  void awaitFinding(FindingCode code) {
    waits().forFinding(code);
  }

  @Override
  public void await(String what, Function<History, Sight<Boolean>> look) {
    waits().forSight(what, look);
  }

  void readWhatIsLeft(String queue) {
    broker()
        .amqp()
        .contents(queue)
        .ifPresent(
            left ->
                recorder()
                    .record(
                        Source.BROKER,
                        new QueueContents(
                            queue,
                            left.stream()
                                .map(
                                    each ->
                                        new Remaining(Payload.of(each.item()), each.redelivered()))
                                .toList())));
  }

  void takeFinalState() {
    if (opened != null) {
      if (use != null) {
        ImageSizes.look(cluster().client(), namespace().name(), recorder());
      }
      standIn();
      BrokerWatch depths = counting ? opened.depths().counting() : opened.depths();
      opened.observation().finalState(depths, List.copyOf(queues));
    }
  }

  /**
   * Where workers did not reach their broker, and no fault was to keep them from it, a pod with
   * their labels looks for it.
   */
  private void standIn() {
    History history = history();
    Optional<JobState> job = history.last(JobState.class).map(Recorded::event);
    boolean struck =
        !history.all(FaultInjected.class, each -> !each.kind().equals(OBJECTS)).isEmpty();
    boolean lost =
        job.isPresent()
            && !job.get().complete()
            && !struck
            && Diagnosis.of(history).findings().stream()
                .anyMatch(each -> CUT_OFF.contains(each.code()));
    if (!lost) {
      return;
    }
    try {
      String image = provided(scenario.shared().configuration().images().currentBase());
      new StandIn(namespace(), recorder(), patience())
          .looks(job.get().job().name(), broker().forPods(), image);
    } catch (EnvironmentTrouble trouble) {
      scenario.narration(0).says("No pod could look for the broker: " + trouble.getMessage());
    }
  }
}
