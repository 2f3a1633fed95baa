package workqueue.broker;

/**
 * What a broker says of itself.
 *
 * @param kind {@code container}, {@code in-cluster} or {@code existing}
 * @param identity its product and version
 */
public record BrokerFacts(String kind, ServerIdentity identity) {}
