package workqueue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What this pattern asks of a worker, one demand each. */
public enum Rule {
  TAKES_ONE_ITEM(
      "takes exactly one item per run and holds no others",
      "what it holds besides waits for nothing, or is lost with it"),
  BOUNDS_ITS_PREFETCH(
      "asks for a bounded number of items at a time, and acks them",
      "what one consumer is given without a limit, all the others lack"),
  READS_ITEM_UNALTERED(
      "gets the bytes of items of the kinds that it declares as they were published",
      "an item that is cut off or decoded wrongly is worked on as another item"),
  READS_OTHER_PAYLOADS(
      "gets the bytes of items of all other kinds as well: several lines, binary, empty, 1 MiB",
      "one day somebody publishes such an item",
      true),
  ACKS_AFTER_SUCCESS(
      "acks only once the work is done: killed in mid-work its item comes back",
      "what was acked before is lost with the worker"),
  FAILURE_IS_NOT_SUCCESS(
      "does not pass an item off as processed that was not, by an ack or by a pod that succeeded",
      "the item is gone, or stays in the queue of a Job that is complete"),
  WAITS_ON_EMPTY_QUEUE(
      "waits where the queue is empty, as it declares",
      "a worker that ends there is counted as a success without an item"),
  ENDS_ON_EMPTY_QUEUE(
      "ends where the queue is empty, as it declares",
      "a worker that waits there keeps its Job from ever being complete"),
  SURVIVES_LATE_BROKER(
      "processes all items once the broker is there, however often it failed or tried before",
      "Job and broker start side by side"),
  SURVIVES_BROKER_RESTART(
      "processes all items though the broker is away for 5 s while it has one",
      "brokers are restarted, and what is durable outlives that"),
  FAILS_ON_MISSING_QUEUE(
      "exits non-zero where its queue does not exist",
      "a worker that waits there, or succeeds, hides that nobody will ever give it an item"),
  FAILS_ON_WRONG_PASSWORD(
      "exits non-zero where the broker refuses its login",
      "a worker that tries forever, or succeeds, hides that it may not have any item"),
  STOPS_IN_GRACE(
      "on SIGTERM finishes or gives its item back within the grace period",
      "what does not end then is killed, whatever it is about to do"),
  SURVIVES_POISON_ITEM(
      "processes the other items beside one that always fails",
      "one bad item must not take the others with it"),
  KEEPS_SECRETS("prints no password", "logs are read by more people than secrets are"),
  PROCESSES_EXACTLY_ONCE(
      "processes 24 items with a parallelism of 4, each once", "this is what the pattern is for"),
  RUNS_UNPRIVILEGED(
      "runs as a user other than root, on a read-only root file system, with no capabilities",
      "clusters that enforce the restricted profile admit nothing else",
      true),
  FITS_THE_NODES(
      "has an image that the nodes can run and whose tag says which one it is",
      "an untagged or latest image is another one tomorrow, and is pulled for every pod",
      true),
  BASELINE(
      "costs no more than it did, where wq.gate.baseline says how much; wq.gate.record writes that",
      "each item costs a pod, and what it costs besides its work is parallelism wasted"),
  AGAINST(
      "costs no more than the image of wq.gate.against, side by side",
      "what got slower or heavier is found before it is paid for with every item");

  private final String demand;
  private final String why;
  private final boolean advice;

  Rule(String demand, String why) {
    this(demand, why, false);
  }

  Rule(String demand, String why, boolean advice) {
    this.demand = demand;
    this.why = why;
    this.advice = advice;
  }

  /** The name that parameters and scenarios use, for example {@code takes-one-item}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the worker does, to be read after "the worker". */
  public String demand() {
    return demand;
  }

  /** Why that matters. */
  public String why() {
    return why;
  }

  /** Whether a violation is told and fails nothing, unless one asks for that. */
  public boolean advice() {
    return advice;
  }

  /** The rule of this name. */
  public static Optional<Rule> named(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }

  /** The names of all rules. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Rule::id).toList();
  }
}
