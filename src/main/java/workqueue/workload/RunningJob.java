package workqueue.workload;

import io.fabric8.kubernetes.api.model.DeletionPropagation;

/** A Job that was created in a scenario's namespace. */
public final class RunningJob {
  private final Surroundings place;
  private final String name;

  RunningJob(Surroundings place, String name) {
    this.place = place;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /**
   * Waits until the Job is over, or the record shows that it cannot complete by itself any more, or
   * the limit runs out: what came of it is for the claims to tell.
   */
  public void awaitComplete() {
    place.awaitEnd(name);
  }

  /** Deletes the Job and its pods. */
  public void delete() {
    place
        .namespace()
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(place.namespace().name())
        .withName(name)
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }

  @Override
  public String toString() {
    return "Job " + name;
  }
}
