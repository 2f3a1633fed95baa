package workqueue.observer;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Records Deployments of workers in the words of Jobs, so that they are judged as those are. */
public final class Deployments {
  private final Recorder recorder;

  public Deployments(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * A Deployment was made, or stopped.
   *
   * @param job what its pods are like
   * @param replicaSet the uid of what makes them
   * @param active how many there are to be
   * @param served whether it was stopped because its queue is empty
   */
  public void are(Job job, String replicaSet, Instant created, int active, boolean served) {
    recorder.record(Source.JOBS, JobMapping.serving(job, replicaSet, created, active, served));
  }
}
