package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import workqueue.broker.Broker;
import workqueue.cluster.PodHealth;
import workqueue.cluster.ScenarioNamespace;
import workqueue.cluster.ServiceAddresses;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.NodeGone;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/**
 * Records what becomes of one scenario's namespace, from when it is opened until it is closed:
 * pods, Jobs, Kubernetes events, endpoints, quotas, the cluster's nodes, and the workers' logs.
 */
public final class Observation implements AutoCloseable {
  private static final Duration LISTS = Duration.ofMinutes(1);

  private final String namespace;
  private final boolean looksAtNodes;
  private final Recorder recorder;
  private final Patience patience;
  private final Changes changes;
  private final WorkerLogs logs;
  private final ServiceViews services;
  private final Watched<Node> nodes;
  private final Watched<ResourceQuota> quotas;
  private final Watched<Service> serviceWatch;
  private final Watched<? extends HasMetadata> endpoints;
  private final Watched<Event> events;
  private final Watched<Job> jobs;
  private final Watched<Pod> pods;
  private final Set<String> limited = ConcurrentHashMap.newKeySet();
  private final KubernetesClient client;
  private final ExecutorService lookers = Executors.newCachedThreadPool();

  private Observation(
      KubernetesClient client, String namespace, Own own, Recorder recorder, Patience patience) {
    this.client = client;
    this.namespace = namespace;
    this.looksAtNodes = own.labels().isEmpty();
    this.recorder = recorder;
    this.patience = patience;
    this.changes = new Changes(recorder);
    this.logs = new WorkerLogs(client, recorder, patience);
    this.services = new ServiceViews(namespace, own.labels().isEmpty(), changes);
    var allNodes = client.nodes();
    nodes =
        watched(
            Source.NODES,
            allNodes,
            () -> allNodes.list().getItems(),
            node -> changes.see(Source.NODES, uid(node), NodeMapping.state(node)),
            node -> recorder.record(Source.NODES, new NodeGone(node.getMetadata().getName())));
    var allQuotas = client.resourceQuotas().inNamespace(namespace);
    quotas =
        watched(
            Source.QUOTAS,
            allQuotas,
            () -> allQuotas.list().getItems(),
            quota -> changes.see(Source.QUOTAS, uid(quota), QuotaMapping.state(quota)),
            quota -> {});
    var allServices = client.services().inNamespace(namespace).withLabels(own.labels());
    serviceWatch =
        watched(
            Source.ENDPOINTS,
            allServices,
            () -> allServices.list().getItems(),
            services::see,
            services::gone);
    endpoints =
        ServiceAddresses.areInSlices(client)
            ? addresses(client.discovery().v1().endpointSlices().inNamespace(namespace))
            : addresses(client.endpoints().inNamespace(namespace));
    var allEvents = client.v1().events().inNamespace(namespace);
    events =
        watched(
            Source.KUBERNETES_EVENTS,
            allEvents,
            () -> allEvents.list().getItems(),
            event -> {
              if (own.tells(event)) {
                changes.see(Source.KUBERNETES_EVENTS, uid(event), EventMapping.state(event));
              }
            },
            event -> {});
    var allJobs = client.batch().v1().jobs().inNamespace(namespace).withLabels(own.labels());
    jobs =
        watched(
            Source.JOBS,
            allJobs,
            () -> allJobs.list().getItems(),
            job -> changes.see(Source.JOBS, uid(job), JobMapping.state(job)),
            job -> recorder.record(Source.JOBS, new JobDeleted(JobMapping.ref(job))));
    var allPods = client.pods().inNamespace(namespace).withLabels(own.labels());
    pods = watched(Source.PODS, allPods, () -> allPods.list().getItems(), this::see, this::gone);
  }

  /** Begins to observe; what may not be watched is recorded as a gap. */
  public static Observation open(
      KubernetesClient client, String namespace, Recorder recorder, Patience patience) {
    return open(
        new Observation(client, namespace, Own.ALL, recorder, patience), recorder, patience);
  }

  /**
   * Begins to observe what is the scenario's in a namespace; in one that it shares with others
   * nodes are not looked at, which is recorded as a gap.
   */
  public static Observation open(
      ScenarioNamespace namespace, Recorder recorder, Patience patience) {
    Own own = namespace.isShared() ? Own.of(namespace) : Own.ALL;
    return open(
        new Observation(namespace.client(), namespace.name(), own, recorder, patience),
        recorder,
        patience);
  }

  private static Observation open(Observation observation, Recorder recorder, Patience patience) {
    if (!observation.looksAtNodes) {
      Sights.lost(
          recorder, Source.NODES, recorder.now(), "a guest of a namespace does not look at nodes");
    }
    // Services before what is behind them, or they would seem to be missing.
    observation.serviceWatch.begin().await(patience);
    observation.watches().forEach(Watched::begin);
    observation.watches().forEach(each -> each.await(patience));
    return observation;
  }

  public Recorder recorder() {
    return recorder;
  }

  /** The pods as they are now. */
  public List<Pod> pods() {
    return pods.current();
  }

  /** The pod of a name, as it is now. */
  public Optional<Pod> pod(String name) {
    return named(pods, name);
  }

  /** The Job of a name, as it is now. */
  public Optional<Job> job(String name) {
    return named(jobs, name);
  }

  /** The namespace's Kubernetes events until now. */
  public List<Event> events() {
    return events.current();
  }

  /** The addresses that a Service leads to and that are ready. */
  public List<String> addressesOf(String service) {
    return ServiceAddresses.readyOf(service, endpoints.current().stream());
  }

