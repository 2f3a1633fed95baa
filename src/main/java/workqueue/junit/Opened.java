package workqueue.junit;

import java.util.Optional;
import workqueue.broker.Broker;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Cluster;
import workqueue.cluster.ScenarioNamespace;
import workqueue.observer.BrokerWatch;
import workqueue.observer.Observation;
import workqueue.waiting.Patience;
import workqueue.wire.WireTap;

/** What a scenario has from its first use of them on: its namespace with its broker, watched. */
record Opened(
    Cluster cluster,
    ScenarioNamespace namespace,
    Broker broker,
    Optional<ContainerBroker> ownBroker,
    Optional<WireTap> tap,
    Observation observation,
    BrokerWatch depths,
    String image,
    Patience patience) {}
