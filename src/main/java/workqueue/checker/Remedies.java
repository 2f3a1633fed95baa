package workqueue.checker;

import workqueue.history.JobRef;

/** The commands that messages recommend. */
final class Remedies {
  private Remedies() {}

  static String describe(JobRef job) {
    return "kubectl describe job " + job.name() + " -n " + job.namespace();
  }

  static String depth(String queue) {
    return "rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep "
        + queue;
  }

  static String logs(JobRef job) {
    return "kubectl logs -n "
        + job.namespace()
        + " -l job-name="
        + job.name()
        + " --prefix --tail=-1";
  }
}
