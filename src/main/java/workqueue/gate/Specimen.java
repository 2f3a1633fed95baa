package workqueue.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.configuration.QueueContract;
import workqueue.history.Evidence;
import workqueue.tutorial.JobPatch;

/**
 * A worker or a setup that is tried to see what the harness makes of it.
 *
 * @param name of its folder
 * @param about what is wrong with it, or what is unusual about it, in a sentence
 * @param rule that it must break, or that it keeps
 * @param mutant whether it is wrong on purpose; a sound one must be blamed for nothing
 * @param verdict that its trial must come to: VALID of a sound one; INVALID of a mutant, or UNKNOWN
 *     of one that cannot be judged for what is wrong with it
 * @param roots the causes that the diagnosis must find, and no others; a mutant's own comes first,
 *     then those that its trial brings with it
 * @param command of the worker's container
 * @param context the folder of its Dockerfile, if it has an image of its own
 * @param poison an item that it fails on; absent if the empty one is
 * @param setup what else is different
 */
public record Specimen(
    String name,
    String about,
    Rule rule,
    boolean mutant,
    Verdict verdict,
    List<FindingCode> roots,
    List<String> command,
    Optional<Path> context,
    Evidence evidence,
    Optional<String> poison,
    Setup setup) {

  /**
   * What is done to a trial, besides another worker.
   *
   * @param items how many to publish at most
   * @param completions of the Job instead of those of the trial
   * @param parallelism of the Job instead of that of the trial
   * @param backoffLimit of the Job instead of that of the trial
   * @param memory that the worker's container gets at most
   * @param grace that its pods get when they are told to end
   * @param timeToLive of its Job after its end
   * @param stranger whether somebody else consumes from the queue
   * @param deletes whether the Job is deleted after its first success
   * @param patch what its Job gets besides
   * @param objects files of objects that are made beside its Job, by the time after it at which
   *     they are; those at zero are there before it
   * @param broker arguments of {@code rabbitmqctl}, a command each, that are carried out before the
   *     Job; {@code $VHOST}, {@code $USER} and {@code $QUEUE} are the scenario's own
   * @param queueArguments with which its queue is declared, besides those of the run
   * @param payloads the kinds of items that it declares
   * @param kind how it goes through its queue
   * @param queue that it is made for
   * @param server what the server of a cluster of its own is told; none where it has none
   * @param limit how long to wait for the Job's end at most
   * @param patience how long a state that may pass by itself is waited for, instead of the run's
   * @param rival the command of the worker that it is held against, where its rule compares
   */
  public record Setup(
      int items,
      Optional<Integer> completions,
      Optional<Integer> parallelism,
      Optional<Integer> backoffLimit,
      Optional<String> memory,
      Optional<Duration> grace,
      Optional<Duration> timeToLive,
      boolean stranger,
      boolean deletes,
      Optional<JobPatch> patch,
      Map<Duration, Path> objects,
      List<String> broker,
      Map<String, Object> queueArguments,
      Set<PayloadKind> payloads,
      WorkerKind kind,
      QueueContract queue,
      List<String> server,
      Optional<Duration> limit,
      Optional<Duration> patience,
      Optional<List<String>> rival) {
    public Setup {
      objects = new TreeMap<>(objects);
      broker = List.copyOf(broker);
      server = List.copyOf(server);
      queueArguments = Map.copyOf(queueArguments);
    }

    /** Nothing is done to the trial. */
    public static Setup plain(
        int items, Set<PayloadKind> payloads, WorkerKind kind, QueueContract queue) {
      return new Setup(
          items,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Map.of(),
          List.of(),
          Map.of(),
          payloads,
          kind,
          queue,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  public Specimen {
    roots = List.copyOf(roots);
    command = List.copyOf(command);
    if (mutant && roots.isEmpty()) {
      throw new IllegalArgumentException("A mutant has a code: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
