package workqueue.broker;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.PodShell;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;
import workqueue.waiting.Patience;

/** A RabbitMQ in a pod of the scenario's own namespace, reached through a port-forward. */
public final class InClusterBroker implements Broker {
  private static final String GUEST = "guest";
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private final LocalPortForward forward;
  private final PodShell shell;
  private String version = "";

  /**
   * @param pod the pod that the broker runs in; it must be Running
   */
  public InClusterBroker(ScenarioNamespace namespace, String pod, Patience patience) {
    KubernetesClient client = namespace.client();
    this.forward =
        client
            .pods()
            .inNamespace(namespace.name())
            .withName(pod)
            .portForward(BrokerUrl.DEFAULT_PORT);
    this.shell = new PodShell(client, namespace.name(), pod, patience);
  }

  @Override
  public BrokerFacts facts() {
    if (version.isEmpty()) {
      version = amqp().requireLogin();
    }
    return new BrokerFacts("in-cluster", version);
  }

  @Override
  public Amqp amqp() {
    return new Amqp(new BrokerUrl(false, GUEST, GUEST, "localhost", forward.getLocalPort(), "/"));
  }

  @Override
  public BrokerUrl forPods() {
    return new BrokerUrl(false, GUEST, GUEST, SERVICE, BrokerUrl.DEFAULT_PORT, "/");
  }

  @Override
  public Depth depth(String queue) {
    return new Rabbitmqctl(this::run).depth("/", queue);
  }

  @Override
  public void close() {
    try {
      forward.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String run(String... command) {
    PodShell.Outcome outcome = shell.run(String.join(" ", command), ANSWER, command);
    if (outcome.code() != 0) {
      throw new EnvironmentTrouble(
          "%s failed in the broker's pod: %s".formatted(command[0], outcome.gist()));
    }
    return outcome.output();
  }
}
