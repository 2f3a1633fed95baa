package workqueue.tutorial;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import workqueue.Counted;
import workqueue.Redaction;

/**
 * Where something other than the documented thing was done, as {@code result.json} tells it.
 *
 * @param documented what the page has one do
 * @param done what was done instead
 * @param why why it differs
 */
public record Adaptation(String documented, String done, String why) {

  public Adaptation {
    documented = said("documented", documented);
    done = said("done", done);
    why = said("why", why);
    if (documented.equals(done)) {
      throw new IllegalArgumentException("Not an adaptation, for it was done: " + done);
    }
  }

  /** Package {@code python} where the base image's release no longer has it. */
  public static Adaptation python() {
    return new Adaptation(
        "package python", "package python3", "the base image's release has no package python");
  }

  /** Another image for the temporary pod, or as the worker's base. */
  public static Adaptation baseImage(Edition edition, String done) {
    return new Adaptation(
        "image " + edition.baseImage(), "image " + done, "the documented image cannot be had here");
  }

  /** Fewer events than pods: clusters drop events under load, and some keep none. */
  public static Adaptation events(int wanted, int seen) {
    return new Adaptation(
        Counted.of(wanted, "event") + " that name the Job's pods",
        Counted.of(seen, "such event"),
        "Kubernetes promises no event; the pods were seen by themselves");
  }

  /** A registry beside the cluster, or one of the user's, instead of a public one. */
  public static Adaptation registry(String done) {
    return new Adaptation(
        "<username>/job-wq-1 on Docker Hub", done, "a run has no account at a public registry");
  }

  /** A pinned broker image instead of an untagged one, which is pulled every time. */
  public static Adaptation brokerImage(String done, String pullPolicy) {
    return new Adaptation(
        "image rabbitmq, pulled always",
        "image " + done + ", imagePullPolicy " + pullPolicy,
        "an untagged image changes from run to run, and one loaded into the node is never found");
  }

  /**
   * Another broker than the documented one, behind a Service of the same name.
   *
   * @param manifests the folder that its manifests lie in
   */
  public static Adaptation otherBroker(Path manifests) {
    return new Adaptation(
        "the documented manifests of RabbitMQ",
        "those in " + manifests + ", by the same names",
        "wq.broker.image is of another broker");
  }

  /** A worker that takes another time over an item. */
  public static Adaptation workerSeconds(Duration done) {
    return new Adaptation(
        "the worker takes 10 seconds",
        "the worker takes " + seconds(done) + " seconds",
        "wq.worker.seconds");
  }

  /** A namespace of the scenario's own. */
  public static Adaptation namespace(String done) {
    return new Adaptation(
        "namespace default", "namespace " + done, "each scenario has a namespace of its own");
  }

  /** A namespace that others have objects in. */
  public static Adaptation sharedNamespace(String done) {
    return new Adaptation(
        "namespace default",
        "namespace "
            + done
            + "; all objects carry the label work-queue.run and belong to ConfigMap"
            + " wq-conformance, and pods that may have one have a deadline of an hour",
        "wq.namespace: what is made there can be told from what is others', and be removed");
  }

  /**
   * The same request by another client.
   *
   * @param documented the command
   * @param done what was done, for example {@code create by the API}
   */
  public static Adaptation client(String documented, String done) {
    return new Adaptation(
        documented, done, "the harness speaks to the API itself and needs no such program");
  }

  /** A pod that sleeps, in which commands are run, instead of an interactive shell. */
  public static Adaptation withoutTerminal() {
    return new Adaptation(
        "an interactive shell, typed into",
        "a pod that sleeps; each command is run in it by exec",
        "nobody is there to type");
  }

  /** A number that a parameter changes, for example {@code numberOf("completions", 8, 20)}. */
  public static Adaptation numberOf(String what, int documented, int done) {
    return new Adaptation(what + " " + documented, what + " " + done, "wq." + what);
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
  }

  private static String said(String part, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("An adaptation says in words: " + part);
    }
    return Redaction.redact(text);
  }
}
