package workqueue.configuration;

import java.util.Objects;

/** Which broker the scenarios use. */
public sealed interface BrokerChoice {

  /** A container beside the cluster. */
  record Container() implements BrokerChoice {}

  /** A pod in the cluster, by the documented manifests. */
  record InCluster() implements BrokerChoice {}

  /** A broker that exists. */
  record Url(BrokerUrl address) implements BrokerChoice {
    public Url {
      Objects.requireNonNull(address);
    }
  }
}
