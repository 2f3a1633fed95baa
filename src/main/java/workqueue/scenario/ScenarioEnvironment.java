package workqueue.scenario;

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
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.Remaining;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.ImageInspected;
import workqueue.history.History;
import workqueue.history.Payload;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.observer.BrokerWatch;
import workqueue.observer.Deployments;
import workqueue.observer.ImageSizes;
import workqueue.observer.Observation;
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

/**
 * A scenario's namespace with its broker, watched: where its work is done and its faults strike.
 */
final class ScenarioEnvironment implements Surroundings, Site {
  private static final Duration END = Duration.ofMinutes(5);
  private static final Duration A_POD = Duration.ofSeconds(2);
  private static final Duration WORK = Duration.ofSeconds(1);

  private static final Set<FindingCode> CUT_OFF =
      EnumSet.of(
          FindingCode.SERVICE_NOT_RESOLVED,
          FindingCode.BROKER_UNREACHABLE,
          FindingCode.NOT_CONSUMING);

  private final ScenarioRun scenario;
  private final EnvironmentOptions options;
  private final Cluster cluster;
  private final ScenarioNamespace namespace;
  private final Broker broker;
  private final Optional<ContainerBroker> ownBroker;
  private final Optional<WireTap> tap;
  private final Observation observation;
  private final BrokerWatch depths;
  private final String image;
  private final Patience patience;
  private final Set<String> queues = new ConcurrentSkipListSet<>();
  private final Waits waits;

  /**
   * Has what is there watched, as the scenario wants it.
   *
   * @param ownBroker the broker in a container that no other scenario uses, if this is one
   * @param tap between workers and broker, if there is one
   * @param image of the documented worker, by the name that pods know it by
   */
  ScenarioEnvironment(
      ScenarioRun scenario,
      EnvironmentOptions options,
      Cluster cluster,
      ScenarioNamespace namespace,
      Broker broker,
      Optional<ContainerBroker> ownBroker,
      Optional<WireTap> tap,
      Observation observation,
      String image,
      Patience patience) {
    this.scenario = scenario;
    this.options = options;
    this.cluster = cluster;
    this.namespace = namespace;
    this.broker = broker;
    this.ownBroker = ownBroker;
    this.tap = tap;
    this.observation = observation;
    this.image = image;
    this.patience = patience;
    BrokerWatch watch = new BrokerWatch(broker, recorder());
    this.depths = options.counting() ? watch.counting() : watch;
    this.waits = new Waits(scenario, observation, depths, queues);
    if (ownBroker.isPresent()) {
      scenario.opened(depths.samplingAlarms());
    }
    if (options.weighing()) {
      scenario.opened(UseWatch.open(cluster.client(), namespace.name(), recorder()));
    }
  }

  boolean isTapped() {
    return tap.isPresent();
  }

