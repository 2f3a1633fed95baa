package workqueue.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.Item;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;
import workqueue.history.Source;

class DrawingTest {
  static final Path RACE = Path.of("fixtures/examples/race.ndjson");

  @Test
  void showsTheRaceBetweenAckAndExit() {
    Timeline race = Drawing.of(HistoryFile.read(RACE));
    Timeline.Lane pod = lane(race, "pods", "job-wq-1-bm6nj");
    Timeline.Span held =
        pod.spans().stream().filter(each -> each.state().equals("held")).findFirst().orElseThrow();
    double acked = firstMark(pod, "acked").at();
    double struck = lastMark(lane(race, "struck", "kill-container job-wq-1-bm6nj"), "fault").at();
    double exited = firstMark(pod, "exit").at();
    assertThat(List.of(acked, struck, held.to(), exited)).isSorted();
    assertThat(held.from()).isBetween(acked, struck);
    assertThat(firstMark(pod, "acked").text()).isEqualTo("acks item 1 \"banana\"");
    assertThat(firstMark(pod, "exit").text())
        .isEqualTo("container c of job-wq-1-bm6nj: exit 137 (Error)");
    assertThat(held.text())
        .isEqualTo("what job-wq-1-bm6nj and the broker send is held back after an ack");
  }

  @Test
  void followsAnItemFromItsQueueToItsAck() {
    Item item = Item.of(0, "apple");
    Timeline told =
        Drawing.of(
            new HistoryBuilder()
                .publish(List.of(item))
                .job(1, 1)
                .starts("first")
                .connects("first")
                .delivers("first", item, false)
                .after(3)
                .disconnects("first")
                .exits("first", 1, "Error")
                .starts("second")
                .connects("second")
                .delivers("second", item, true)
                .works("second", item)
                .acks("second")
                .succeeds("second")
                .jobCompletes()
                .ends(0, 0, 0)
                .history());
    Timeline.Lane lane = lane(told, "items", "apple");
    assertThat(lane.spans())
        .extracting(Timeline.Span::state)
        .containsExactly("ready", "unacked", "ready", "unacked", "acked");
    assertThat(lane.spans().get(1).text()).isEqualTo("first holds item 0 \"apple\"");
    assertThat(lane.spans().get(1).to() - lane.spans().get(1).from()).isGreaterThan(3_000);
    assertThat(lane.marks())
        .extracting(Timeline.Mark::kind)
        .containsExactlyInAnyOrder(
            "published", "delivered", "returned", "delivered", "acked", "worked");
  }

  @Test
  void tellsWhatBecameOfItemsThatWereNotSeenOnTheWire() {
    Item worked = Item.of(0, "apple");
    Item gone = Item.of(1, "banana");
    HistoryBuilder unwatched =
        new HistoryBuilder()
            .publish(List.of(worked, gone))
            .job(1, 1)
            .starts("pod")
            .after(2)
            .works("pod", worked)
            .succeeds("pod")
            .jobCompletes();
    Timeline undecided = Drawing.of(unwatched.history());
    assertThat(lane(undecided, "items", "banana").spans())
        .extracting(Timeline.Span::state, Timeline.Span::text)
        .containsExactly(tuple("unseen", "item 1 \"banana\" is not seen to leave the queue"));
    Timeline told = Drawing.of(unwatched.ends(0, 0, 0).history());
    assertThat(lane(told, "items", "banana").spans())
        .extracting(Timeline.Span::state, Timeline.Span::text)
        .containsExactly(
            tuple("lost", "item 1 \"banana\" is gone from the queue, and no pod worked on it"));
    Timeline.Lane apple = lane(told, "items", "apple");
    assertThat(apple.spans())
        .extracting(Timeline.Span::state, Timeline.Span::text)
        .containsExactly(
            tuple("ready", "item 0 \"apple\" is in the queue"),
            tuple("off", "item 0 \"apple\" was worked on, and is not in the queue in the end"));
    assertThat(apple.spans().get(1).from()).isEqualTo(firstMark(apple, "worked").at());
  }

  @Test
  void showsTheStepsOfAWalk() {
    Timeline told =
        Drawing.of(
            new HistoryBuilder()
                .after(3)
                .publish("apple")
                .after(5)
                .add(
                    Source.HARNESS, new StepEnded("start-service", StepEnd.SHOWN, 2, List.of(), ""))
                .after(4)
                .add(
                    Source.HARNESS,
                    new StepEnded("start-broker", StepEnd.NOT_SHOWN, 4, List.of(), "no login"))
                .add(Source.HARNESS, new StepEnded("push-image", StepEnd.NOT_RUN, 0, List.of(), ""))
                .history());
    Timeline.Lane steps = lane(told, "steps", "steps");
    assertThat(steps.spans())
        .extracting(Timeline.Span::state, Timeline.Span::text)
        .containsExactly(
            tuple("step-shown", "start-service: shown"),
            tuple("step-not-shown", "start-broker: not shown, no login"));
    assertThat(steps.spans().get(0).to() - steps.spans().get(0).from()).isEqualTo(2_000);
    assertThat(steps.marks())
        .extracting(Timeline.Mark::kind, Timeline.Mark::text)
        .containsExactly(tuple("step-not-shown", "start-broker: not shown, no login"));
  }

