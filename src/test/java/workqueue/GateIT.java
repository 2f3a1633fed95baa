package workqueue;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import workqueue.junit.Precondition;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Gate;

/** Holds the worker under test against each rule of this pattern. */
@WorkQueueTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GateIT {

  @Precondition(
      value = "gate.preflight",
      title = "The worker takes an item of the queue that it is given")
  static void preflight(Gate gate) {
    gate.preflight();
  }

  @Scenario(
      value = "gate.takes-one-item",
      title = "The worker takes exactly one item per run and holds no others")
  void takesOneItem(Gate gate) {
    gate.holds(Rule.TAKES_ONE_ITEM);
  }

  @Scenario(
      value = "gate.bounds-its-prefetch",
      title = "The worker asks for a bounded number of items at a time, and acks them")
  void boundsItsPrefetch(Gate gate) {
    gate.holds(Rule.BOUNDS_ITS_PREFETCH);
  }

  @Scenario(
      value = "gate.reads-item-unaltered",
      title =
          "The worker gets the bytes of items of the kinds that it declares as they were published")
  void readsItemUnaltered(Gate gate) {
    gate.holds(Rule.READS_ITEM_UNALTERED);
  }

  @Scenario(
      value = "gate.reads-other-payloads",
      title =
          "The worker gets the bytes of items of all other kinds as well: several lines, binary, empty, 1 MiB")
  void readsOtherPayloads(Gate gate) {
    gate.holds(Rule.READS_OTHER_PAYLOADS);
  }

  @Scenario(
      value = "gate.failure-is-not-success",
      title =
          "The worker does not pass an item off as processed that was not, by an ack or by a pod that"
              + " succeeded")
  void failureIsNotSuccess(Gate gate) {
    gate.holds(Rule.FAILURE_IS_NOT_SUCCESS);
  }

  @Scenario(
      value = "gate.waits-on-empty-queue",
      title = "The worker waits where the queue is empty, as it declares")
  void waitsOnEmptyQueue(Gate gate) {
    gate.holds(Rule.WAITS_ON_EMPTY_QUEUE);
  }

  @Scenario(
      value = "gate.ends-on-empty-queue",
      title = "The worker ends where the queue is empty, as it declares")
  void endsOnEmptyQueue(Gate gate) {
    gate.holds(Rule.ENDS_ON_EMPTY_QUEUE);
  }

  @Scenario(
      value = "gate.survives-late-broker",
      title =
          "The worker processes all items once the broker is there, however often it failed or tried before")
  void survivesLateBroker(Gate gate) {
    gate.holds(Rule.SURVIVES_LATE_BROKER);
  }

  @Scenario(
      value = "gate.fails-on-missing-queue",
      title = "The worker exits non-zero where its queue does not exist")
  void failsOnMissingQueue(Gate gate) {
    gate.holds(Rule.FAILS_ON_MISSING_QUEUE);
  }

  @Scenario(
      value = "gate.fails-on-wrong-password",
      title = "The worker exits non-zero where the broker refuses its login")
  void failsOnWrongPassword(Gate gate) {
    gate.holds(Rule.FAILS_ON_WRONG_PASSWORD);
  }

  @Scenario(
      value = "gate.survives-poison-item",
      title = "The worker processes the other items beside one that always fails")
  void survivesPoisonItem(Gate gate) {
    gate.holds(Rule.SURVIVES_POISON_ITEM);
  }

  @Scenario(value = "gate.keeps-secrets", title = "The worker prints no password")
  void keepsSecrets(Gate gate) {
    gate.holds(Rule.KEEPS_SECRETS);
  }

  // First, since a fault that it shows need not be told by the others.
  @Order(1)
  @Scenario(
      value = "gate.processes-exactly-once",
      title = "The worker processes 24 items with a parallelism of 4, each once")
  void processesExactlyOnce(Gate gate) {
    gate.holds(Rule.PROCESSES_EXACTLY_ONCE);
  }

  @Scenario(
      value = "gate.runs-unprivileged",
      title =
          "The worker runs as a user other than root, on a read-only root file system, with no capabilities")
  void runsUnprivileged(Gate gate) {
    gate.holds(Rule.RUNS_UNPRIVILEGED);
  }

  @Scenario(
      value = "gate.fits-the-nodes",
      title = "The worker has an image that the nodes can run and whose tag says which one it is")
  void fitsTheNodes(Gate gate) {
    gate.holds(Rule.FITS_THE_NODES);
  }

  @Scenario(
      value = "gate.acks-after-success",
      title = "The worker acks only once the work is done: killed in mid-work its item comes back")
  void acksAfterSuccess(Gate gate) {
    gate.holds(Rule.ACKS_AFTER_SUCCESS);
  }

  @Scenario(
      value = "gate.stops-in-grace",
      title = "The worker on SIGTERM finishes or gives its item back within the grace period")
  void stopsInGrace(Gate gate) {
    gate.holds(Rule.STOPS_IN_GRACE);
  }

  @Scenario(
      value = "gate.survives-broker-restart",
      title = "The worker processes all items though the broker is away for 5 s while it has one",
      ownBroker = true)
  void survivesBrokerRestart(Gate gate) {
    gate.holds(Rule.SURVIVES_BROKER_RESTART);
  }
}
