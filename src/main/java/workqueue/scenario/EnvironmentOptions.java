package workqueue.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import workqueue.Rule;
import workqueue.configuration.QueueContract;
import workqueue.gate.Specimen;
import workqueue.gate.Trials;

/**
 * How a scenario wants its environment; it is not changed once that is open.
 *
 * @param tapped whether what passes between workers and broker goes through a wire tap, if pods
 *     reach this JVM
 * @param counting whether the final state has the broker's own counters, which takes 2.2 s more
 * @param weighing whether it is recorded what pods use, and in the end how large their images are
 * @param durableQueues whether workers' queues outlive their broker
 * @param queueArguments with which queues are declared, besides those of the run
 * @param feed the exchange that feeds workers' queues; empty if they are fed by their names
 * @param end how long the end of a Job without pods is waited for; empty for what is usual
 * @param patience how long a state that may pass by itself is waited for; empty for the run's
 */
record EnvironmentOptions(
    boolean tapped,
    boolean counting,
    boolean weighing,
    boolean durableQueues,
    Map<String, Object> queueArguments,
    Optional<QueueContract.Feed> feed,
    Optional<Duration> end,
    Optional<Duration> patience) {

  EnvironmentOptions {
    queueArguments = Map.copyOf(queueArguments);
  }

  /** What is usual. */
  static EnvironmentOptions usual(boolean tapped) {
    return new EnvironmentOptions(
        tapped, false, false, true, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** For a look at the worker of the gate. */
  static EnvironmentOptions of(QueueContract queue) {
    return of(queue, false, false);
  }

  /** For the trial of a rule at the gate. */
  static EnvironmentOptions of(QueueContract queue, Rule rule) {
    return of(queue, Trials.counts(rule), Trials.weighs(rule));
  }

  private static EnvironmentOptions of(QueueContract queue, boolean counting, boolean weighing) {
    return new EnvironmentOptions(
        true,
        counting,
        weighing,
        queue.durable(),
        Map.of(),
        queue.feed(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, with a record of what pods use. */
  EnvironmentOptions weighed() {
    return new EnvironmentOptions(
        tapped, counting, true, durableQueues, queueArguments, feed, end, patience);
  }

  /** The same, with another patience than the run's. */
  EnvironmentOptions patientFor(Duration longest) {
    return new EnvironmentOptions(
        tapped, counting, weighing, durableQueues, queueArguments, feed, end, Optional.of(longest));
  }

  /** For the trial of a specimen: what a mutant does is told by the broker's own figures too. */
  static EnvironmentOptions of(Specimen specimen) {
    Specimen.Setup setup = specimen.setup();
    return new EnvironmentOptions(
        true,
        true,
        Trials.weighs(specimen.rule()),
        setup.queue().durable(),
        setup.queueArguments(),
        setup.queue().feed(),
        setup.limit(),
        setup.patience());
  }
}
