package workqueue.gate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import workqueue.PayloadKind;
import workqueue.WorkerKind;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Verdict;
import workqueue.fault.Faults;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.History;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Sight;
import workqueue.workload.RunningJob;
import workqueue.workload.Workload;

/** Where a worker is tried: a scenario's workload, and what is declared of the worker. */
public interface Stand {

  Workload workload();

  /**
   * The queue that workers are told: another one in each trial, so that a worker that has a name of
   * its own built in is found, unless that name is declared.
   */
  String queue();

  /** Runs a Job of the worker that is tried on the queue. */
  RunningJob run(String queue, UnaryOperator<JobDefinition> change);

  /**
   * Runs a Job of the worker that the one that is tried is held against.
   *
   * @throws IllegalStateException if there is none
   */
  RunningJob runRival(String queue, UnaryOperator<JobDefinition> change);

  /** What the worker cost before, to hold it against that; empty if it is not to be. */
  Optional<BaselineGiven> baseline();

  /** Records what the worker is to be held against. */
  void compares(HarnessEvent with);

  /** Waits until the record shows something. */
  void await(String what, Function<History, Sight<Boolean>> look);

  /** The limit as it is on this machine. */
  Duration limit(Duration unscaled);

  /** Whether what passes between workers and broker is recorded. */
  boolean seesTheWire();

  /** What can be done to the worker and to what is around it. */
  Faults faults();

  /** Why the broker cannot be restarted here; empty if it can. */
  Optional<String> whyNoRestart();

  /** Reads what is left in a queue, message by message, when nobody works on it any more. */
  void readWhatIsLeft(String queue);

  /** The broker for workers, with a password that is looked for in all that they print. */
  String ownLogin();

  /** The same with another such password, which the broker refuses. */
  String refusedLogin();

  /** Records what this machine's engine tells of the worker's image; false if it has none. */
  boolean inspectsImage();

  /** How many items to publish where a rule would like as many as these. */
  default int atMost(int items) {
    return items;
  }

  /** How the worker goes through its queue. */
  WorkerKind kind();

  /** The Job for as many items, as the kind of worker wants it. */
  default JobDefinition sized(JobDefinition spec, int items) {
    return switch (kind()) {
      case ONE -> spec.completions(items);
      case DRAIN -> spec.withoutCompletions();
      case SERVE -> spec.serving();
    };
  }

  /** The claim that the Job is complete after as many items. */
  default Claim completes(int items) {
    return completes("", items);
  }

  /** The same of the Job of this name. */
  default Claim completes(String job, int items) {
    return kind() == WorkerKind.ONE
        ? Claims.jobCompletesWith(job, items)
        : Claims.jobCompletes(job);
  }

  /** How the worker shows what it did. */
  Evidence evidence();

  /** The kinds of items that the worker is declared to take; at least one. */
  Set<PayloadKind> payloads();

  /** An item that the worker is declared to fail on; absent if none is. */
  Optional<String> poison();

  /** A claim about what was done with items: UNKNOWN is expected of a worker without evidence. */
  default Claim content(Claim claim) {
    return evidence().kind() == Evidence.Kind.NONE
        ? Claims.expecting(Verdict.UNKNOWN, claim)
        : claim;
  }

  /** The claim that workers put no copies into their own queue, where that can be seen. */
  default List<Claim> addsNoItems() {
    return seesTheWire() ? List.of(Claims.addsNoItems(queue())) : List.of();
  }

  /**
   * A claim about what each pod did: the wire tells whatever the worker shows; an output queue does
   * not tell who put something there.
   */
  default Claim byPod(Claim claim) {
    Evidence.Kind kind = evidence().kind();
    boolean shown = kind != Evidence.Kind.OUTPUT_QUEUE && kind != Evidence.Kind.NONE;
    return shown || seesTheWire() ? claim : Claims.expecting(Verdict.UNKNOWN, claim);
  }
}
