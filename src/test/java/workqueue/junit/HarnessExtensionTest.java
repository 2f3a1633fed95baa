package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Verdict.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import workqueue.checker.claim.Claim;
import workqueue.fault.Faults;
import workqueue.gate.NotTried;
import workqueue.scenario.Chaos;
import workqueue.scenario.FakeWorld;
import workqueue.scenario.Gate;
import workqueue.scenario.Recording;
import workqueue.scenario.Walker;
import workqueue.scenario.Wire;
import workqueue.workload.Workload;

/** The whole life of scenarios, as JUnit leads it, on fakes of cluster and broker. */
class HarnessExtensionTest {
  // Nothing is recorded here.
  private static final Claim HOLDS = expecting(UNKNOWN, drains("job1"));

  private static final Map<String, FakeWorld> WORLDS = new ConcurrentHashMap<>();

  @TempDir Path folder;
  private FakeWorld world;

  @BeforeEach
  void begin() throws IOException {
    world = new FakeWorld();
    WORLDS.put(reports().toString(), world);
  }

  @AfterEach
  void end() {
    WORLDS.remove(reports().toString());
    world.close();
  }

  private Path reports() {
    return folder.resolve("reports");
  }

  /** Has a run take place in the test's fake world. */
  static final class InFakeWorld implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Path reports = ReportsFolder.of(context);
      Runs.of(context, given -> WORLDS.get(reports.toString()).begin(given, reports));
    }
  }

  private EngineExecutionResults run(Class<?> suite, String... parameters) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(suite))
            .configurationParameter(ReportsFolder.KEY, reports().toString())
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
    for (String each : parameters) {
      kit.configurationParameter(
          each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    return kit.execute();
  }

  private JsonNode result() {
    try {
      return new ObjectMapper().readTree(reports().resolve("result.json").toFile());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private List<String> scenarios() {
    return lines(
        "/scenarios", each -> each.path("id").asText() + " " + each.path("verdict").asText());
  }

  private List<String> notRun() {
    return lines("/notRun", each -> each.path("id").asText() + ": " + each.path("reason").asText());
  }

  private List<String> lines(String of, Function<JsonNode, String> words) {
    return StreamSupport.stream(result().at(of).spliterator(), false).map(words).toList();
  }

  private static List<Throwable> failures(EngineExecutionResults results) {
    return results.testEvents().failed().stream()
        .map(each -> each.getRequiredPayload(TestExecutionResult.class))
        .flatMap(each -> each.getThrowable().stream())
        .toList();
  }

  @WorkQueueTest
  @ExtendWith(InFakeWorld.class)
  static class OneSound {
    @Scenario(value = "fake.sound", title = "All is well")
    void sound(Workload workload, Recording recording) {
      recording.judge(HOLDS);
    }
  }

  @Test
  void whatIsOpenedIsClosedLastFirst() {
    run(OneSound.class).testEvents().assertStatistics(all -> all.started(1).succeeded(1));
    assertThat(world.told())
        .containsExactly(
            "opens fake.sound",
            "closes broker fake.sound",
            "closes namespace fake-sound",
            "closes the cluster");
    assertThat(scenarios()).containsExactly("fake.sound VALID");
    assertThat(result().at("/verdict").asText()).isEqualTo("VALID");
    assertThat(result().at("/complete").asBoolean(true)).isTrue();
  }

  @Test
  void eachRepetitionHasAnEnvironmentOfItsOwn() {
    EngineExecutionResults results = run(OneSound.class, "wq.repeat=3");
    assertThat(
            results.testEvents().started().map(each -> each.getTestDescriptor().getDisplayName()))
        .containsExactlyInAnyOrder("fake.sound #1", "fake.sound #2", "fake.sound #3");
    assertThat(world.told())
        .contains(
            "closes namespace fake-sound",
            "closes namespace fake-sound-2",
            "closes namespace fake-sound-3")
        .endsWith("closes the cluster");
    assertThat(lines("/scenarios", each -> each.path("repetition").asText()))
        .containsExactly("1", "2", "3");
  }

  @Test
  void whatIsNotChosenDoesNotRun() {
    EngineExecutionResults results = run(OneSound.class, "wq.scenario=fake.sond");
    results.testEvents().assertStatistics(all -> all.started(0));
    assertThat(world.told()).isEmpty();
    assertThat(result().at("/verdict").asText()).isEqualTo("UNKNOWN");
  }

  @WorkQueueTest
  @ExtendWith(InFakeWorld.class)
  static class OneOfEachFailure {
    @Scenario(value = "fake.refuted", title = "What it saw is wrong")
    void refuted(Recording recording) {
      throw new AssertionError("It is wrong.");
    }

    @Scenario(value = "fake.troubled", title = "It cannot look")
    void troubled(Recording recording) {
      throw new IllegalStateException("It cannot look.");
    }

    @Scenario(value = "fake.unjudged", title = "It forgets to judge")
    void unjudged(Workload workload) {}
  }

  @Test
  void aFailureOfTheBodyIsTheScenarios() {
    EngineExecutionResults results = run(OneOfEachFailure.class);
    results.testEvents().assertStatistics(all -> all.started(3).failed(3));
    assertThat(failures(results))
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrder(
            "It is wrong.",
            "It cannot look.",
            """
            fake.unjudged ended without a claim of what was recorded, so nothing is known.
            Remedy: judge the recording at its end.""");
    assertThat(scenarios())
        .containsExactly("fake.refuted INVALID", "fake.troubled UNKNOWN", "fake.unjudged UNKNOWN");
    assertThat(result().at("/verdict").asText()).isEqualTo("INVALID");
    assertThat(world.told())
        .contains("closes namespace fake-refuted", "closes namespace fake-troubled");
  }

  @Test
  void aFailureOfClosingComesWithTheScenariosOwn() {
    world.closesBadly();
    EngineExecutionResults results = run(OneOfEachFailure.class, "wq.scenario=fake.refuted");
    assertThat(failures(results))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("It is wrong.")
                    .satisfies(
                        failure ->
                            assertThat(
                                    Stream.of(failure.getSuppressed()).map(Throwable::getMessage))
                                .contains(
                                    "Could not clean up after fake.refuted: the broker does not"
                                        + " close")));
    assertThat(scenarios()).containsExactly("fake.refuted INVALID");
    assertThat(world.told()).contains("closes namespace fake-refuted", "closes the cluster");
  }

  @Test
  void aFailureOfClosingAloneFailsTheScenario() {
    world.closesBadly();
    EngineExecutionResults results = run(OneSound.class);
    assertThat(failures(results))
        .extracting(Throwable::getMessage)
        .containsExactly("Could not clean up after fake.sound: the broker does not close");
    assertThat(scenarios()).containsExactly("fake.sound UNKNOWN");
    assertThat(world.told()).contains("closes namespace fake-sound", "closes the cluster");
  }

  @Test
  void whatCannotBeOpenedIsToldInFullOnce() {
    world.opensNothing();
    EngineExecutionResults results = run(OneOfEachFailure.class);
    assertThat(failures(results))
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrder(
            "The world is not there.\nRemedy: let it be.",
            "Not run, for the reason that an earlier scenario tells in full: The world is not there.",
            "Not run, for the reason that an earlier scenario tells in full: The world is not there.");
    assertThat(scenarios())
        .containsExactly("fake.refuted UNKNOWN", "fake.troubled UNKNOWN", "fake.unjudged UNKNOWN");
    assertThat(world.told()).isEmpty();
  }

  @Test
  void whatAScenarioMadeStaysIfItIsToBeKept() {
    run(OneOfEachFailure.class, "wq.scenario=fake.refuted", "wq.keep=on-failure");
    assertThat(world.told()).containsExactly("opens fake.refuted");
  }

  @Test
  void whatASoundScenarioMadeGoesIfOnlyFailuresAreKept() {
    run(OneSound.class, "wq.keep=on-failure");
    assertThat(world.told())
        .contains("closes broker fake.sound", "closes namespace fake-sound", "closes the cluster");
  }

  @WorkQueueTest
  @ExtendWith(InFakeWorld.class)
  static class AllParameters {
    @Scenario(value = "fake.wired", title = "It asks for the wire")
    void wired(Workload workload, Wire wire, Faults faults, Recording recording) {
      assertThat(List.of(workload, wire, faults)).doesNotContainNull();
      recording.judge(HOLDS);
    }

    @Scenario(value = "fake.random", title = "It asks for random faults")
    void random(Chaos chaos, Recording recording) {
      assertThat(chaos.seed()).isEqualTo(7);
      recording.judge(HOLDS);
    }

    @Scenario(value = "fake.walk", title = "It opens for itself what it needs")
    void walk(Walker walker, Gate gate) {
      assertThat(List.of(walker, gate)).doesNotContainNull();
      throw new NotTried("there is nothing to walk");
    }
  }

  @Test
  void anEnvironmentIsOpenedForWhatAsksForOneAndTappedForWhatNeedsTheWire() {
    EngineExecutionResults results = run(AllParameters.class, "wq.chaos.seed=7");
    results.testEvents().assertStatistics(all -> all.started(3).succeeded(2).aborted(1));
    assertThat(world.told().stream().filter(each -> each.startsWith("opens")))
        .containsExactlyInAnyOrder("opens fake.wired with a tap", "opens fake.random with a tap");
    assertThat(notRun()).containsExactly("fake.walk: there is nothing to walk");
  }

  @WorkQueueTest
  @ExtendWith(InFakeWorld.class)
  static class WithPrecondition {
    @Precondition(value = "fake.first", title = "It comes first")
    static void first(Gate gate) {
      fail("It does not hold.\nRemedy: none.");
    }

    @Scenario(value = "fake.after", title = "It comes after that")
    void after(Workload workload, Recording recording) {
      recording.judge(HOLDS);
    }
  }

  @Test
  void whatComesAfterAPreconditionThatFailedIsNotTried() {
    EngineExecutionResults results = run(WithPrecondition.class);
    assertThat(results.testEvents().started().count()).isZero();
    assertThat(results.containerEvents().failed().count()).isEqualTo(1);
    assertThat(scenarios()).containsExactly("fake.first INVALID");
    assertThat(notRun())
        .containsExactly("fake.after: fake.first comes first, and failed: It does not hold.");
    assertThat(world.told()).isEmpty();
  }

  @WorkQueueTest
  @ExtendWith(InFakeWorld.class)
  static class TwoThatMeet {
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static volatile CountDownLatch both = new CountDownLatch(2);

    @Scenario(value = "fake.one", title = "One of two")
    void one(Recording recording) throws InterruptedException {
      meets(recording);
    }

    @Scenario(value = "fake.other", title = "The other of two")
    void other(Recording recording) throws InterruptedException {
      meets(recording);
    }

    private static void meets(Recording recording) throws InterruptedException {
      MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
      both.countDown();
      // Long enough that the other would be seen, where it runs.
      both.await(2, TimeUnit.SECONDS);
      RUNNING.decrementAndGet();
      recording.judge(HOLDS);
    }

    static void begin() {
      MOST.set(0);
      both = new CountDownLatch(2);
    }
  }

  @Test
  void scenariosRunSideBySideUnlessTheyShareWhatCanBeUsedByOneOnly() {
    TwoThatMeet.begin();
    run(TwoThatMeet.class).testEvents().assertStatistics(all -> all.succeeded(2));
    assertThat(TwoThatMeet.MOST).hasValue(2);
    TwoThatMeet.begin();
    run(TwoThatMeet.class, "wq.broker=amqp://ann:s3cret@broker.example")
        .testEvents()
        .assertStatistics(all -> all.succeeded(2));
    assertThat(TwoThatMeet.MOST).hasValue(1);
  }
}
