package workqueue.tutorial;

/** What the page says about the pattern's limits and alternatives, in the harness's own words. */
public enum Caveat {
  COMPLETIONS_EQUAL_ITEMS(
      "A pod takes one item and ends, so a Job with as many completions as there are items works"
          + " through all of them."),
  COMPLETIONS_BELOW_ITEMS("With fewer completions than items, items stay in the queue."),
  COMPLETIONS_ABOVE_ITEMS(
      "With more completions than items, the Job never completes: all items are processed, and the"
          + " pods that were started beyond them wait for messages that do not come."),
  KILLED_BETWEEN_ACK_AND_EXIT(
      "If a container is killed after its message was acknowledged and before it exits with"
          + " success, the Job does not complete although every item was processed."),
  NODE_LOST_BEFORE_REPORT(
      "If a node is lost before its kubelet has reported a pod's success, the Job does not complete"
          + " although every item was processed."),
  WORKER_NEEDS_NO_CHANGE(
      "The program that does the work need not know that there is a queue: it gets its item on"
          + " standard input."),
  NEEDS_A_QUEUE_SERVICE("The pattern needs a message queue service that somebody runs."),
  POD_PER_ITEM("Every item costs a pod, which is much overhead where an item takes only seconds."),
  ITEMS_MAY_BE_KEYS(
      "An item may be no more than a key: what part of a large data set, which every pod mounts"
          + " read-only, its pod is to process."),
  NEEDS_CLUSTER_DNS(
      "Where the cluster's DNS does not work, the Service is found through the environment.");

  /** The page that documents the pattern. */
  public static final String PAGE =
      "https://kubernetes.io/docs/tasks/job/coarse-parallel-processing-work-queue/";

  private final String sentence;

  Caveat(String sentence) {
    this.sentence = sentence;
  }

  /** The caveat in one sentence. */
  public String sentence() {
    return sentence;
  }

  /** Where it is documented. */
  public String url() {
    return PAGE;
  }
}
