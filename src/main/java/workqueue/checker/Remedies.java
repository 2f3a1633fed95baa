package workqueue.checker;

import workqueue.history.JobRef;

/** The commands that messages recommend. */
final class Remedies {
  private Remedies() {}

  static String describe(JobRef job) {
    return "kubectl describe job " + job.name() + " -n " + job.namespace();
  }

  /** What is left to do with a Job that can never complete although its items are processed. */
  static String giveUp(JobRef job) {
    return "kubectl delete job " + job.name() + " -n " + job.namespace();
  }

  /** Runs the Job once more for this many items. */
  static String runAgain(JobRef job, int completions) {
    return "kubectl get job "
        + job.name()
        + " -n "
        + job.namespace()
        + " -o json | jq '{apiVersion, kind, metadata: {name: \""
        + job.name()
        + "-rest\"}, spec: (.spec | del(.selector, .template.metadata) | .completions = "
        + completions
        + ")}' | kubectl create -n "
        + job.namespace()
        + " -f -";
  }

  static String events(JobRef job) {
    return "kubectl get events -n "
        + job.namespace()
        + " --field-selector involvedObject.name="
        + job.name();
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
