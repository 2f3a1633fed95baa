package workqueue.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import workqueue.Item;
import workqueue.tutorial.JobDefinition;

/** The work of one scenario: queues that are filled, and Jobs that work on them. */
public final class Workload {
  private final Surroundings place;
  private final List<RunningJob> jobs = new ArrayList<>();

  public Workload(Surroundings place) {
    this.place = place;
  }

  /** Declares a durable queue that is watched from now on. */
  public String declare(String queue) {
    place.broker().amqp().declare(queue);
    place.watch(queue);
    return queue;
  }

  /** Declares the queue and publishes the items to it. */
  public String fill(String queue, List<Item> items) {
    declare(queue);
    add(queue, items);
    return queue;
  }

  /** Publishes more items to a queue that is there. */
  public void add(String queue, List<Item> items) {
    place.publish(queue, items);
  }

  /** Runs the documented Job on the queue. */
  public RunningJob run(String queue) {
    return run(queue, spec -> spec);
  }

  /**
   * Runs the documented Job on the queue with changes.
   *
   * <p>The first Job of a scenario is {@code job-wq-1}, the next {@code job-wq-2}.
   *
   * @param queue that its workers are told; it need not be there
   */
  public RunningJob run(String queue, UnaryOperator<JobDefinition> change) {
    place.watch(queue);
    JobDefinition definition =
        change.apply(place.job().name("job-wq-" + (jobs.size() + 1)).environment("QUEUE", queue));
    place.namespace().client().resource(definition.toJob()).create();
    RunningJob job = new RunningJob(place, definition.name());
    jobs.add(job);
    return job;
  }

  /** Has a stranger consume from the queue: it takes one message and keeps it. */
  public void intrudeOn(String queue) {
    place.injects("foreign-consumer", queue);
    place.closesLater(place.broker().amqp().hold(queue, 1));
  }

  /** The way that leads pods to a broker beside the cluster. */
  public BrokerRoute route() {
    return new BrokerRoute(place);
  }

  /** Limits what the namespace may hold, for example {@code pods} to {@code 0}. */
  public void limit(String resource, String most) {
    Quota.set(place.namespace(), Map.of(resource, most), place.patience());
  }
}
