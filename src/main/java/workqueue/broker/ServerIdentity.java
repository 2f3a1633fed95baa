package workqueue.broker;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import workqueue.ProductName;

/**
 * What a broker says of itself when a client connects.
 *
 * @param product for example {@code RabbitMQ}; empty if it does not say
 * @param version of the product; empty if it does not say
 * @param capabilities the extensions of AMQP 0-9-1 that it declares, in the order of the alphabet
 */
public record ServerIdentity(String product, String version, List<String> capabilities) {
  public ServerIdentity {
    capabilities = List.copyOf(capabilities);
  }

  /** Out of the properties that a broker sends with its greeting. */
  static ServerIdentity of(Map<String, Object> properties) {
    TreeSet<String> capabilities = new TreeSet<>();
    if (properties.get("capabilities") instanceof Map<?, ?> declared) {
      declared.forEach(
          (name, has) -> {
            if (Boolean.TRUE.equals(has)) {
              capabilities.add(name.toString());
            }
          });
    }
    return new ServerIdentity(
        text(properties.get("product")),
        text(properties.get("version")),
        List.copyOf(capabilities));
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  /** Whether it is a RabbitMQ, with its management and its own commands. */
  public boolean isRabbitMq() {
    return product.equals(ProductName.RABBITMQ);
  }

  @Override
  public String toString() {
    return (product.isEmpty() ? "a broker without a name" : product)
        + (version.isEmpty() ? "" : " " + version);
  }
}
