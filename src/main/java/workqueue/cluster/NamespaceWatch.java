package workqueue.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;

/** What is in a namespace, kept up to date by watches: looking costs no request. */
public final class NamespaceWatch implements AutoCloseable {
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Event> events;
  private final SharedIndexInformer<? extends HasMetadata> endpoints;

  /** Of what is the scenario's there, but for events and addresses. */
  public NamespaceWatch(ScenarioNamespace of) {
    KubernetesClient client = of.client();
    String namespace = of.name();
    pods = client.pods().inNamespace(namespace).withLabels(of.labels()).inform();
    jobs = client.batch().v1().jobs().inNamespace(namespace).withLabels(of.labels()).inform();
    events = client.v1().events().inNamespace(namespace).inform();
    endpoints =
        ServiceAddresses.areInSlices(client)
            ? client.discovery().v1().endpointSlices().inNamespace(namespace).inform()
            : client.endpoints().inNamespace(namespace).inform();
  }

  public SharedIndexInformer<Pod> pods() {
    return pods;
  }

  public SharedIndexInformer<Job> jobs() {
    return jobs;
  }

  public SharedIndexInformer<Event> events() {
    return events;
  }

  public Optional<Pod> pod(String name) {
    return named(pods, name);
  }

  public Optional<Job> job(String name) {
    return named(jobs, name);
  }

  /** Why a pod will never run, where that is certain. */
  public Optional<String> hopeless(Pod pod) {
    return PodHealth.hopeless(pod, PodHealth.failedPulls(pod, events.getStore().list()));
  }

  /** The addresses that a Service leads to and that are ready. */
  public List<String> addressesOf(String service) {
    return ServiceAddresses.readyOf(service, endpoints.getStore().list().stream());
  }

  @Override
  public void close() {
    List.of(pods, jobs, events, endpoints).forEach(SharedIndexInformer::close);
  }

  private static <T extends HasMetadata> Optional<T> named(
      SharedIndexInformer<T> informer, String name) {
    return informer.getStore().list().stream()
        .filter(each -> each.getMetadata().getName().equals(name))
        .findFirst();
  }
}
