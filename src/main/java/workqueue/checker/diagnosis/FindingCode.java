package workqueue.checker.diagnosis;

/**
 * The stable names of what can be found; other programs read them, so a new cause gets a new code
 * and no code is ever used for something else.
 */
public enum FindingCode {
  // items
  ALL_PROCESSED(Nature.HARMLESS, "every item was processed, and every Job is complete"),
  LEFTOVER_ITEMS(Nature.DECIDES_NOTHING, "the Jobs are over and items are left in the queue"),
  LOST_ITEMS(Nature.DECIDES_NOTHING, "items are gone from the queue and no pod processed them"),
  DUPLICATED_ITEMS(
      Nature.DECIDES_NOTHING, "items were processed more often than they were delivered"),
  UNEXPECTED_ITEMS(Nature.DECIDES_NOTHING, "messages turned up that the harness did not publish"),
  CORRUPTED_ITEMS(Nature.DECIDES_NOTHING, "a worker shows an item other than it was published"),
  REDELIVERED_ITEMS(Nature.HARMLESS, "items went back to the queue and were delivered once more"),
  HOARDED_ITEMS(Nature.DECIDES_NOTHING, "a consumer holds more items than it works on"),
  FOREIGN_CONSUMER(
      Nature.DECIDES_NOTHING, "somebody else than the Job's pods consumes from the queue"),
  NOT_CONSUMING(
      Nature.MAY_PASS, "pods run with neither a consumer nor an item while items are ready"),
  DATA_DIFFERS(
      Nature.DECIDES_NOTHING,
      "the data that pods mount is not the same everywhere, or was changed"),
  // the Job against its items
  SOURCES_DISAGREE(Nature.DECIDES_NOTHING, "broker, wire and logs tell different numbers of items"),
  FALSE_SUCCESS(
      Nature.DECIDES_NOTHING, "a pod succeeded although none of its items was acknowledged"),
  WAITING_FOR_WORK(
      Nature.LASTS, "pods wait on an empty queue, and the Job wants more successes than items"),
  ACKED_BUT_NOT_REPORTED(
      Nature.DECIDES_NOTHING, "an item was acknowledged by a run whose success nobody counted"),
  STILL_WORKING(Nature.DECIDES_NOTHING, "the Job makes progress and is not done yet"),
  NO_WORKERS(Nature.LASTS, "the Job has parallelism 0"),
  // broker
  BROKER_UNREACHABLE(Nature.DECIDES_NOTHING, "nobody answers at the broker's address"),
  BROKER_REFUSED_LOGIN(Nature.DECIDES_NOTHING, "the broker refuses the user or the password"),
  BROKER_BLOCKED(Nature.DECIDES_NOTHING, "an alarm keeps the broker from taking messages"),
  QUEUE_MISSING(Nature.DECIDES_NOTHING, "the queue does not exist"),
  OTHER_QUEUE(
      Nature.MAY_PASS, "workers consume from another queue than the one that they were given"),
  PERMISSION_DENIED(
      Nature.DECIDES_NOTHING, "the login is good, and the user lacks a right on what it asks for"),
  VHOST_MISSING(Nature.DECIDES_NOTHING, "the virtual host does not exist"),
  CONNECTION_LIMIT(
      Nature.DECIDES_NOTHING,
      "the user, the virtual host or the node may have no more connections"),
  QUEUE_MISMATCH(
      Nature.DECIDES_NOTHING, "a worker declares a queue otherwise than it is or may be"),
  QUEUE_LOCKED(Nature.DECIDES_NOTHING, "another connection has the queue exclusively"),
  NEGOTIATION_FAILED(
      Nature.DECIDES_NOTHING, "client and broker cannot agree on channels or on a frame's size"),
  HEARTBEAT_MISSED(
      Nature.DECIDES_NOTHING,
      "the broker cut a connection on which the worker was silent for two heartbeats"),
  ACK_TIMED_OUT(
      Nature.DECIDES_NOTHING, "the broker took an item back that was not acknowledged in time"),
  DROPPED_BY_BROKER(
      Nature.DECIDES_NOTHING, "a rule of the queue made the broker drop items: its delivery limit"),
  SERVICE_NOT_RESOLVED(Nature.DECIDES_NOTHING, "the broker's name has no address"),
  SERVICE_WITHOUT_ENDPOINTS(Nature.DECIDES_NOTHING, "no pod is behind the broker's Service"),
  URL_MALFORMED(Nature.DECIDES_NOTHING, "the worker cannot read the URL of the broker"),
  // pods
  IMAGE_NOT_PULLABLE(Nature.MAY_PASS, "a node cannot get the image"),
  COMMAND_NOT_RUNNABLE(Nature.MAY_PASS, "the container's command cannot be run"),
  CONFIGURATION_MISSING(
      Nature.MAY_PASS, "a Secret, a ConfigMap or a key that the container wants does not exist"),
  VOLUME_NOT_MOUNTED(Nature.MAY_PASS, "a volume of the pod cannot be mounted"),
  SANDBOX_NOT_CREATED(Nature.MAY_PASS, "the node cannot make the pod's sandbox or its network"),
  INIT_NOT_FINISHED(Nature.MAY_PASS, "an init container has not come to a good end"),
  CONTAINER_STILL_RUNNING(
      Nature.MAY_PASS, "the worker has ended and another container keeps the pod from ending"),
  NOT_EXITED(Nature.MAY_PASS, "the worker acknowledged its item and does not exit"),
  UNSCHEDULABLE(Nature.MAY_PASS, "no node takes the pod"),
  SCHEDULER_INACTIVE(Nature.MAY_PASS, "no scheduler has looked at the pod"),
  QUOTA_EXCEEDED(Nature.MAY_PASS, "a quota is used up"),
  RESOURCES_REQUIRED(
      Nature.LASTS, "a quota demands requests or limits that the Job's pods do not state"),
  ADMISSION_DENIED(Nature.LASTS, "an admission rule refuses the pods"),
  WEBHOOK_UNAVAILABLE(Nature.MAY_PASS, "an admission webhook that must be asked does not answer"),
  CRASH_LOOP(Nature.DECIDES_NOTHING, "a container fails and is started again"),
  OUT_OF_MEMORY(Nature.DECIDES_NOTHING, "a container was killed for want of memory"),
  EVICTED(Nature.DECIDES_NOTHING, "pods were evicted from their node"),
  NODE_LOST(Nature.DECIDES_NOTHING, "a node is not ready or gone"),
  NODE_PRESSURE(Nature.MAY_PASS, "a node is short of disk, memory or processes"),
  STUCK_TERMINATING(Nature.DECIDES_NOTHING, "a pod outlives the time by which it was to be gone"),
  IGNORED_TERMINATION(
      Nature.DECIDES_NOTHING, "a worker did not end on SIGTERM and was killed after the grace"),
  // the Job
  BACKOFF_LIMIT_EXCEEDED(Nature.LASTS, "the Job gave up after its retries"),
  DEADLINE_EXCEEDED(Nature.LASTS, "the Job ran out of its time"),
  POD_FAILURE_POLICY(Nature.LASTS, "a rule of the Job's podFailurePolicy ended it"),
  JOB_FAILED(Nature.LASTS, "the Job failed for another reason, which is named"),
  COMPLETIONS_UNSET(
      Nature.DECIDES_NOTHING,
      "a Job without completions was over after a success, with items left"),
  SUSPENDED(Nature.MAY_PASS, "the Job is suspended"),
  VANISHED(Nature.LASTS, "the Job was gone before it could be judged"),
  CONTROLLER_INACTIVE(Nature.LASTS, "nobody reconciles the Job"),
  TAKEN_OVER(Nature.LASTS, "the Job is left to another controller, which does not reconcile it"),
  // a cluster that exists
  RIGHT_MISSING(Nature.DECIDES_NOTHING, "the guest lacks a right, so that something is not seen"),
  DISCOVERY_BROKEN(
      Nature.DECIDES_NOTHING,
      "a group of the API does not answer, so that no namespace can be removed"),
  CLOCK_SKEWED(Nature.DECIDES_NOTHING, "the clocks of the cluster and of the harness differ"),
  API_ABSENT(Nature.DECIDES_NOTHING, "the API lacks a kind of object that the pattern is made of"),
  DRY_RUN_REFUSED(
      Nature.DECIDES_NOTHING, "the cluster takes no object on trial, so that less is seen"),
  FIELD_DROPPED(Nature.DECIDES_NOTHING, "the API drops a field of a Job"),
  NAMESPACE_UNUSABLE(
      Nature.DECIDES_NOTHING,
      "the namespace is not there, is being removed, or holds the same names"),
  RESOURCES_TOO_SMALL(
      Nature.DECIDES_NOTHING, "a container gets less memory or processor than it needs"),
  SPEC_CHANGED(Nature.DECIDES_NOTHING, "the cluster changes what was asked for"),
  TRAFFIC_BLOCKED(Nature.DECIDES_NOTHING, "pods may not reach the broker's pod"),
  NO_CLUSTER_IP(Nature.DECIDES_NOTHING, "the Service has no address of its own"),
  SERVICE_NOT_ROUTED(
      Nature.DECIDES_NOTHING, "the broker's pod is reached, and not by its Service's address"),
  SERVICE_LINKS_ABSENT(
      Nature.DECIDES_NOTHING, "pods are not told the Service's address in their environment"),
  DNS_FLAKY(Nature.DECIDES_NOTHING, "the broker's name is resolved slowly, or not always"),
  TRAFFIC_STALLED(Nature.DECIDES_NOTHING, "small items pass, and one of a mebibyte does not"),
  LOGS_UNREADABLE(Nature.DECIDES_NOTHING, "the logs of pods cannot be read"),
  IMAGE_WRONG_PLATFORM(
      Nature.DECIDES_NOTHING, "an image is made for nodes of another architecture"),
  PODS_COLLECTED(Nature.DECIDES_NOTHING, "somebody removes the Job's pods once they have ended"),
  SLOW_START(Nature.DECIDES_NOTHING, "pods take long from their creation until their worker runs"),
  STREAM_REFUSED(
      Nature.DECIDES_NOTHING, "commands cannot be run in pods, or their ports not be reached"),
  NODE_UNFIT(Nature.DECIDES_NOTHING, "on one kind of nodes pods do not run, or find no names"),
  IDLE_CUT(Nature.DECIDES_NOTHING, "a connection that is idle for minutes is cut"),
  EVENTS_ABSENT(Nature.DECIDES_NOTHING, "the events of a Job are not kept, or not all of them"),
  FOOTPRINT_LEFT(Nature.DECIDES_NOTHING, "something that was made cannot be removed"),
  // the worker
  WORKER_FAILED(
      Nature.DECIDES_NOTHING, "the program fails by itself; the last that it printed is quoted"),
  SECRET_PRINTED(Nature.HARMLESS, "a worker prints a password"),
  SLOWER(Nature.DECIDES_NOTHING, "the worker takes longer than what it is compared with"),
  HEAVIER(Nature.DECIDES_NOTHING, "the worker takes more memory than what it is compared with");

  /** What a finding means for a Job that is not over yet. */
  enum Nature {
    /** It keeps the Job from completing and does not go away by itself. */
    LASTS,
    /** It keeps the Job from completing, and somebody else may still change that. */
    MAY_PASS,
    /** Work goes on all the same. */
    HARMLESS,
    /** What becomes of the Job is told by something else. */
    DECIDES_NOTHING
  }

  private final Nature nature;
  private final String meaning;

  FindingCode(Nature nature, String meaning) {
    this.nature = nature;
    this.meaning = meaning;
  }

  Nature nature() {
    return nature;
  }

  /** Whether work goes on all the same, so that it keeps nothing from being judged. */
  public boolean isHarmless() {
    return nature == Nature.HARMLESS;
  }

  /** What it says, in a clause. */
  public String meaning() {
    return meaning;
  }

  /** Whether somebody else may still change it, so that it is lasting only after a while. */
  public boolean mayPass() {
    return nature == Nature.MAY_PASS;
  }
}
