package workqueue.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionAttributed;
import workqueue.waiting.Sight;
import workqueue.wire.HeldConnection;
import workqueue.wire.Hold;
import workqueue.wire.Passing;
import workqueue.wire.WireTap;

/**
 * What passes between a scenario's workers and their broker: recorded, and held where one likes.
 */
public final class Wire {
  private static final Duration SOON = Duration.ofMinutes(2);

  private final ScenarioEnvironment environment;

  Wire(ScenarioEnvironment environment) {
    this.environment = environment;
  }

  /**
   * A connection that is held, and whose it is.
   *
   * @param pod the pod that made it
   */
  public record Caught(HeldConnection connection, PodRef pod) {

    /** Lets what was held back pass. */
    public void release() {
      connection.release();
    }

    /** Closes the connection towards both sides; what was held back is lost. */
    public void cut() {
      connection.cut();
    }
  }

  private WireTap tap() {
    return environment.tap();
  }

  /** From now on, holds the first connection on which this passes, right after it has passed. */
  public Hold holdAfter(Passing passing) {
    return tap().holdAfter(passing);
  }

  /** The same, holding what that side sends, or what both do. */
  public Hold holdAfter(Passing passing, Hold.Extent extent) {
    return tap().holdAfter(passing, extent);
  }

  /** From now on, holds the first connection on which this is about to pass, before it does. */
  public Hold holdBefore(Passing passing) {
    return tap().holdBefore(passing);
  }

  /**
   * Waits until a connection is held and it is known whose it is.
   *
   * @throws workqueue.waiting.WaitedInVain if that does not come within two minutes
   */
  public Caught await(Hold hold) {
    HeldConnection held =
        environment.patience().await("a connection to be held " + hold, SOON, hold.taken());
    PodRef pod =
        environment
            .patience()
            .await(
                "the pod of the held connection to be known",
                SOON,
                () ->
                    pod(environment.history(), held.connection())
                        .map(Sight::found)
                        .orElseGet(() -> Sight.notYet("not attributed yet")));
    return new Caught(held, pod);
  }

  private static Optional<PodRef> pod(History history, String connection) {
    return history
        .last(ConnectionAttributed.class, each -> each.connection().equals(connection))
        .map(Recorded::event)
        // Of one that was not found nothing is known, and many a pod has no address yet.
        .filter(origin -> !origin.pod().isEmpty() || !origin.address().isEmpty())
        .flatMap(
            origin ->
                Stream.concat(
                        history
                            .all(PodState.class, pod -> pod.pod().name().equals(origin.pod()))
                            .stream(),
                        history
                            .all(
                                PodState.class,
                                pod ->
                                    origin.pod().isEmpty()
                                        && pod.address().equals(origin.address()))
                            .stream())
                    .reduce((first, last) -> last))
        .map(each -> each.event().pod());
  }
}
