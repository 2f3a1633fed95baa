package workqueue.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;

/**
 * A broker that exists, by its URL: in its vhost nothing is touched but the queues that a scenario
 * declares.
 */
public final class ExistingBroker implements Broker {
  private final BrokerUrl url;
  private final String version;

  /**
   * Logs in, then leads the namespace's Service to the broker.
   *
   * @throws EnvironmentTrouble if the broker does not let one in
   */
  public ExistingBroker(BrokerUrl url, ScenarioNamespace namespace) {
    this.url = url;
    this.version = new Amqp(url).requireLogin();
    BrokerService.lead(namespace, new Reach(resolved(url.host()), url.port()));
  }

  @Override
  public BrokerFacts facts() {
    return new BrokerFacts("existing", version);
  }

  @Override
  public Amqp amqp() {
    return new Amqp(url);
  }

  @Override
  public BrokerUrl forPods() {
    return url.at(SERVICE, BrokerUrl.DEFAULT_PORT);
  }

  @Override
  public Depth depth(String queue) {
    return amqp()
        .peek(queue)
        .orElseThrow(() -> new EnvironmentTrouble("The broker has no queue " + queue + "."));
  }

  @Override
  public void close() {
    // nothing of it is the run's own
  }

  private static String resolved(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException unknown) {
      throw new EnvironmentTrouble("There is no host " + host + ".", unknown);
    }
  }
}
