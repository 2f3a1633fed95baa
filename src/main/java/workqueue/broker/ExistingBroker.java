package workqueue.broker;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * which must not be there before and are gone afterwards, and queues of the harness' own that are
 * gone with their connections.
 *
 * <p>Workers reach it through the Service of the documented name; with TLS by the host of the URL,
 * which its certificate is for.
 */
public final class ExistingBroker implements Broker {
  private static final List<String> QUEUES = List.of("foo", "job1");

  private final Set<String> declared = ConcurrentHashMap.newKeySet();
  private final Set<String> exchanges = ConcurrentHashMap.newKeySet();
  private final BrokerUrl url;
  private final String service;
  private final Authorities authorities;
  private final String address;
  private final Amqp.Known known;
  private final Patience patience;

  /**
   * Logs in, then leads the Service of this name, in the namespace, to the broker.
   *
   * @param authorities whom it must have its certificate from, with TLS
   * @throws EnvironmentTrouble if it cannot be used, as {@link #require} says it
   */
  public ExistingBroker(
      BrokerUrl url,
      Authorities authorities,
      ScenarioNamespace namespace,
      String service,
      Patience patience) {
    this.service = service;
    this.patience = patience;
    this.url = url;
    this.authorities = authorities;
    Amqp login = new Amqp(url, authorities, Optional.empty(), patience);
    this.known = login.learn();
    requireQueues(login);
    this.address = resolved(url.host());
    BrokerService.lead(namespace, service, new Reach(address, url.port()));
    authorities.pem().ifPresent(pem -> AuthorityFile.give(namespace, pem));
  }

  /**
   * Makes sure that the broker can be used.
   *
   * @throws EnvironmentTrouble if it does not let one in, has one of the documented queues already,
   *     or lets nobody of this login declare them
   */
  public static void require(BrokerUrl url, Authorities authorities) {
    Amqp login = new Amqp(url, authorities);
    login.requireLogin();
    requireQueues(login);
  }

  private static void requireQueues(Amqp login) {
    QUEUES.forEach(queue -> requireAbsent(login, queue));
    QUEUES.forEach(login::requireMayDeclare);
  }

  @Override
  public BrokerFacts facts() {
    return new BrokerFacts("existing", known.identity());
  }

  @Override
  public Amqp amqp() {
    return new Amqp(url, authorities, Optional.of(known), patience);
  }

  @Override
  public BrokerUrl forPods() {
    return isBehindService() ? url.at(service, BrokerUrl.DEFAULT_PORT) : url;
  }

  @Override
  public boolean isBehindService() {
    return !url.tls();
  }

  @Override
  public String service() {
    return service;
  }

  /** With TLS: the host's address, which the cluster's DNS need not know, and the authorities. */
  @Override
  public PodSpec reachedBy(PodSpec pod) {
    if (isBehindService()) {
      return pod;
    }
    PodSpec reaching =
        url.host().equals(address)
            ? pod
            : new PodSpecBuilder(pod)
                .addNewHostAlias()
                .withIp(address)
                .withHostnames(url.host())
                .endHostAlias()
                .build();
    return authorities.file().isPresent() ? AuthorityFile.mountedIn(reaching) : reaching;
  }

  /**
   * Declares a queue that was not there before, so that it may be removed afterwards.
   *
   * @throws EnvironmentTrouble if it was
   */
  @Override
  public void declare(String queue, boolean durable, Map<String, Object> arguments) {
    if (!QUEUES.contains(queue) && !declared.contains(queue)) {
      requireAbsent(amqp(), queue);
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

  private static void requireAbsent(Amqp login, String queue) {
    if (login.peek(queue).isPresent()) {
      throw new EnvironmentTrouble(
          """
          The broker %s has a queue "%s" already, and the harness would declare and empty \
          one of that name.
          Remedy: name a vhost without it in -Dwq.broker=<URL>, or delete the queue."""
              .formatted(login.url(), queue));
    }
  }

  private static String resolved(String host) {
    try {
      return NetUtil.toAddressString(InetAddress.getByName(host));
    } catch (UnknownHostException unknown) {
      throw new EnvironmentTrouble("There is no host " + host + ".", unknown);
    }
  }
}