  /** Why a pod will never run, where that is certain. */
  public Optional<String> hopeless(Pod pod) {
    return PodHealth.hopeless(pod, PodHealth.failedPulls(pod, events()));
  }

  /**
   * Waits for something that the record shows.
   *
   * @param header of the history that is looked at
   * @param look is called when something was recorded, and twice a second for what time decides
   * @throws workqueue.waiting.WaitedInVain as {@link Patience#await} does
   */
  public <T> T await(Header header, String what, Duration limit, Function<History, Sight<T>> look) {
    try (RecordLook<T> looks = new RecordLook<>(recorder, header, look)) {
      return patience.await(what, limit, looks);
    }
  }

  /**
   * Waits until the Job is Complete or Failed.
   *
   * @param header of the history that is looked at
   * @param failFast says why it is hopeless to wait any longer; empty while it is not
   * @return the event that showed its end
   */
  public Recorded<JobState> awaitJob(
      Header header, String job, Duration limit, Function<History, String> failFast) {
    return await(
        header,
        "Job " + namespace + "/" + job + " to end",
        limit,
        history -> JobSight.end(history, namespace, job, failFast));
  }

  /** Takes the final state of everything in the namespace; no broker is asked. */
  public Recorded<FinalStateTaken> finalState() {
    return procedure().take(List.of(), (queue, from) -> {});
  }

  /**
   * Takes the final state: everything is listed again, the workers' logs are read to their ends,
   * the exact depth of the queues is asked when no Job changes any more, and at last an event says
   * so. What fails is recorded as a gap.
   */
  public Recorded<FinalStateTaken> finalState(BrokerWatch broker, Collection<String> queues) {
    return procedure().take(queues, (queue, from) -> broker.sampleFinally(queue, from, patience));
  }

  @Override
  public void close() {
    watches().forEach(Watched::close);
    logs.close();
    lookers.shutdown();
  }

  private FinalState procedure() {
    return new FinalState(recorder, this::lookAgain, this::isWorkOver, this::settleLogs, patience);
  }

  /** A Job that fails does not wait for its pods. */
  private boolean isWorkOver() {
    List<Job> all = jobs.all();
    return !all.isEmpty()
        && all.stream().allMatch(job -> JobMapping.state(job).over())
        && pods.all().stream()
            .filter(pod -> !PodMapping.jobUid(pod).isEmpty())
            .allMatch(pod -> PodMapping.state(pod).over());
  }

  /** Jobs first: the pods are then at least as new as what their Job says of them. */
  private void lookAgain() {
    jobs.look();
    Instant from = recorder.now();
    Map<Watched<?>, CompletableFuture<Void>> looks = new LinkedHashMap<>();
    List<Watched<?>> others = besides();
    others.add(pods);
    for (Watched<?> each : others) {
      looks.put(each, CompletableFuture.runAsync(each::look, lookers));
    }
    try {
      patience.await(
          "everything to be listed again",
          LISTS,
          CompletableFuture.allOf(looks.values().toArray(CompletableFuture<?>[]::new)),
          () -> looks.values().stream().filter(each -> !each.isDone()).count() + " not listed yet");
    } catch (WaitedInVain late) {
      looks.forEach(
          (watched, look) -> {
            if (!look.isDone()) {
              watched.lost(from, "they cannot be listed", late);
            }
          });
    }
    List<String> hosts =
        jobs.all().stream().flatMap(job -> JobMapping.brokerHost(job).stream()).toList();
    (hosts.isEmpty() ? List.of(Broker.SERVICE) : hosts)
        .stream().filter(host -> !host.contains(".")).forEach(services::require);
  }

  private void settleLogs(Duration limit) {
    logs.settle(pods.all(), limit);
  }

  private void see(Pod pod) {
    changes.see(Source.PODS, uid(pod), PodMapping.state(pod));
    if (limited.add(uid(pod))) {
      LimitMapping.of(pod, client).forEach(each -> recorder.record(Source.PODS, each));
    }
    for (ContainerStatus status : PodMapping.statuses(pod)) {
      changes.see(
          Source.PODS, uid(pod) + "/" + status.getName(), PodMapping.container(pod, status));
    }
    logs.see(pod);
  }

  private void gone(Pod pod) {
    recorder.record(Source.PODS, new PodGone(PodMapping.ref(pod)));
    logs.gone(pod);
  }

  private List<Watched<?>> watches() {
    List<Watched<?>> all = new ArrayList<>(besides());
    all.addAll(List.of(jobs, pods));
    return all;
  }

  /** All but Jobs and pods. */
  private List<Watched<?>> besides() {
    List<Watched<?>> all = new ArrayList<>(List.of(quotas, serviceWatch, endpoints, events));
    if (looksAtNodes) {
      all.add(0, nodes);
    }
    return all;
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> Watched<T> addresses(
      NonNamespaceOperation<T, L, ?> all) {
    return watched(
        Source.ENDPOINTS,
        all,
        () -> all.list().getItems(),
        services::seeAddresses,
        services::goneAddresses);
  }

  private <T extends HasMetadata> Watched<T> watched(
      Source source,
      Informable<T> watchable,
      Supplier<List<T>> list,
      Consumer<T> seen,
      Consumer<T> gone) {
    return new Watched<>(source, recorder, watchable, list, seen, gone);
  }

  private static <T extends HasMetadata> Optional<T> named(Watched<T> watched, String name) {
    return watched.current().stream()
        .filter(each -> each.getMetadata().getName().equals(name))
        .findFirst();
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
