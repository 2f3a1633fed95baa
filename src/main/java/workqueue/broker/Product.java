package workqueue.broker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A product of which more can be had than AMQP 0-9-1. Each has a package of its own, and is found
 * by its name in {@code META-INF/services}: the rest knows none.
 */
public interface Product {
  /** Whether a broker that says this of itself is one of it. */
  boolean isOf(ServerIdentity broker);

  /** The ports besides AMQP's by which it is administered. */
  List<Integer> ports();

  /** Files that its containers are started with, by their paths; others do not look there. */
  Map<String, String> files();

  /** The administration of such a broker; nothing is asked yet. */
  Administration administration(BrokerHost host, String user, String password);

  /** All that are known. */
  static List<Product> all() {
    return loaded().toList();
  }

  /** The product of a broker that says this of itself, if it is a known one. */
  static Optional<Product> of(ServerIdentity broker) {
    return loaded().filter(each -> each.isOf(broker)).findFirst();
  }

  private static Stream<Product> loaded() {
    return ServiceLoader.load(Product.class, Product.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get);
  }
}
