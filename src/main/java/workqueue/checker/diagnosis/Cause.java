package workqueue.checker.diagnosis;

import java.util.Collections;
import java.util.List;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;

/**
 * One cause: what it is, what it looks like in a record, what it can follow from, and who can do
 * what about it. How long it is waited for is said by its code.
 */
public abstract class Cause {
  private final FindingCode code;
  private final Scope scope;
  private final String documentation;
  private final List<Remedy> remedies;

  Cause(FindingCode code, Scope scope, String documentation, Remedy... remedies) {
    this.code = code;
    this.scope = scope;
    this.documentation = documentation.strip();
    this.remedies = List.of(remedies);
  }

  public final FindingCode code() {
    return code;
  }

  public final Scope scope() {
    return scope;
  }

  /** What it is, how it is told, and what usually is behind it: a paragraph of Markdown. */
  public final String documentation() {
    return documentation;
  }

  /** What can be done about it; nothing where nothing need be. */
  public final List<Remedy> remedies() {
    return remedies;
  }

  /** What it can follow from, the likeliest first; nothing if it is always a root. */
  public List<FindingCode> followsFrom() {
    return List.of();
  }

  /** What of it the record shows. */
  abstract List<Suspicion> in(Examination seen);

  /** What this one of its kind can follow from, the likeliest first. */
  List<FindingCode> followsFrom(Suspicion one, Picture picture) {
    return followsFrom();
  }

  /**
   * Whether one of its kind may follow from a cause that is among those: they are of one Job, or of
   * Jobs that get in each other's way, or of no Job known.
   */
  boolean mayFollow(Suspicion one, Suspicion cause, Picture picture) {
    List<JobView> causing = cause.jobs(picture);
    List<JobView> suffering = one.jobs(picture);
    Scope causes = Causes.of(cause.code()).scope();
    if (causing.isEmpty()
        || suffering.isEmpty()
        || causes.isEverybodys()
        || !Collections.disjoint(causing, suffering)) {
      return true;
    }
    boolean onQueue = causes == Scope.QUEUE || scope == Scope.QUEUE;
    return onQueue && !Collections.disjoint(queues(causing), queues(suffering));
  }

  /** Whether one of its kind can cause anything of that code. */
  boolean mayCause(Suspicion one, FindingCode consequence, Picture picture) {
    return true;
  }

  private static List<String> queues(List<JobView> jobs) {
    return jobs.stream().map(JobView::queue).filter(queue -> !queue.isEmpty()).toList();
  }
}
