package workqueue.history;

/** Where a history was recorded. */
public record Environment(Cluster cluster, Broker broker, Worker worker) {
  public Environment {
    cluster = cluster == null ? new Cluster("", "", "", null) : cluster;
    broker = broker == null ? new Broker("", "", "") : broker;
    worker = worker == null ? new Worker("", "") : worker;
  }

  /** An environment of which nothing is known. */
  public static Environment unknown() {
    return new Environment(null, null, null);
  }

  /**
   * The cluster.
   *
   * @param kind {@code throwaway} or {@code existing}
   * @param nodes null if not known
   */
  public record Cluster(String kind, String distribution, String version, Integer nodes) {
    public Cluster {
      kind = Text.clean(kind);
      distribution = Text.clean(distribution);
      version = Text.clean(version);
    }
  }

  /**
   * The broker.
   *
   * @param kind {@code container}, {@code in-cluster} or {@code existing}
   * @param product empty in recordings from before it was recorded, which are of RabbitMQ
   */
  public record Broker(String kind, String version, String product) {
    public Broker {
      kind = Text.clean(kind);
      version = Text.clean(version);
      product = Text.clean(product);
    }
  }

  /** The worker's image and its digest. */
  public record Worker(String image, String digest) {
    public Worker {
      image = Text.clean(image);
      digest = Text.clean(digest);
    }
  }
}
