package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProductTest {
  private static ServerIdentity broker(String product) {
    return new ServerIdentity(product, "1", List.of());
  }

  @Test
  void isFoundByWhatABrokerSaysOfItself() {
    assertThat(Product.of(broker("RabbitMQ"))).isPresent();
    assertThat(Product.of(broker("Apache Qpid Broker-J Core"))).isEmpty();
    assertThat(Product.of(broker(""))).isEmpty();
  }
}
