package workqueue.junit;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.broker.Broker;
import workqueue.broker.BrokerService;
import workqueue.broker.ContainerBroker;
import workqueue.broker.ExistingBroker;
import workqueue.broker.InClusterBroker;
import workqueue.checker.FindingCode;
import workqueue.checker.Outlook;
import workqueue.cluster.Cluster;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ExistingCluster;
import workqueue.cluster.ImageFacts;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerChoice;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.Configuration;
import workqueue.fault.Site;
import workqueue.history.BrokerEvent;
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.Remaining;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.ImageInspected;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Payload;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.observer.BrokerWatch;
import workqueue.observer.ImageSizes;
import workqueue.observer.Observation;
import workqueue.observer.RecordedPublisher;
import workqueue.observer.UseWatch;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Manifests;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;
import workqueue.wire.Peers;
import workqueue.wire.WireTap;
import workqueue.workload.Surroundings;

/** A scenario's namespace with its broker, watched from the first use on. */
final class Scene implements Surroundings, Site {
  private static final Duration SHARED = Duration.ofMinutes(15);
  private static final Duration END = Duration.ofMinutes(5);
  private static final Duration A_POD = Duration.ofSeconds(2);
  private static final Duration WORK = Duration.ofSeconds(1);
  private static final int PASSWORD_BITS = 80;

  private final ScenarioRun scenario;
  private final Set<String> queues = new ConcurrentSkipListSet<>();
  private boolean tapped;
  private volatile boolean counting;
  private volatile Duration end = END;
  private Opened opened;
  private volatile UseWatch use;
  private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

  Scene(ScenarioRun scenario) {
    this.scenario = scenario;
  }

  /** What there is once it was used. */
  private record Opened(
      Cluster cluster,
      ScenarioNamespace namespace,
      Broker broker,
      Optional<ContainerBroker> ownBroker,
      Optional<WireTap> tap,
      Observation observation,
      BrokerWatch depths,
      String image,
      Patience patience) {}

  private synchronized Opened opened() {
    if (opened == null) {
      opened = open();
      scenario.recording().watchedBy(this);
    }
    return opened;
  }

  private Opened open() {
    Run run = scenario.shared();
    Configuration configuration = run.configuration();
    Patience patience = run.patience(Progress.NONE);
    Optional<OwnEnvironment> own = scenario.own();
    BrokerChoice choice = brokerChoice(configuration, own.isPresent());

    CompletableFuture<SharedWorker> making = CompletableFuture.supplyAsync(run::worker);
    CompletableFuture<ContainerBroker> starting =
        choice instanceof BrokerChoice.Container
            ? CompletableFuture.supplyAsync(
                () -> own.map(OwnEnvironment::startBroker).orElseGet(run::containerBroker))
            : CompletableFuture.completedFuture(null);
    Cluster cluster =
        own.flatMap(OwnEnvironment::startCluster).orElseGet(() -> run.cluster(List.of()));
    SharedWorker worker = patience.await("the worker's image", SHARED, making);
    String image = cluster.provide(List.of(worker.name())).get(0);
    ContainerBroker beside = patience.await("the broker", SHARED, starting);

    ScenarioNamespace namespace = scenario.namespace(cluster, patience);
    Recording recording = scenario.recording();
    Broker broker =
        scenario.opened(
            choice instanceof BrokerChoice.Url url
                ? new ExistingBroker(url.address(), namespace)
                : beside != null
                    ? beside.open(cluster, namespace)
                    : InClusterBroker.start(
                        new Manifests(run.fixtures()),
                        scenario.brokerEdition(),
                        cluster.provide(List.of(configuration.brokerImage())).get(0),
                        namespace,
                        patience));
    recording.recorder().secrets().keep(broker.forPods().password());
    Observation observation =
        scenario.opened(
            Observation.open(cluster.client(), namespace.name(), recording.recorder(), patience));
    Optional<WireTap> tap =
        tapped && beside != null ? tap(cluster, namespace, broker) : Optional.empty();
    scenario.ranOn(cluster.facts(), Optional.of(broker.facts()), image, worker.digest());
    BrokerWatch depths = new BrokerWatch(broker, recording.recorder());
    Optional<ContainerBroker> ownBroker =
        own.map(OwnEnvironment::broker).filter(each -> each == beside);
    if (ownBroker.isPresent()) {
      scenario.opened(depths.samplingAlarms());
    }
    return new Opened(
        cluster, namespace, broker, ownBroker, tap, observation, depths, image, patience);
  }

  private BrokerChoice brokerChoice(Configuration configuration, boolean own) {
    if (scenario.brokerInCluster()) {
      return new BrokerChoice.InCluster();
    }
    return own
        ? new BrokerChoice.Container()
        : configuration.broker().orElseGet(BrokerChoice.Container::new);
  }