  /**
   * The wire tap.
   *
   * @throws EnvironmentTrouble if there is none: nothing that needs the wire can be said then
   */
  @Override
  public WireTap tap() {
    if (broker.forPods().tls()) {
      throw new EnvironmentTrouble(encrypted(broker.forPods()));
    }
    return tap.orElseThrow(
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
    return scenario.record().history();
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public boolean hasOwnCluster() {
    return scenario.definition().hasOwnCluster();
  }

  @Override
  public Optional<ContainerBroker> ownBroker() {
    return ownBroker;
  }

  @Override
  public Recorder recorder() {
    return scenario.record().recorder();
  }

  @Override
  public ScenarioNamespace namespace() {
    return namespace;
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public Patience patience() {
    return patience;
  }

  private Configuration configuration() {
    return scenario.shared().configuration();
  }

  @Override
  public JobDefinition job() {
    Duration work = configuration().workerSeconds().orElse(WORK);
    return new Manifests(fixtures())
        .job()
        .namespace(namespace.name())
        .image(image)
        .pullPolicy("IfNotPresent")
        .environment("BROKER_URL", broker.forPods().withPassword())
        .pods(broker::reachedBy)
        .workerSeconds(work);
  }

  @Override
  public void watch(String queue) {
    if (queues.add(queue)) {
      scenario.opened(depths.sampling(queue));
      if (tap.isEmpty()) {
        scenario.opened(depths.samplingConsumers(queue));
      }
    }
  }

  @Override
  public Map<String, Object> queueArguments() {
    Map<String, Object> all = new TreeMap<>(configuration().queueArguments());
    all.putAll(options.queueArguments());
    return all;
  }

  @Override
  public boolean durableQueues() {
    return options.durableQueues();
  }

  @Override
  public Optional<QueueContract.Feed> feed() {
    return options.feed();
  }

  @Override
  public void publish(String queue, Collection<Item> items) {
    new RecordedPublisher(broker, recorder()).publish(queue, options.feed(), items);
  }

  @Override
  public void closesLater(AutoCloseable resource) {
    scenario.opened(resource);
  }

  @Override
  public Fixtures fixtures() {
    return scenario.shared().fixtures();
  }

  @Override
  public String built(Path context) {
    SharedEnvironment shared = scenario.shared();
    WorkerImage built =
        scenario.opened(
            WorkerImage.build(
                shared.engine(),
                context,
                Map.of(),
                shared.labels(),
                "work-queue-data:" + namespace.name()));
    return provided(built.name());
  }

  /**
   * The broker for workers, with a password that is looked for in all that they print: a trial's is
   * one already, where the broker is beside the cluster.
   */
  String ownLogin() {
    BrokerUrl url = broker.admit(Passwords.any()).orElseGet(broker::forPods);
    recorder().secrets().keep(url.password());
    return url.withPassword();
  }

  /** The same with another such password, which the broker refuses. */
  String refusedLogin() {
    BrokerUrl url = broker.forPods();
    String password = Passwords.any();
    recorder().secrets().keep(password);
    return url.as(url.user(), password).withPassword();
  }

  /** The name under which the cluster has an image of this machine's engine. */
  String provided(String name) {
    return cluster.provide(List.of(name)).get(0);
  }

  /** Records what this machine's engine tells of an image; false if it does not hold it. */
  boolean inspects(String name) {
    // What nodes pull for themselves may be another image than the one of that name here.
    boolean sent = !(cluster instanceof ExistingCluster) || !provided(name).equals(name);
    Optional<ImageFacts> facts = sent ? scenario.shared().facts(name) : Optional.empty();
    facts.ifPresent(
        each ->
            recorder()
                .record(
                    Source.HARNESS, new ImageInspected(name, each.architecture(), each.bytes())));
    return facts.isPresent();
  }

  @Override
  public void deployed(
      Job workers, String replicaSet, Instant created, int active, boolean served) {
    new Deployments(recorder()).are(workers, replicaSet, created, active, served);
  }

  @Override
  public void awaitEnd(String job, int completions) {
    waits.forEnd(job, options.end().orElse(END).plus(A_POD.multipliedBy(completions)));
  }

  /** Waits until the diagnosis of the record holds the code, as cause or as consequence. */
  void awaitFinding(FindingCode code) {
    waits.forFinding(code);
  }

  @Override
  public void await(String what, Function<History, Sight<Boolean>> look) {
    waits.forSight(what, look);
  }

  /** Reads what is left in the queue, message by message, when nobody works on it any more. */
  void readWhatIsLeft(String queue) {
    broker
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

  /** Records the state that everything is in now. */
  void takeFinalState() {
    if (options.weighing()) {
      ImageSizes.look(cluster.client(), namespace.name(), recorder());
    }
    standIn();
    observation.finalState(depths, List.copyOf(queues));
  }

  /**
   * Where workers did not reach their broker, and no fault was to keep them from it, a pod with
   * their labels looks for it.
   */
  private void standIn() {
    History history = history();
    Optional<JobState> job = history.last(JobState.class).map(Recorded::event);
    boolean struck = history.last(FaultInjected.class, FaultInjected::strikes).isPresent();
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
      String base = provided(configuration().images().currentBase());
      new StandIn(namespace, recorder(), patience)
          .looks(job.get().job().name(), broker.forPods(), base);
    } catch (EnvironmentTrouble trouble) {
      scenario.narration().says("No pod could look for the broker: " + trouble.getMessage());
    }
  }
}
