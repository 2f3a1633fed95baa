package workqueue.configuration;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;

/**
 * What the author of a worker declares for the gate.
 *
 * @param command to run instead of the image's own; absent if not given
 * @param args of the command; absent if not given
 * @param environment variables of the worker's container, besides those that the harness sets
 * @param secrets what is in the Secrets that the worker's Job refers to, by their names
 * @param job the worker's own Job manifest; absent if not given
 * @param objects a manifest of what that Job mounts or refers to, made for each trial; absent if
 *     not given
 * @param container which container of that Job's pods is the worker; absent if not given
 * @param evidence how the worker shows what it did; absent if not given
 * @param kind how the worker goes through its queue
 * @param emptyQueue what the worker does where its queue is empty
 * @param poison an item that the worker cannot work on; absent if not given
 * @param payloads the kinds of items that the worker is made for
 * @param known the rules that are known to be broken, each with the reason; absent if not given
 * @param required the rules that are advice unless they are named here
 * @param queue that the worker is made for
 * @param login that the worker has built in; absent if it takes what it is told
 * @param host the name of the broker that it has built in; absent if it takes what it is told
 */
public record WorkerContract(
    Optional<List<String>> command,
    Optional<List<String>> args,
    Map<String, String> environment,
    Map<String, Map<String, String>> secrets,
    Optional<Path> job,
    Optional<Path> objects,
    Optional<String> container,
    Optional<DeclaredEvidence> evidence,
    WorkerKind kind,
    EmptyQueue emptyQueue,
    Optional<String> poison,
    Set<PayloadKind> payloads,
    Optional<Map<Rule, String>> known,
    Set<Rule> required,
    QueueContract queue,
    Optional<WorkerLogin> login,
    Optional<String> host) {

  /** What a worker does where its queue is empty. */
  public enum EmptyQueue {
    WAITS,
    ENDS
  }

  /** Nothing declared. */
  public static final WorkerContract NONE =
      new WorkerContract(
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          WorkerKind.ONE,
          EmptyQueue.WAITS,
          Optional.empty(),
          Set.of(PayloadKind.LINE),
          Optional.empty(),
          Set.of(),
          QueueContract.ANY,
          Optional.empty(),
          Optional.empty());

  public WorkerContract {
    Objects.requireNonNull(command);
    Objects.requireNonNull(args);
    Objects.requireNonNull(queue);
    Objects.requireNonNull(login);
    Objects.requireNonNull(host);
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    Objects.requireNonNull(job);
    Objects.requireNonNull(objects);
    Objects.requireNonNull(container);
    Objects.requireNonNull(evidence);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(emptyQueue);
    Objects.requireNonNull(poison);
    payloads = Collections.unmodifiableSet(EnumSet.copyOf(payloads));
    known = known.map(each -> Collections.unmodifiableMap(new LinkedHashMap<>(each)));
    required =
        required.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(required));
  }
}
