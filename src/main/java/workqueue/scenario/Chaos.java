package workqueue.scenario;

import java.time.Duration;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.diagnosis.Outlook.Prospect;
import workqueue.fault.Fault;
import workqueue.fault.Faults;
import workqueue.fault.Schedule;
import workqueue.fault.Schedule.Strike;
import workqueue.fault.TargetGone;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.History;
import workqueue.history.PodRef;
import workqueue.workload.RunningJob;

/** Random faults, by a seed that is told and can be given again. */
public final class Chaos {
  private final Recording recording;
  private final Faults faults;
  private final long seed;

  private Chaos(Recording recording, Faults faults, long seed) {
    this.recording = recording;
    this.faults = faults;
    this.seed = seed;
  }

  /** Those of the scenario's seed. */
  static Chaos in(ScenarioRun scenario, ScenarioEnvironment environment) {
    return new Chaos(
        new Recording(scenario.record(), environment),
        new Faults(environment),
        scenario.chaosSeed());
  }

  /** The seed of this scenario's schedule. */
  public long seed() {
    return seed;
  }

  /**
   * Has the faults of the seed's schedule strike a Job, each when as many of its pods have
   * succeeded as the schedule says, until they all have, or the Job has come to its end, or cannot.
   *
   * @param items of the Job
   * @param queue that its workers consume from
   */
  public void strike(RunningJob job, int items, String queue) {
    for (Strike strike : Schedule.of(seed, items).strikes()) {
      recording.await(
          Counted.of(strike.afterSuccesses(), "success") + ", for " + strike.blow(),
          history -> succeeded(history) >= strike.afterSuccesses() || hasEnded(history));
      if (hasEnded(recording.history())) {
        return;
      }
      try {
        strike(strike, job, queue);
      } catch (TargetGone missed) {
        // Its victim ended first. The record has it, as a fault that did not strike.
      }
    }
  }

  private void strike(Strike strike, RunningJob job, String queue) {
    switch (strike.blow()) {
      case KILL_CONTAINER -> faults.kill(victim(strike, job));
      case DELETE_POD -> faults.delete(victim(strike, job));
      case RESET_CONNECTIONS -> faults.wire().reset();
      case PARTITION -> lasting(faults.wire().partition(), strike.lasting());
      case RESTART_BROKER -> faults.broker().restart(strike.lasting());
      case PURGE_QUEUE -> faults.broker().purge(queue);
    }
  }

  private static void lasting(Fault fault, Duration time) {
    fault.lasting(time).heal();
  }

  private static PodRef victim(Strike strike, RunningJob job) {
    List<PodRef> running = job.awaitRunning(1);
    return running.get(strike.victim() % running.size());
  }

  private static int succeeded(History history) {
    return history.last(JobState.class).map(each -> each.event().succeeded()).orElse(0);
  }

  private static boolean hasEnded(History history) {
    return Outlook.of(history).prospect() != Prospect.OPEN;
  }
}
