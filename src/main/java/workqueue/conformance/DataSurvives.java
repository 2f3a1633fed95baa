package workqueue.conformance;

import java.time.Duration;
import java.util.List;
import workqueue.waiting.Sight;

/** An item that is in the queue while the broker's container ends and comes again. */
final class DataSurvives implements Trial {
  private static final Duration PUT = Duration.ofMinutes(2);
  private static final Duration AGAIN = Duration.ofMinutes(3);
  private static final Duration DRAINED = Duration.ofMinutes(5);

  @Override
  public String check() {
    return "broker.data-survives-container";
  }

  @Override
  public void run(OwnObjects own, Parts parts) {
    own.passingProbe(parts.putting(List.of("quince")), PUT);
    if (!own.streams().end(parts.brokerPod())) {
      return;
    }
    own.patience()
        .await(
            "the broker's container to run again",
            AGAIN,
            OwnObjects.BETWEEN_LOOKS,
            () -> {
              own.look().look();
              return Sight.when(
                  own.look().pod(parts.brokerPod()).stream()
                      .flatMap(each -> each.getStatus().getContainerStatuses().stream())
                      .anyMatch(
                          each ->
                              each.getRestartCount() > 0 && each.getState().getRunning() != null),
                  "it does not");
            });
    own.passingProbe(parts.drainingScout(PUT), DRAINED);
  }
}
