package workqueue.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import workqueue.EnvironmentTrouble;

/**
 * All parameters of a run, validated.
 *
 * @param cluster which cluster
 * @param images of the generation that was chosen
 * @param clusterImage the image of the throwaway cluster's nodes
 * @param clusterNodes how many nodes the throwaway cluster has, 1 to 5
 * @param broker which broker; absent if not given, so that a suite has a default of its own
 * @param brokerImage the image of a broker that the harness starts
 * @param worker which worker
 * @param workerSeconds how long the tutorial's worker works on an item; absent if not given
 * @param queueArguments with which the queues of workers are declared: strings, longs and booleans
 * @param items how many items are put into the queue
 * @param completions of the Job
 * @param parallelism of the Job
 * @param scenarios which scenarios are to run; absent for all of the suite
 * @param repeat how often each scenario runs, at least once
 * @param keep when namespaces and containers are kept
 * @param timeoutScale multiplies every limit; above 0
 * @param patience how long a state that may pass by itself is waited for; absent if not given
 * @param registry a registry that the cluster pulls from; absent if not given
 * @param histories files and folders of recorded histories; empty if not given
 * @param chaosSeed of the first schedule of random faults; absent if not given
 * @param contract what is declared of the worker
 * @param costs whether it is measured what the worker costs
 * @param guest how the harness behaves on a cluster that exists
 */
public record Configuration(
    ClusterChoice cluster,
    Images images,
    String clusterImage,
    int clusterNodes,
    Optional<BrokerChoice> broker,
    String brokerImage,
    WorkerChoice worker,
    Optional<Duration> workerSeconds,
    Map<String, Object> queueArguments,
    int items,
    int completions,
    int parallelism,
    Optional<ScenarioChoice> scenarios,
    int repeat,
    Keep keep,
    double timeoutScale,
    Optional<Duration> patience,
    Optional<RegistryAddress> registry,
    List<Path> histories,
    Optional<Integer> chaosSeed,
    WorkerContract contract,
    CostChoice costs,
    GuestChoice guest) {

  public Configuration {
    Objects.requireNonNull(cluster);
    Objects.requireNonNull(images);
    Objects.requireNonNull(clusterImage);
    Objects.requireNonNull(broker);
    Objects.requireNonNull(brokerImage);
    Objects.requireNonNull(worker);
    Objects.requireNonNull(workerSeconds);
    queueArguments = Collections.unmodifiableMap(new TreeMap<>(queueArguments));
    Objects.requireNonNull(scenarios);
    Objects.requireNonNull(keep);
    Objects.requireNonNull(patience);
    Objects.requireNonNull(registry);
    histories = List.copyOf(histories);
    Objects.requireNonNull(chaosSeed);
    Objects.requireNonNull(contract);
    Objects.requireNonNull(costs);
    Objects.requireNonNull(guest);
    if (clusterNodes < 1 || items < 0 || completions < 0 || parallelism < 0 || repeat < 1) {
      throw new IllegalArgumentException("No number of a configuration is below its least.");
    }
    if (!(timeoutScale > 0)) {
      throw new IllegalArgumentException("Limits are stretched by more than 0.");
    }
  }

  /**
   * Reads the parameters that were given; for the others the defaults hold.
   *
   * @param given by name; names that do not begin with {@code wq.} are somebody else's
   * @param available the images that there are to choose from
   * @throws EnvironmentTrouble that lists everything wrong with the parameters at once
   */
  public static Configuration from(Map<String, String> given, AvailableImages available) {
    return new ConfigurationReader(given, available).read();
  }

  /**
   * How long a state that may pass by itself is waited for, before limits are stretched: on a
   * cluster that others use too, somebody may yet change it.
   */
  public Duration patienceOrDefault() {
    return patience.orElse(cluster.exists() ? Duration.ofMinutes(10) : Duration.ofSeconds(20));
  }

  /** The same, with this broker and this time of the worker for an item. */
  public Configuration with(BrokerChoice otherBroker, Duration seconds) {
    return new Configuration(
        cluster,
        images,
        clusterImage,
        clusterNodes,
        Optional.of(otherBroker),
        brokerImage,
        worker,
        Optional.of(seconds),
        queueArguments,
        items,
        completions,
        parallelism,
        scenarios,
        repeat,
        keep,
        timeoutScale,
        patience,
        registry,
        histories,
        chaosSeed,
        contract,
        costs,
        guest);
  }
}
