package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import workqueue.cluster.PodHealth;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.StoodIn;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/**
 * A pod that stands where a Job's workers stand, with their labels and on their network, and looks
 * for the broker: whether its name has an address there, and whether it is reached.
 */
public final class StandIn {
  private static final String NAME = "wq-stand-in";
  private static final String CONTROLLER = "controller-uid";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final int OK = 200;

  /** Needs no more than bash and getent; each line says what was tried, and what came of it. */
  private static final String LOOK =
      """
      look() { a=$(timeout 10 getent ahosts "$1"); c=$?; echo "look $1 $c ${a%% *}"; }
      way() { timeout 5 bash -c ': <>/dev/tcp/$0/$1' "$2" "$3" 2>/tmp/why; \
        echo "way $1 $? $(tail -n 1 /tmp/why)"; }
      { look "$HOST"; look kubernetes.default; way "$HOST:$PORT" "$ADDRESS" "$PORT"; } \
        >/dev/termination-log
      """;

  private final ScenarioNamespace namespace;
  private final Recorder recorder;
  private final Patience patience;

  public StandIn(ScenarioNamespace namespace, Recorder recorder, Patience patience) {
    this.namespace = namespace;
    this.recorder = recorder;
    this.patience = patience;
  }

  /**
   * Has it look, and records what it saw; what keeps it from that is recorded as not tried.
   *
   * @param job whose workers it stands in for
   * @param broker that they were told
   * @param image with bash and getent, which the nodes have or can pull
   */
  public void looks(String job, BrokerUrl broker, String image) {
    KubernetesClient client = namespace.client();
    Job found = client.batch().v1().jobs().inNamespace(namespace.name()).withName(job).get();
    if (found == null) {
      return;
    }
    readPolicies(client);
    Map<String, String> labels = labels(found);
    recorder.record(Source.PROBES, new StoodIn(NAME, labels));
    String target = broker.host() + ":" + broker.port();
    try {
      Pod pod = namespace.create(pod(labels, broker, address(client, broker), image));
      try {
        patience
            .await("pod " + NAME + " to look for the broker", LIMIT, BETWEEN, this::ended)
            .lines()
            .forEach(line -> record(line.split(" ", 4)));
      } finally {
        namespace.delete(pod, Optional.of(Duration.ZERO));
      }
    } catch (KubernetesClientException | WaitedInVain trouble) {
      recorder.record(
          Source.PROBES,
          new Probe(Try.CONNECT, target, NAME, Outcome.NOT_TRIED, trouble.getMessage()));
    }
  }

  private void record(String... line) {
    boolean looked = line[0].equals("look");
    String detail = line.length > 3 ? line[3] : "";
    Outcome outcome =
        line[2].equals("0")
            ? Outcome.OK
            : looked
                ? Outcome.NOT_FOUND
                : detail.contains("refused") ? Outcome.REFUSED : Outcome.NO_ANSWER;
    recorder.record(
        Source.PROBES,
        new Probe(looked ? Try.LOOK_UP : Try.CONNECT, line[1], NAME, outcome, detail));
  }

  /** Those of its pods, but for the one that would have its controller take the pod for one. */
  static Map<String, String> labels(Job job) {
    Map<String, String> labels =
        new LinkedHashMap<>(
            Objects.requireNonNullElse(
                job.getSpec().getTemplate().getMetadata().getLabels(), Map.of()));
    labels.keySet().removeIf(each -> each.endsWith(CONTROLLER));
    return labels;
  }

  private static Pod pod(
      Map<String, String> labels, BrokerUrl broker, String address, String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(0L)
        .addNewContainer()
        .withName("look")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand("bash", "-c", LOOK)
        .addNewEnv()
        .withName("HOST")
        .withValue(broker.host())
        .endEnv()
        .addNewEnv()
        .withName("PORT")
        .withValue(String.valueOf(broker.port()))
        .endEnv()
        .addNewEnv()
        .withName("ADDRESS")
        .withValue(address)
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }

  /** The Service's own address, so that the way can be tried where names are not told. */
  private String address(KubernetesClient client, BrokerUrl broker) {
    return Optional.ofNullable(
            client.services().inNamespace(namespace.name()).withName(broker.host()).get())
        .map(Service::getSpec)
        .map(each -> each.getClusterIP())
        .filter(each -> !each.equals("None"))
        .orElse(broker.host());
  }

  private Sight<String> ended() {
    Pod pod = namespace.client().pods().inNamespace(namespace.name()).withName(NAME).get();
    if (pod == null) {
      return Sight.hopeless("it is gone");
    }
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .map(each -> each.getTerminated())
        .filter(Objects::nonNull)
        .findFirst()
        .map(ContainerStateTerminated::getMessage)
        .map(Sight::found)
        .orElseGet(() -> Sight.notYet(PodHealth.describe(pod)));
  }

  /** Who may not read them learns of none. */
  private void readPolicies(KubernetesClient client) {
    try {
      List<NetworkPolicy> policies =
          client.network().v1().networkPolicies().inNamespace(namespace.name()).list().getItems();
      recorder.record(
          Source.PROBES,
          new ObjectsRead(
              "NetworkPolicy", "", OK, "", policies.stream().map(StandIn::described).toList()));
    } catch (KubernetesClientException unread) {
      recorder.record(
          Source.PROBES,
          new ObjectsRead("NetworkPolicy", "", unread.getCode(), unread.getMessage(), List.of()));
    }
  }

  @SuppressWarnings("unchecked") // a spec is an object
  private static Map<String, Object> described(NetworkPolicy policy) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", policy.getMetadata().getName());
    described.put(
        "spec", Serialization.unmarshal(Serialization.asJson(policy.getSpec()), Map.class));
    return described;
  }
}