  @Test
  void showsWhatIsLeftInTheQueue() {
    Timeline told =
        Drawing.of(new HistoryBuilder().publish("apple").job(1, 1).ends(1, 0, 0).history());
    assertThat(lane(told, "items", "apple").spans())
        .extracting(Timeline.Span::state)
        .containsExactly("left");
  }

  @Test
  void showsNumbersWhereTheyChange() {
    Timeline told =
        Drawing.of(
            new HistoryBuilder()
                .publish("apple", "banana")
                .job(2, 1)
                .depth(2, 0, 0)
                .depth(2, 0, 0)
                .depth(1, 1, 1)
                .jobIs(1, 0)
                .jobIs(0, 2)
                .history());
    Timeline.Chart queue = chart(told, "Queue job1");
    assertThat(queue.series())
        .extracting(Timeline.Series::name)
        .containsExactly("ready", "unacked", "consumers");
    assertThat(queue.series().get(0).steps())
        .extracting(Timeline.Step::value)
        .containsExactly(2, 1);
    Timeline.Chart job = chart(told, "Job job-wq-1: 2 completions wanted, not over at the end");
    assertThat(job.series().get(1).steps()).extracting(Timeline.Step::value).containsExactly(0, 2);
  }

  @Test
  void tellsWhereAnObserverSawNothing() {
    Timeline told = Drawing.of(new HistoryBuilder().publish("apple").gap(Source.PODS).history());
    assertThat(told.gaps()).extracting(Timeline.Gap::lost).containsExactly("pods");
  }

  @Test
  void countsItemsThatAreTooManyForALane() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i <= Drawing.MOST_LANES; i++) {
      items.add(Item.of(i, "item " + i));
    }
    Timeline told =
        Drawing.of(
            new HistoryBuilder()
                .publish(items)
                .job(items.size(), 1)
                .starts("pod")
                .connects("pod")
                .delivers("pod", items.get(0), false)
                .works("pod", items.get(0))
                .acks("pod")
                .history());
    assertThat(section(told, "items").lanes()).isEmpty();
    assertThat(section(told, "items").note())
        .isEqualTo(
            "1,001 items are too many for a lane each: how many were published, delivered and acked"
                + " is shown above.");
    List<Timeline.Series> counts = chart(told, "Items").series();
    assertThat(counts)
        .extracting(each -> each.name() + " " + each.steps().size())
        .containsExactly("published 1001", "delivered 1", "acked 1");
    assertThat(counts.get(0).steps().get(1_000).value()).isEqualTo(1_001);
  }

  @Test
  void countsPodsThatAreTooManyForALane() {
    HistoryBuilder told = new HistoryBuilder().publish("apple").job(1, 1);
    for (int i = 0; i <= Drawing.MOST_LANES; i++) {
      told.pending("pod-" + i);
    }
    Timeline drawn = Drawing.of(told.history());
    assertThat(section(drawn, "pods").lanes()).isEmpty();
    assertThat(section(drawn, "pods").note())
        .isEqualTo(
            "1,001 pods are too many for a lane each: how many were in which phase is shown above.");
    List<Timeline.Step> pending = chart(drawn, "Pods").series().get(0).steps();
    assertThat(pending.get(pending.size() - 1).value()).isEqualTo(1_001);
  }

  @Test
  void placesEveryEventInTime() {
    History race = HistoryFile.read(RACE);
    Timeline drawn = Drawing.of(race);
    assertThat(drawn.events()).hasSameSizeAs(race.events());
    assertThat(drawn.events()).allMatch(each -> each.at() >= 0 && each.at() <= drawn.millis());
    int lanes = drawn.sections().stream().mapToInt(each -> each.lanes().size()).sum();
    assertThat(drawn.events().stream().flatMap(each -> each.lanes().stream()))
        .allMatch(each -> each < lanes);
  }

  @Test
  void drawsNothingOfAnEmptyRecord() {
    Header header =
        new Header(
            "outcome.exact", Instant.EPOCH, Environment.unknown(), Evidence.none(), List.of());
    assertThat(Drawing.of(new History(header, List.of())).events()).isEmpty();
  }

  private static Timeline.Section section(Timeline timeline, String id) {
    return timeline.sections().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Timeline.Lane lane(Timeline timeline, String section, String name) {
    return section(timeline, section).lanes().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Timeline.Chart chart(Timeline timeline, String title) {
    return timeline.charts().stream()
        .filter(each -> each.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static Timeline.Mark firstMark(Timeline.Lane lane, String kind) {
    return lane.marks().stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
  }

  private static Timeline.Mark lastMark(Timeline.Lane lane, String kind) {
    return lane.marks().stream()
        .filter(each -> each.kind().equals(kind))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
