package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workqueue.Items;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.Event;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Recorded;
import workqueue.history.Source;

/** What was inferred is held against what the proof showed, and against that alone. */
class PredictionsTest {
  private static final GuestArrived QUICK = new GuestArrived("quick", "prod", "demo", 11, 4, null);
  private static final ObjectMade MADE =
      new ObjectMade("Service", "rabbitmq-service", "u1", 201, "", Map.of());

  private final Predictions predictions = new Predictions();

  @Test
  void whatNothingWasMadeForIsNotCounted() {
    predictions.add(visit(false, QUICK, pod("broker-pod", 201), pod("worker-pod", 201)));
    assertThat(predictions.lines()).hasSize(2);
  }

  @Test
  void aJobThatCompletesShowsWhetherThePodsWereAdmitted() {
    predictions.add(visit(true, QUICK, pod("broker-pod", 201), pod("worker-pod", 201), MADE));
    predictions.add(visit(true, QUICK, pod("broker-pod", 201), pod("worker-pod", 403), MADE));
    assertThat(predictions.lines()).contains("| `admission.pods` | 1 | 0 | 0 | 1 | 0 |");
  }

  @Test
  void aJobThatDoesNotCompleteLeavesItOpenOrConfirmsIt() {
    predictions.add(visit(false, QUICK, pod("broker-pod", 201), pod("worker-pod", 201), MADE));
    predictions.add(visit(false, QUICK, pod("broker-pod", 201), pod("worker-pod", 403), MADE));
    assertThat(predictions.lines()).contains("| `admission.pods` | 0 | 0 | 1 | 0 | 1 |");
  }

  private static DryRunAnswered pod(String part, int code) {
    String message = code == 403 ? "denied by somebody" : "";
    return new DryRunAnswered(
        part, "Pod", part, Map.of(), List.of(), code, "", message, List.of(), Map.of());
  }

  private static History visit(boolean completes, Event... events) {
    HistoryBuilder builder = new HistoryBuilder();
    for (Event each : events) {
      builder.add(Source.API, each);
    }
    History visit = builder.history();
    if (!completes) {
      return visit;
    }
    long last = events.length;
    List<Recorded<?>> all = new ArrayList<>(visit.events());
    for (Recorded<?> each : HistoryBuilder.soundRun(Items.ofTutorial()).history().events()) {
      all.add(new Recorded<>(++last, each.at(), each.source(), each.event()));
    }
    return new History(visit.header(), all);
  }
}
