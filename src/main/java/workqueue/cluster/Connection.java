package workqueue.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** How the client speaks to any API server. */
final class Connection {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 20_000;

  private Connection() {}

  /** The configuration with limits that suit a test: a server that is away is told in seconds. */
  static Config tuned(Config config) {
    return new ConfigBuilder(config)
        .withConnectionTimeout(CONNECT_MILLIS)
        .withRequestTimeout(REQUEST_MILLIS)
        .withRequestRetryBackoffLimit(1)
        .withWatchReconnectInterval(200)
        .build();
  }
}
