package workqueue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a worker goes through its queue, and so what its Job looks like. */
public enum WorkerKind {
  /** One item a pod: the Job's completions are the number of items. */
  ONE,

  /** Item after item until the queue is empty: the Job has no completions. */
  DRAIN,
  /** Item after item, forever: it is no Job, but a Deployment. */
  SERVE;

  /** The name that parameters use, for example {@code drain}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name. */
  public static Optional<WorkerKind> named(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }

  /** The names of all kinds. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(WorkerKind::id).toList();
  }
}
