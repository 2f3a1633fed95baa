package workqueue.gate;

import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.jobFailsWith;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workqueue.Item;
import workqueue.Items;
import workqueue.WorkerKind;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Sight;
import workqueue.workload.RunningJob;

/** A worker and a broker that is not as it should be. */
final class BrokerTrials {
  private static final String URL = "BROKER_URL";
  private static final Duration TRIES = Duration.ofSeconds(5);

  private BrokerTrials() {}

  static List<Claim> survivesLateBroker(Stand stand) {
    List<Item> items = Items.ofTutorial(2);
    stand.workload().fill(stand.queue(), items);
    var absence = stand.faults().route().mislead();
    var job = stand.run(stand.queue(), spec -> stand.sized(spec, items.size()).backoffLimit(50));
    stand.await("a worker to miss the broker", BrokerTrials::missed);
    absence.heal();
    job.awaitComplete();
    return List.of(
        stand.completes(items.size()),
        // Not exactly once: of runs that fail one after the other the kubelet keeps two logs.
        stand.content(processesEachAtLeastOnce(items)),
        drains(stand.queue()));
  }

  /** A run ended badly, or one has been trying for a while. */
  private static Sight<Boolean> missed(History history) {
    List<Recorded<ContainerState>> states = history.all(ContainerState.class);
    boolean failed =
        states.stream()
            .map(Recorded::event)
            .anyMatch(each -> each.last() != null || each.exitCode() != null);
    return Sight.when(
        failed || tries(history, states, TRIES),
        states.isEmpty() ? "no worker runs" : "it has just begun to run");
  }

  static List<Claim> failsOnMissingQueue(Stand stand) {
    stand.run(stand.queue(), spec -> once(stand, spec)).awaitComplete();
    return List.of(jobFailsWith("BackoffLimitExceeded"));
  }

  static List<Claim> failsOnWrongPassword(Stand stand) {
    List<Item> items = Items.ofTutorial(1);
    stand.workload().fill(stand.queue(), items);
    String url = stand.refusedLogin();
    stand.run(stand.queue(), spec -> once(stand, spec).environment(URL, url)).awaitComplete();
    return List.of(jobFailsWith("BackoffLimitExceeded"), losesNothing(items));
  }

  /** Also where its login is refused, which is when addresses get printed. */
  static List<Claim> keepsSecrets(Stand stand) {
    List<Item> items = Items.ofTutorial(2);
    stand.workload().fill(stand.queue(), items);
    String own = stand.ownLogin();
    String refused = stand.refusedLogin();
    String first =
        awaited(
            stand.run(
                stand.queue(),
                spec -> stand.sized(spec, items.size()).parallelism(1).environment(URL, own)));
    // One that waits for more would be taken for what becomes of the next.
    stand.workload().stopServing();
    RunningJob second =
        stand.run(
            stand.queue(),
            spec ->
                once(stand, spec).backoffLimit(0).restartPolicy("Never").environment(URL, refused));
    if (stand.kind() == WorkerKind.SERVE) {
      // It may try forever, and has printed what it prints.
      Duration tries = stand.limit(TRIES);
      stand.await("the worker to be refused", history -> refused(history, second.name(), tries));
    } else {
      second.awaitComplete();
    }
    return List.of(stand.completes(first, items.size()), Claims.keepsSecrets());
  }

  /** Its pod has ended, or has been running for a while. */
  static Sight<Boolean> refused(History history, String job, Duration tries) {
    List<Recorded<ContainerState>> runs =
        history.all(ContainerState.class, each -> each.pod().name().startsWith(job + "-"));
    boolean ended = runs.stream().anyMatch(each -> each.event().exitCode() != null);
    return Sight.when(ended || tries(history, runs, tries), "it has not run for long enough");
  }

  /** Whether one of these has been running for so long when the record ends. */
  private static boolean tries(
      History history, List<Recorded<ContainerState>> runs, Duration time) {
    Instant now = history.events().get(history.events().size() - 1).at();
    return runs.stream()
        .filter(each -> each.event().state() == Running.RUNNING)
        .anyMatch(each -> !Duration.between(each.at(), now).minus(time).isNegative());
  }

  private static String awaited(RunningJob job) {
    job.awaitComplete();
    return job.name();
  }

  private static JobDefinition once(Stand stand, JobDefinition spec) {
    return stand.sized(spec, 1).parallelism(1).backoffLimit(1);
  }
}
