package workqueue.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Cluster.Reach;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.QueueContract;
import workqueue.waiting.Patience;

/**
 * A broker that exists, by its URL: in its vhost nothing is touched but the documented queues,
 * which must not be there before and are gone afterwards, and, on another than RabbitMQ, a queue
 * that is gone with its connection.
 */
public final class ExistingBroker implements Broker {
  private static final List<String> QUEUES = List.of("foo", "job1");

  private final Set<String> declared = ConcurrentHashMap.newKeySet();
  private final Set<String> exchanges = ConcurrentHashMap.newKeySet();
  private final BrokerUrl url;
  private final String service;
  private final Amqp.Known known;
  private final Patience patience;

  /**
   * Logs in, then leads the Service of this name, in the namespace, to the broker.
   *
   * @throws EnvironmentTrouble if the broker does not let one in
   */
  public ExistingBroker(
      BrokerUrl url, ScenarioNamespace namespace, String service, Patience patience) {
    this.service = service;
    this.patience = patience;
    this.url = url;
    Amqp login = new Amqp(url, false, patience);
    login.requireLogin();
    QUEUES.forEach(this::requireAbsent);
    this.known = login.learn();
    BrokerService.lead(namespace, service, new Reach(resolved(url.host()), url.port()));
  }

  @Override
  public BrokerFacts facts() {
    return new BrokerFacts("existing", known.identity());
  }

  @Override
  public Amqp amqp() {
    return new Amqp(url, known.countsHeld(), patience);
  }

  @Override
  public BrokerUrl forPods() {
    return url.at(service, BrokerUrl.DEFAULT_PORT);
  }

  /**
   * Declares a queue that was not there before, so that it may be removed afterwards.
   *
   * @throws EnvironmentTrouble if it was
   */
  @Override
  public void declare(String queue, boolean durable, Map<String, Object> arguments) {
    if (!QUEUES.contains(queue) && !declared.contains(queue)) {
      requireAbsent(queue);
    }
    declared.add(queue);
    amqp().declare(queue, durable, arguments);
  }

  /** An exchange that was there stays; one that was not is gone afterwards. */
  @Override
  public void bind(String queue, QueueContract.Feed feed) {
    if (!exchanges.contains(feed.exchange()) && !amqp().hasExchange(feed.exchange())) {
      exchanges.add(feed.exchange());
    }
    amqp().bind(queue, feed);
  }

  /** Removes the queues and exchanges that were not there before. */
  @Override
  public void close() {
    exchanges.forEach(amqp()::deleteExchange);
    Stream.concat(QUEUES.stream(), declared.stream().filter(queue -> !QUEUES.contains(queue)))
        .filter(queue -> amqp().peek(queue).isPresent())
        .forEach(amqp()::delete);
  }

  private void requireAbsent(String queue) {
    if (new Amqp(url).peek(queue).isPresent()) {
      throw new EnvironmentTrouble(
          """
          The broker %s has a queue "%s" already, and the harness would declare and empty \
          one of that name.
          Remedy: name a vhost without it in -Dwq.broker=<URL>, or delete the queue."""
              .formatted(url, queue));
    }
  }

  private static String resolved(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException unknown) {
      throw new EnvironmentTrouble("There is no host " + host + ".", unknown);
    }
  }
}
