package workqueue;

/** What brokers call themselves, where something hangs on it. */
public final class ProductName {
  public static final String RABBITMQ = "RabbitMQ";

  private ProductName() {}
}
