package workqueue.fault;

import java.time.Duration;
import workqueue.EnvironmentTrouble;
import workqueue.broker.ContainerBroker;
import workqueue.broker.InClusterBroker;
import workqueue.history.PodRef;

/** Faults of a scenario's own broker, in a container or a pod, and of queues wherever they are. */
public final class BrokerFaults {
  private static final String BROKER = "broker";

  private final Site site;
  private final Strikes strikes;
  private final ContainerFaults containers;

  BrokerFaults(Site site, Strikes strikes, ContainerFaults containers) {
    this.containers = containers;
    this.site = site;
    this.strikes = strikes;
  }

  /** Stops it as an administrator would; healing starts it again. */
  public Fault stop() {
    ContainerBroker broker = own();
    return strikes.lasting(
        Kind.STOP_BROKER,
        BROKER,
        "shut down",
        () -> {
          broker.stop();
          return "its container has ended";
        },
        () -> startAgain(broker));
  }

  /**
   * Stops it, starts it again and waits until it answers.
   *
   * @param outage from its end to its start; in the cluster its kubelet decides on that
   */
  public Fault restart(Duration outage) {
    if (site.broker() instanceof InClusterBroker broker) {
      return strikes.once(
          Kind.STOP_BROKER,
          BROKER,
          "shut down in its pod",
          () -> {
            broker.restart();
            return "its kubelet started it again, and it answers";
          });
    }
    Fault fault = stop().lasting(outage);
    fault.heal();
    return fault;
  }

  /**
   * Ends its processes at once. Healing starts it again; in the cluster its kubelet does, and
   * healing waits until it answers.
   */
  public Fault kill() {
    if (site.broker() instanceof InClusterBroker broker) {
      return containers.kill(
          Kind.KILL_BROKER,
          BROKER,
          podOf(broker),
          () -> {
            broker.awaitAnswer();
            return "it answers";
          });
    }
    ContainerBroker broker = own();
    return strikes.lasting(
        Kind.KILL_BROKER,
        BROKER,
        "SIGKILL",
        () -> {
          broker.kill();
          return "its container has ended";
        },
        () -> startAgain(broker));
  }

  /**
   * Deletes its pod, with the grace that it asks for; healing waits until a new one answers.
   *
   * @throws EnvironmentTrouble if it is not in the cluster
   */
  public Fault deletePod() {
    if (!(site.broker() instanceof InClusterBroker broker)) {
      throw new EnvironmentTrouble(inNoPod());
    }
    PodRef pod = podOf(broker);
    return strikes.lasting(
        Kind.DELETE_BROKER_POD,
        BROKER,
        "pod " + pod.name(),
        () -> {
          site.namespace()
              .client()
              .pods()
              .inNamespace(pod.namespace())
              .withName(pod.name())
              .delete();
          return "the API accepted it";
        },
        () -> {
          broker.follow();
          return "pod " + broker.pod() + " answers";
        });
  }

  static String inNoPod() {
    return """
        The broker runs in no pod that could be deleted.
        Remedy: @Scenario(brokerInCluster = true), or broker().kill().""";
  }

  private PodRef podOf(InClusterBroker broker) {
    String namespace = site.namespace().name();
    String uid =
        site.namespace()
            .client()
            .pods()
            .inNamespace(namespace)
            .withName(broker.pod())
            .require()
            .getMetadata()
            .getUid();
    return new PodRef(namespace, broker.pod(), uid);
  }

  /** Freezes its processes: connections stay and nobody answers; healing has them go on. */
  public Fault pause() {
    ContainerBroker broker = own();
    return strikes.lasting(
        Kind.PAUSE_BROKER,
        BROKER,
        "its container is paused",
        () -> {
          broker.pause();
          return "the engine calls it paused";
        },
        () -> {
          broker.unpause();
          broker.awaitAnswer();
          return "it answers";
        });
  }

  /**
   * Raises its memory alarm, so that it reads nothing more from whoever publishes; healing gives
   * back the memory that it might use before.
   */
  public Fault memoryAlarm() {
    ContainerBroker broker = own();
    String before = broker.memoryHighWatermark();
    return strikes.lasting(
        Kind.MEMORY_ALARM,
        BROKER,
        "memory high watermark 0 instead of " + before,
        () -> {
          broker.memoryHighWatermark("0");
          return "it accepted the watermark";
        },
        () -> {
          broker.memoryHighWatermark(before);
          return "memory high watermark " + before;
        });
  }

  /**
   * Closes all connections to it, also those whose other ends are gone: what their clients held
   * returns to its queue. Those of workers to a broker without management are reset on the wire.
   */
  public Fault dropConnections() {
    ContainerBroker broker = own();
    if (!broker.isManaged()) {
      return strikes.once(
          Kind.DROP_CONNECTIONS,
          BROKER,
          "all connections of workers, on the wire",
          () -> {
            site.tap().resetAll();
            return "their sockets are reset";
          });
    }
    return strikes.once(
        Kind.DROP_CONNECTIONS,
        BROKER,
        "connection.close to all",
        () -> {
          broker.dropConnections("a fault of the scenario");
          return "the broker confirmed it";
        });
  }

  /** Deletes a queue with all that is in it, consumers or not. */
  public Fault delete(String queue) {
    return strikes.once(
        Kind.DELETE_QUEUE,
        queue,
        "queue.delete",
        () -> {
          site.broker().amqp().delete(queue);
          return "the broker confirmed it";
        });
  }

  /** Throws away the messages of a queue that are ready. */
  public Fault purge(String queue) {
    return strikes.once(
        Kind.PURGE_QUEUE,
        queue,
        "queue.purge",
        () -> {
          site.broker().amqp().purge(queue);
          return "the broker confirmed it";
        });
  }

  private static String startAgain(ContainerBroker broker) {
    broker.startAgain();
    return "it answers";
  }

  private ContainerBroker own() {
    return site.ownBroker().orElseThrow(() -> new EnvironmentTrouble(notItsOwn()));
  }

  static String notItsOwn() {
    return """
        The broker is not this scenario's own, so it is not touched.
        Remedy: @Scenario(ownBroker = true) gives it one in a container of its own.""";
  }
}
