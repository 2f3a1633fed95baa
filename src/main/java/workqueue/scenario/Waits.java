package workqueue.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Outlook;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.observer.BrokerWatch;
import workqueue.observer.Observation;
import workqueue.waiting.Aside;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/** Waits on a scenario's record, and asks again for the depth of queues that have gone quiet. */
final class Waits {
  /** For all but the end of a Job, which has one of its own. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final ScenarioRun scenario;
  private final ScenarioRecord record;
  private final Observation observation;
  private final BrokerWatch depths;
  private final Set<String> queues;
  private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

  /**
   * @param queues those that are watched; more may come
   */
  Waits(ScenarioRun scenario, Observation observation, BrokerWatch depths, Set<String> queues) {
    this.scenario = scenario;
    this.record = scenario.record();
    this.observation = observation;
    this.depths = depths;
    this.queues = queues;
  }

  /** Waits until the Job is over, or the record shows that it cannot complete by itself. */
  void forEnd(String job, Duration limit) {
    PassingCauses passing = new PassingCauses(scenario.narration()::says);
    inVain(
        () ->
            observation.awaitJob(
                header(), job, limit, attending(history -> whyHopeless(history, passing))));
    passing
        .passed()
        .forEach(
            (code, lasted) ->
                record.figure("waited while there was " + code, lasted.toMillis() / 1000.0, "s"));
  }

  /** Waits until the diagnosis of the record holds the code, as cause or as consequence. */
  void forFinding(FindingCode code) {
    forSight(
        "the diagnosis " + code,
        history -> {
          Outlook outlook = Outlook.of(history);
          return Sight.when(
              outlook.findings().stream().anyMatch(each -> each.code() == code),
              "so far " + outlook.roots());
        });
  }

  /** Waits until the record shows something. */
  void forSight(String what, Function<History, Sight<Boolean>> look) {
    inVain(() -> observation.await(header(), what, LIMIT, attending(look)));
  }

  private void inVain(Runnable waiting) {
    try {
      waiting.run();
    } catch (WaitedInVain told) {
      // Whether that is as it should be is for the claims to say.
      record.waitedInVain(told);
    }
  }

  private String whyHopeless(History history, PassingCauses passing) {
    Outlook outlook = Outlook.of(history);
    passing.sees(outlook.findings(), record.recorder().now());
    return outlook.prospect() == Outlook.Prospect.HOPELESS
        ? "the diagnosis " + outlook.roots()
        : "";
  }

  private <T> Function<History, T> attending(Function<History, T> look) {
    return history -> {
      for (String queue : queues) {
        if (asking.isDone() && QuietQueues.toAsk(history, queue, record.recorder().now())) {
          // On the side: a look that takes long is followed by a long rest.
          asking = Aside.run(() -> depths.sampleExactly(queue));
        }
      }
      return look.apply(history);
    };
  }

  private Header header() {
    return record.header(List.of());
  }
}
