package workqueue.broker;

/**
 * What a broker says of itself.
 *
 * @param kind {@code container}, {@code in-cluster} or {@code existing}
 * @param version of RabbitMQ, for example {@code 4.3.1}
 */
public record BrokerFacts(String kind, String version) {}
