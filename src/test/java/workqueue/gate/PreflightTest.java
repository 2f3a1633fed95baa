package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.history.HistoryBuilder.QUEUE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;
import workqueue.history.Payload;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.waiting.Sight;

class PreflightTest {
  private static final List<Item> ONE = Items.ofTutorial(1);

  /** Looks at workers that their gate file did not fit, on a cluster, and what is told of each. */
  private static final Path MISFITS = Path.of("src/test/resources/misfits");

  private static HistoryBuilder begun() {
    return new HistoryBuilder().publish(ONE).job(1, 1).starts("pod-0").jobStatus();
  }

  private static HistoryBuilder connected() {
    return begun().add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
  }

  private static Judged settled(HistoryBuilder told) {
    History history = told.history();
    return Preflight.settled(history, Judge.judge(history, List.of(Claims.takesAnItem(QUEUE))));
  }

  /** After 20 s in which it asked for nothing, and used so much of a processor. */
  private static Sight<Boolean> lookAfterUsing(double share, int seconds) {
    HistoryBuilder told = begun();
    Instant began = told.now();
    for (int second = 0; second <= seconds; second++) {
      long cpu = Math.round(second * share * 1_000_000_000);
      told.add(Source.USE, new PodUse(told.ref("pod-0"), cpu, 1L, began.plusSeconds(second)));
      told.after(1);
    }
    return new Preflight(limit -> limit, QUEUE).look(told.history(), began.plusSeconds(seconds));
  }

  @Test
  void oneThatStillStartsIsGivenTheTime() {
    assertThat(lookAfterUsing(0.6, 20)).isEqualTo(Sight.notYet("queue job1 is as it was"));
    assertThat(lookAfterUsing(0.02, 20)).isEqualTo(Sight.found(true));
    assertThat(lookAfterUsing(0.6, 61)).isEqualTo(Sight.found(true));
  }

  @Test
  void holdsForOneThatIsHandedAnItemWhateverItMakesOfIt() {
    HistoryBuilder told = connected();
    told.add(
        Source.WIRE, new Delivered("to-pod-0", 1, 1, QUEUE, false, true, Payload.of(ONE.get(0))));
    assertThat(settled(told.restarts("pod-0", 1, "Error")).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  void holdsWithoutTheWireForAnItemThatIsGone() {
    assertThat(settled(begun().depth(0, 1, 1)).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  void oneThatFailsBeforeItTakesOneIsToldWhatToWrite() {
    HistoryBuilder told = begun().prints("pod-0", "KeyError: 'RABBITMQ_HOST'");
    told.restarts("pod-0", 1, "Error").depth(1, 0, 0);
    Judged outcome = settled(told);
    assertThat(outcome.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(outcome.judgements().get(0).explanation())
        .isEqualTo(
            """
            a worker takes an item of queue job1: not so
              expected:   an item of queue job1 handed to a worker
              actual:     pod pod-0 ended with exit code 1 before (last printed: KeyError: \
            'RABBITMQ_HOST')
              for work-queue.yaml: env: {RABBITMQ_HOST: $(BROKER_HOST)}""");
  }

  @Test
  void oneThatConsumesFromAnotherQueueIsToldWhatToWrite() {
    HistoryBuilder told = connected();
    told.add(Source.WIRE, new ConsumerStarted("to-pod-0", 1, "hello", "tag", 1, true));
    Judged outcome = settled(told.depth(1, 0, 0).after(15).depth(1, 0, 0));
    assertThat(outcome.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(outcome.judgements().get(0).explanation())
        .endsWith("\n  for work-queue.yaml: queue: {name: hello}");
  }

  @Test
  void oneOfAnotherKindIsToldSoAndWhatToWrite() {
    List<Item> three = Items.ofTutorial(3);
    HistoryBuilder told = new HistoryBuilder().publish(three).job(1, 1).starts("pod-0");
    told.jobStatus().connects("pod-0");
    three.forEach(each -> told.delivers("pod-0", each, false).acks("pod-0"));
    told.disconnects("pod-0").succeeds("pod-0").jobCompletes().ends(0, 0, 0);
    History history = told.history();
    List<Claim> claims = List.of(Claims.takesAnItem(QUEUE), Claims.isOfItsKind());
    Judged outcome = Preflight.settled(history, Judge.judge(history, claims));
    assertThat(outcome.judgements().get(0).explanation()).isEmpty();
    assertThat(outcome.judgements().get(1).explanation())
        .isEqualTo(
            """
            the worker is of its kind: not so
              expected:   a worker of kind one
              actual:     a run of pod pod-0 acked 3 items and ended, as workers of kind drain do, \
            and it was run as one of kind one
              for work-queue.yaml: kind: drain""");
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void tellsWhatEachMisfitAsksFor(String name) throws IOException {
    Path recorded = MISFITS.resolve(name + ".ndjson");
    History history = HistoryFile.read(recorded);
    Judged outcome = Preflight.settled(history, Judge.judge(history));
    assertThat(outcome.verdict()).isEqualTo(Verdict.INVALID);
    String told =
        outcome.judgements().stream()
            .map(Judgement::explanation)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining("\n"));
    assertThat(told + "\n").isEqualTo(Files.readString(MISFITS.resolve(name + ".txt")));
  }

  static Stream<String> misfits() throws IOException {
    try (Stream<Path> files = Files.list(MISFITS)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(each -> each.endsWith(".ndjson"))
          .map(each -> each.substring(0, each.indexOf('.')))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void oneThatShowedNothingYetIsNotBlamed() {
    assertThatThrownBy(() -> settled(begun().depth(1, 0, 0)))
        .isInstanceOf(NotTried.class)
        .hasMessage(
            "within 14 s the worker neither took an item nor ended; its trials tell what becomes of it");
  }
}