  /** Leads pods to the broker through a wire tap, if they reach this JVM. */
  private Optional<WireTap> tap(Cluster cluster, ScenarioNamespace namespace, Broker broker) {
    WireTap tap =
        scenario.opened(
            WireTap.open(() -> address(broker.amqp().url()), recorder(), origins(cluster)));
    Optional<Reach> here = cluster.reachHere(tap.port());
    here.ifPresent(reach -> BrokerService.redirect(namespace, reach));
    return here.map(reach -> tap);
  }

  private static InetSocketAddress address(BrokerUrl url) {
    return new InetSocketAddress(url.host(), url.port());
  }

  private static Peers origins(Cluster cluster) {
    return (peer, port) ->
        cluster
            .podBehind(peer, port)
            .map(address -> new Peers.Origin("", address, "by its node's table of connections"));
  }

  /** From the next use on, what passes between workers and broker goes through a wire tap. */
  void tapped() {
    tapped = true;
  }

  /**
   * The wire tap.
   *
   * @throws EnvironmentTrouble if there is none: nothing that needs the wire can be said then
   */
  @Override
  public WireTap tap() {
    return opened()
        .tap()
        .orElseThrow(
            () ->
                new EnvironmentTrouble(
                    """
                    The wire between workers and broker cannot be watched: the tap is in this JVM, \
                    before a broker in a container, and pods must reach it.
                    Remedy: run without wq.broker; if a firewall on this machine drops what comes \
                    from containers, let it pass."""));
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
        .environment("WORKER_SECONDS", Double.toString(work.toMillis() / 1000.0));
  }

  @Override
  public void watch(String queue) {
    Opened here = opened();
    if (queues.add(queue)) {
      scenario.opened(here.depths().sampling(queue));
    }
  }

  @Override
  public void publish(String queue, Collection<Item> items) {
    new RecordedPublisher(broker(), scenario.recording().recorder()).publish(queue, items);
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
  public void saw(BrokerEvent event) {
    scenario.recording().recorder().record(Source.BROKER, event);
  }

  /** The broker for workers, with a password that is looked for in all that they print. */
  String ownLogin() {
    String password = password();
    BrokerUrl url = broker().admit(password).orElseGet(broker()::forPods);
    recorder().secrets().keep(url.password());
    return url.withPassword();
  }

  /** The same with another such password, which the broker refuses. */
  String refusedLogin() {
    BrokerUrl url = broker().forPods();
    String password = password();
    recorder().secrets().keep(password);
    return new BrokerUrl(url.tls(), url.user(), password, url.host(), url.port(), url.vhost())
        .withPassword();
  }

  private static String password() {
    return "pw" + new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
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

  /** Sets how long to wait at most for the end of a Job. */
  void endsWithin(Duration limit) {
    end = limit;
  }

  @Override
  public void awaitEnd(String job, int completions) {
    Opened here = opened();
    Duration limit = end.plus(A_POD.multipliedBy(completions));
    inVain(() -> here.observation().awaitJob(header(), job, limit, attending(Scene::whyHopeless)));
  }

  /** Waits until the diagnosis of the record holds the code, as cause or as consequence. */
  void awaitFinding(FindingCode code) {
    inVain(
        () ->
            opened()
                .observation()
                .await(
                    header(),
                    "the diagnosis " + code,
                    END,
                    attending(
                        history -> {
                          Outlook outlook = Outlook.of(history);
                          return outlook.findings().stream().anyMatch(each -> each.code() == code)
                              ? Sight.found(true)
                              : Sight.<Boolean>notYet("so far " + outlook.roots());
                        })));
  }

  @Override
  public void await(String what, Function<History, Sight<Boolean>> look) {
    inVain(() -> opened().observation().await(header(), what, END, attending(look)));
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
      BrokerWatch depths = counting ? opened.depths().counting() : opened.depths();
      opened.observation().finalState(depths, List.copyOf(queues));
    }
  }

  private void inVain(Runnable waiting) {
    try {
      waiting.run();
    } catch (WaitedInVain told) {
      // Whether that is as it should be is for the claims to say.
      scenario.recording().waitedInVain(told);
    }
  }

  private static String whyHopeless(History history) {
    Outlook outlook = Outlook.of(history);
    return outlook.prospect() == Outlook.Prospect.HOPELESS
        ? "the diagnosis " + outlook.roots()
        : "";
  }

  private <T> Function<History, T> attending(Function<History, T> look) {
    return history -> {
      for (String queue : queues) {
        if (asking.isDone()
            && QuietQueues.toAsk(history, queue, scenario.recording().recorder().now())) {
          // On the side: a look that takes long is followed by a long rest.
          asking = CompletableFuture.runAsync(() -> opened.depths().sampleExactly(queue));
        }
      }
      return look.apply(history);
    };
  }

  private Header header() {
    return scenario.recording().header(List.of());
  }
}
