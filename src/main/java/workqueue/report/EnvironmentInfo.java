package workqueue.report;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import workqueue.Counted;
import workqueue.history.Environment;

/**
 * Where a scenario ran.
 *
 * @param cluster the cluster, or null if the scenario never got one
 * @param broker the broker, or null if the scenario never got one
 * @param worker the worker, or null if the scenario needed none
 */
public record EnvironmentInfo(Cluster cluster, Broker broker, Worker worker) {

  /** Nothing of the environment is known. */
  public static final EnvironmentInfo NONE = new EnvironmentInfo(null, null, null);

  /** What a history says of where it was recorded. */
  public static EnvironmentInfo of(Environment recorded) {
    Environment.Cluster cluster = recorded.cluster();
    Environment.Broker broker = recorded.broker();
    Environment.Worker worker = recorded.worker();
    return new EnvironmentInfo(
        cluster.kind().isEmpty()
            ? null
            : new Cluster(
                cluster.kind(), cluster.distribution(), cluster.version(), cluster.nodes()),
        broker.kind().isEmpty()
            ? null
            : new Broker(broker.kind(), broker.version(), broker.product(), Map.of()),
        worker.image().isEmpty() ? null : new Worker(worker.image(), worker.digest()));
  }

  /**
   * The cluster.
   *
   * @param kind where it came from, for example {@code throwaway}
   * @param distribution for example {@code k3s}; null if it cannot be told
   * @param version the API server's version, for example {@code v1.36.2}
   * @param nodes how many nodes it has; null where they were not looked at
   */
  public record Cluster(String kind, String distribution, String version, Integer nodes) {
    public Cluster {
      named("cluster's kind", kind);
      distribution = said(distribution);
      version = said(version);
      if (nodes != null && nodes < 1) {
        throw new IllegalArgumentException("A cluster has at least one node, not " + nodes + ".");
      }
    }
  }

  /**
   * The broker.
   *
   * @param kind where it runs, for example {@code container}
   * @param version what it calls itself, for example {@code 4.3.1}; null if it did not say
   * @param product for example {@code RabbitMQ}; null if it did not say
   * @param queueArguments with which the queues of workers were to be declared
   */
  public record Broker(
      String kind, String version, String product, Map<String, Object> queueArguments) {
    public Broker {
      named("broker's kind", kind);
      version = said(version);
      product = said(product);
      queueArguments = Collections.unmodifiableMap(new TreeMap<>(queueArguments));
    }
  }

  /**
   * The worker's image.
   *
   * @param image its reference
   * @param digest {@code sha256:…}; null if it has none
   */
  public record Worker(String image, String digest) {
    public Worker {
      named("worker's image", image);
      digest = said(digest);
    }
  }

  /** In words, by what they are of: {@code Kubernetes}, the broker's product, {@code worker}. */
  Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    if (cluster != null) {
      words.put(
          "Kubernetes",
          "%s%s, %s%s"
              .formatted(
                  cluster.version() == null ? "of a version that is not known" : cluster.version(),
                  cluster.distribution() == null ? "" : " (" + cluster.distribution() + ")",
                  cluster.kind().equals("throwaway")
                      ? "a throwaway cluster"
                      : "a cluster that exists",
                  cluster.nodes() == null ? "" : ", " + Counted.of(cluster.nodes(), "node")));
    }
    if (broker != null) {
      words.put(
          broker.product() == null ? "broker" : broker.product(),
          "%s, %s"
              .formatted(
                  broker.version() == null ? "of a version that is not known" : broker.version(),
                  broker.kind()));
    }
    if (worker != null) {
      words.put("worker", worker.image());
    }
    return words;
  }

  private static void named(String what, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("The " + what + " is not known.");
    }
  }

  /** What says nothing is left out of the result. */
  private static String said(String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
