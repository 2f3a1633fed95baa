package workqueue.configuration;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Which broker the scenarios use. */
public sealed interface BrokerChoice {

  /** A container beside the cluster. */
  record Container() implements BrokerChoice {}

  /** A pod in the cluster, by the documented manifests. */
  record InCluster() implements BrokerChoice {}

  /**
   * A broker that exists.
   *
   * @param authorities a file of certificates in PEM: whom it has its own from; empty for those
   *     that are trusted anyway
   */
  record Url(BrokerUrl address, Optional<Path> authorities) implements BrokerChoice {
    public Url {
      Objects.requireNonNull(address);
      Objects.requireNonNull(authorities);
    }

    public Url(BrokerUrl address) {
      this(address, Optional.empty());
    }
  }
}
