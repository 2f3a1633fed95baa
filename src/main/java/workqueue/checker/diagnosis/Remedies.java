package workqueue.checker.diagnosis;

import workqueue.ProductName;
import workqueue.checker.view.Picture;
import workqueue.history.JobRef;

/** The commands that messages recommend. */
public final class Remedies {
  /** Where no Job is known. */
  static final String JOBS = "kubectl get jobs -A";

  private Remedies() {}

  /** The command; none where it is one of RabbitMQ's own, and the broker is another. */
  static String on(Picture picture, String command) {
    String product = picture.history.header().environment().broker().product();
    boolean another = !product.isEmpty() && !product.equals(ProductName.RABBITMQ);
    return another && command.startsWith("rabbitmqctl ") ? "" : command;
  }

  static String patch(JobRef job, String change) {
    return "kubectl patch job " + job.name() + " -n " + job.namespace() + " -p '" + change + "'";
  }

  /** The logs of the workers of the first Job, if there is one. */
  public static String logs(Picture picture) {
    return picture.jobs().stream().findFirst().map(job -> logs(job.ref)).orElse(JOBS);
  }

  public static String describe(JobRef job) {
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

  public static String events(JobRef job) {
    return events(job.namespace(), "involvedObject.name=" + job.name());
  }

  static String events(String namespace, String selector) {
    return "kubectl get events -n " + namespace + " --field-selector " + selector;
  }

  /** A look at what the queue holds; none where the broker has no command for that. */
  public static String depth(Picture picture, String queue) {
    return on(picture, depth(queue));
  }

  static String depth(String queue) {
    return "rabbitmqctl list_queues name messages_ready messages_unacknowledged consumers | grep "
        + queue;
  }

  /** What a Job says somewhere, for example at {@code {.spec.suspend}}. */
  public static String field(JobRef job, String path) {
    return "kubectl get job %s -n %s -o jsonpath='%s'".formatted(job.name(), job.namespace(), path);
  }

  /** The environment of the workers of the first Job, if there is one. */
  static String environment(Picture picture) {
    return picture.jobs().stream().findFirst().map(job -> environment(job.ref)).orElse(JOBS);
  }

  /** What the Job's workers are given in their environment. */
  static String environment(JobRef job) {
    return field(job, "{.spec.template.spec.containers[*].env}");
  }

  public static String logs(JobRef job) {
    return "kubectl logs -n "
        + job.namespace()
        + " -l job-name="
        + job.name()
        + " --prefix --tail=-1";
  }
}
