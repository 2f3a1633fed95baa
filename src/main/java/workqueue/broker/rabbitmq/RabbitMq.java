package workqueue.broker.rabbitmq;

import java.util.List;
import java.util.Map;
import workqueue.broker.Administration;
import workqueue.broker.BrokerHost;
import workqueue.broker.Product;
import workqueue.broker.ServerIdentity;

/** RabbitMQ, with its management plugin where the image has that. */
public final class RabbitMq implements Product {
  static final int MANAGEMENT_PORT = 15_672;

  /**
   * Each second queues and channels tell what they count, and each second that is gathered, which
   * is otherwise done every 5 s: without it the management API lags by more than 5 s.
   */
  private static final String STATISTICS =
      """
      collect_statistics_interval = 1000
      management.sample_retention_policies.global.minute = 1
      management.sample_retention_policies.basic.minute = 1
      management.sample_retention_policies.detailed.10 = 1
      """;

  private static final String STATISTICS_FILE = "/etc/rabbitmq/conf.d/90-statistics.conf";

  @Override
  public boolean isOf(ServerIdentity broker) {
    return broker.isRabbitMq();
  }

  @Override
  public List<Integer> ports() {
    return List.of(MANAGEMENT_PORT);
  }

  @Override
  public Map<String, String> files() {
    return Map.of(STATISTICS_FILE, STATISTICS);
  }

  @Override
  public Administration administration(BrokerHost host, String user, String password) {
    return new RabbitMqAdministration(host, user, password);
  }
}
