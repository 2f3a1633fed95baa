package workqueue.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What can be told of a namespace when something in it went wrong, or for a report. */
public final class NamespaceDump {
  private final KubernetesClient client;
  private final ScenarioNamespace scenario;
  private final String namespace;

  /**
   * Of what is the scenario's in its namespace, and of the nodes where the namespace is its own.
   */
  public NamespaceDump(ScenarioNamespace scenario) {
    this.client = scenario.client();
    this.scenario = scenario;
    this.namespace = scenario.name();
  }

  /** The parts by file name; each is looked up when it is called, and may throw. */
  public Map<String, Callable<String>> parts() {
    Map<String, Callable<String>> parts = new LinkedHashMap<>();
    parts.put(
        "jobs.yaml",
        () ->
            yaml(
                client
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withLabels(scenario.labels())
                    .list()
                    .getItems()));
    parts.put("pods.yaml", () -> yaml(pods()));
    parts.put("events.txt", this::events);
    parts.put(
        "services.yaml",
        () ->
            yaml(
                client
                    .services()
                    .inNamespace(namespace)
                    .withLabels(scenario.labels())
                    .list()
                    .getItems()));
    parts.put("endpoints.yaml", () -> yaml(endpoints()));
    if (!scenario.isShared()) {
      parts.put("nodes.yaml", () -> yaml(client.nodes().list().getItems()));
    }
    parts.put("logs.txt", this::logs);
    return parts;
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabels(scenario.labels()).list().getItems();
  }

  private List<? extends HasMetadata> endpoints() {
    return ServiceAddresses.objects(client, namespace).stream()
        .filter(each -> scenario.owns(ServiceAddresses.of(each).service()))
        .toList();
  }

  private static String yaml(List<? extends HasMetadata> objects) {
    StringBuilder text = new StringBuilder();
    for (HasMetadata each : objects) {
      each.getMetadata().setManagedFields(null);
      text.append(Serialization.asYaml(each));
    }
    return text.toString();
  }

  private String events() {
    StringBuilder text = new StringBuilder();
    client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> scenario.owns(event.getInvolvedObject().getName()))
        .sorted(
            Comparator.comparing(
                event -> String.valueOf(event.getMetadata().getCreationTimestamp())))
        .forEach(
            event ->
                text.append(
                    "%s %s %s %s/%s: %s%n"
                        .formatted(
                            event.getMetadata().getCreationTimestamp(),
                            event.getType(),
                            event.getReason(),
                            event.getInvolvedObject().getKind(),
                            event.getInvolvedObject().getName(),
                            event.getMessage())));
    return text.toString();
  }

  /** Every container's log, that of the attempt before it too. */
  private String logs() {
    List<String> logs = new ArrayList<>();
    for (Pod pod : pods()) {
      for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
        String title = pod.getMetadata().getName() + "/" + status.getName();
        var container =
            client
                .pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(status.getName());
        if (status.getRestartCount() > 0) {
          logs.add("== " + title + ", the attempt before\n" + container.terminated().getLog());
        }
        if (status.getState().getWaiting() == null) {
          logs.add("== " + title + "\n" + container.getLog());
        }
      }
    }
    return String.join("\n", logs);
  }
}
