package workqueue.checker;

import static workqueue.checker.FindingCode.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.history.WireEvent.Delivered;

/** Which findings follow from which others. */
final class Because {
  private static final List<FindingCode> NO_BROKER =
      List.of(
          SERVICE_NOT_RESOLVED,
          SERVICE_WITHOUT_ENDPOINTS,
          BROKER_REFUSED_LOGIN,
          BROKER_UNREACHABLE,
          QUEUE_MISSING);
  private static final List<FindingCode> REFUSED =
      List.of(
          PERMISSION_DENIED,
          VHOST_MISSING,
          CONNECTION_LIMIT,
          NEGOTIATION_FAILED,
          QUEUE_MISMATCH,
          QUEUE_LOCKED,
          URL_MALFORMED,
          HEARTBEAT_MISSED,
          ACK_TIMED_OUT);
  private static final List<FindingCode> GIVEN_UP =
      List.of(DEADLINE_EXCEEDED, BACKOFF_LIMIT_EXCEEDED, POD_FAILURE_POLICY, JOB_FAILED);

  /** What one Job's pods show of that which all Jobs use. */
  private static final List<FindingCode> EVERYBODYS = join(NO_BROKER, List.of(NODE_LOST));

  /** What comes of, or is done to, the items that all Jobs of a queue share. */
  private static final Set<FindingCode> OF_A_QUEUE =
      EnumSet.of(
          FALSE_SUCCESS,
          UNEXPECTED_ITEMS,
          HOARDED_ITEMS,
          FOREIGN_CONSUMER,
          ACKED_BUT_NOT_REPORTED,
          DROPPED_BY_BROKER,
          LOST_ITEMS,
          LEFTOVER_ITEMS,
          DUPLICATED_ITEMS,
          REDELIVERED_ITEMS);

  // A Job that gives up deletes its pods just before it says so.
  private static final Duration GIVING_UP = Duration.ofSeconds(2);
  private static final List<FindingCode> NO_RUN =
      List.of(
          NODE_LOST,
          IMAGE_NOT_PULLABLE,
          COMMAND_NOT_RUNNABLE,
          CONFIGURATION_MISSING,
          VOLUME_NOT_MOUNTED,
          SANDBOX_NOT_CREATED,
          INIT_NOT_FINISHED,
          OUT_OF_MEMORY,
          QUOTA_EXCEEDED,
          RESOURCES_REQUIRED,
          WEBHOOK_UNAVAILABLE,
          ADMISSION_DENIED,
          EVICTED,
          UNSCHEDULABLE,
          SCHEDULER_INACTIVE);

  /** What keeps pods that run from coming to an end. */
  private static final List<FindingCode> NO_END =
      List.of(CONTAINER_STILL_RUNNING, NOT_EXITED, NOT_CONSUMING, OTHER_QUEUE);

  /** What can cause a finding, the likeliest first. */
  private static final Map<FindingCode, List<FindingCode>> CAUSES =
      Map.ofEntries(
          Map.entry(BROKER_UNREACHABLE, List.of(SERVICE_NOT_RESOLVED, SERVICE_WITHOUT_ENDPOINTS)),
          Map.entry(
              CRASH_LOOP,
              join(
                  NO_BROKER,
                  REFUSED,
                  List.of(
                      COMMAND_NOT_RUNNABLE, OUT_OF_MEMORY, ACKED_BUT_NOT_REPORTED, WORKER_FAILED))),
          Map.entry(
              BACKOFF_LIMIT_EXCEEDED,
              join(NO_BROKER, REFUSED, NO_RUN, List.of(ACKED_BUT_NOT_REPORTED, WORKER_FAILED))),
          Map.entry(
              JOB_FAILED,
              join(NO_BROKER, REFUSED, NO_RUN, List.of(ACKED_BUT_NOT_REPORTED, WORKER_FAILED))),
          Map.entry(WORKER_FAILED, List.of(HOARDED_ITEMS, LOST_ITEMS)),
          Map.entry(INIT_NOT_FINISHED, join(NO_BROKER, List.of(NODE_LOST))),
          Map.entry(NOT_EXITED, List.of(NODE_LOST)),
          Map.entry(CONTAINER_STILL_RUNNING, List.of(NODE_LOST)),
          Map.entry(NOT_CONSUMING, List.of(NODE_LOST)),
          Map.entry(
              DEADLINE_EXCEEDED,
              join(
                  NO_BROKER,
                  REFUSED,
                  NO_RUN,
                  NO_END,
                  List.of(
                      DROPPED_BY_BROKER,
                      LOST_ITEMS,
                      ACKED_BUT_NOT_REPORTED,
                      FOREIGN_CONSUMER,
                      CRASH_LOOP))),
          Map.entry(ACKED_BUT_NOT_REPORTED, List.of(NODE_LOST, EVICTED, OUT_OF_MEMORY)),
          Map.entry(
              REDELIVERED_ITEMS,
              join(
                  List.of(FALSE_SUCCESS, HOARDED_ITEMS),
                  NO_RUN,
                  NO_BROKER,
                  REFUSED,
                  List.of(
                      SUSPENDED,
                      NOT_EXITED,
                      WORKER_FAILED,
                      IGNORED_TERMINATION,
                      BACKOFF_LIMIT_EXCEEDED,
                      DEADLINE_EXCEEDED,
                      POD_FAILURE_POLICY,
                      JOB_FAILED,
                      CRASH_LOOP))),
          Map.entry(DUPLICATED_ITEMS, List.of(FALSE_SUCCESS, HEARTBEAT_MISSED, ACK_TIMED_OUT)),
          Map.entry(
              LEFTOVER_ITEMS,
              join(
                  List.of(FALSE_SUCCESS, UNEXPECTED_ITEMS, HOARDED_ITEMS),
                  NO_BROKER,
                  REFUSED,
                  NO_RUN,
                  NO_END,
                  List.of(
                      WORKER_FAILED,
                      BROKER_BLOCKED,
                      BACKOFF_LIMIT_EXCEEDED,
                      DEADLINE_EXCEEDED,
                      POD_FAILURE_POLICY,
                      JOB_FAILED,
                      COMPLETIONS_UNSET,
                      VANISHED))),
          Map.entry(
              LOST_ITEMS, List.of(QUEUE_MISSING, FOREIGN_CONSUMER, BROKER_BLOCKED, HOARDED_ITEMS)),
          Map.entry(
              WAITING_FOR_WORK,
              List.of(
                  QUEUE_MISSING,
                  DROPPED_BY_BROKER,
                  LOST_ITEMS,
                  ACKED_BUT_NOT_REPORTED,
                  FOREIGN_CONSUMER,
                  NOT_EXITED,
                  CONTAINER_STILL_RUNNING,
                  NODE_LOST)),
          // A Job that gives up deletes its pods, and so does a node that is lost.
          Map.entry(
              IGNORED_TERMINATION,
              List.of(
                  NODE_LOST,
                  EVICTED,
                  DEADLINE_EXCEEDED,
                  BACKOFF_LIMIT_EXCEEDED,
                  POD_FAILURE_POLICY,
                  JOB_FAILED,
                  SUSPENDED)),
          Map.entry(STUCK_TERMINATING, List.of(NODE_LOST)),
          Map.entry(EVICTED, List.of(NODE_LOST)),
          Map.entry(UNSCHEDULABLE, List.of(NODE_LOST)));

  private Because() {}

  /** Whether a finding may follow from another, as far as their codes tell. */
  static boolean mayCause(FindingCode cause, FindingCode of) {
    return CAUSES.getOrDefault(of, List.of()).contains(cause);
  }

  static Map<FindingCode, List<FindingCode>> causes() {
    return CAUSES;
  }

  /** The cause at the end of the chain that begins with this finding; empty if it is one itself. */
  static Optional<Suspicion> rootOf(Suspicion one, List<Suspicion> all, Picture picture) {
    Optional<Suspicion> cause = causeOf(one, all, picture);
    return cause.map(each -> rootOf(each, all, picture).orElse(each));
  }

  private static Optional<Suspicion> causeOf(Suspicion one, List<Suspicion> all, Picture picture) {
    if (one.code() == WAITING_FOR_WORK && ProgressCauses.moreWanted(picture)) {
      return Optional.empty();
    }
    List<FindingCode> codes = CAUSES.getOrDefault(one.code(), List.of());
    return (isTooLate(one, picture) ? join(GIVEN_UP, codes) : codes)
        .stream()
            .flatMap(code -> all.stream().filter(each -> each.code() == code))
            .filter(each -> mayExplain(each, one, picture))
            // What came too late for a Job that had given up causes nothing but that others wait.
            .filter(each -> one.code() == WAITING_FOR_WORK || !isTooLate(each, picture))
            .findFirst();
  }

  /** Whether they are of one Job, or of Jobs that get in each other's way, or of no Job known. */
  private static boolean mayExplain(Suspicion cause, Suspicion one, Picture picture) {
    if (cause.code() == HOARDED_ITEMS && one.code() == LOST_ITEMS) {
      return allTakenBesideAnother(one, picture);
    }
    if (one.code() == WORKER_FAILED) {
      return allCameTooLate(one, picture);
    }
    List<JobView> causing = cause.jobs(picture);
    List<JobView> suffering = one.jobs(picture);
    if (causing.isEmpty() || suffering.isEmpty() || EVERYBODYS.contains(cause.code())) {
      return true;
    }
    if (!Collections.disjoint(causing, suffering)) {
      return true;
    }
    boolean onQueue = OF_A_QUEUE.contains(cause.code()) || OF_A_QUEUE.contains(one.code());
    return onQueue && !Collections.disjoint(queues(causing), queues(suffering));
  }

  /** Whether each of the items was last handed to a run that worked on another one of its own. */
  private static boolean allTakenBesideAnother(Suspicion lost, Picture picture) {
    List<LedgerEntry> entries = picture.ledger().entries();
    Set<String> busy =
        entries.stream()
            .filter(entry -> !entry.work().isEmpty())
            .flatMap(entry -> entry.deliveries().stream())
            .flatMap(delivery -> run(delivery, picture).stream())
            .collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> lost.evidence().contains(entry.publishedSeq()))
        .map(LedgerEntry::deliveries)
        .allMatch(
            each ->
                !each.isEmpty()
                    && run(each.get(each.size() - 1), picture).filter(busy::contains).isPresent());
  }

  /** What took a delivery: a pod that ran once, or else a connection. */
  private static Optional<String> run(LedgerEntry.Delivery delivery, Picture picture) {
    return picture.podNamed(delivery.pod()).filter(PodView::ranOnce).isPresent()
        ? Optional.of(delivery.pod())
        : picture.event(delivery.seq()).event() instanceof Delivered delivered
            ? Optional.of(delivered.connection())
            : Optional.empty();
  }

  /** Whether the pods were seen on the wire and none of them was handed anything. */
  private static boolean allCameTooLate(Suspicion failed, Picture picture) {
    return !failed.pods().isEmpty()
        && failed.pods().stream()
            .allMatch(
                pod -> picture.connections().countOf(pod) > 0 && picture.wire().to(pod).isEmpty());
  }

  private static List<String> queues(List<JobView> jobs) {
    return jobs.stream().map(JobView::queue).filter(queue -> !queue.isEmpty()).toList();
  }

  /** Whether what was not reported was done by pods that went because their Job had given up. */
  private static boolean isTooLate(Suspicion one, Picture picture) {
    return one.code() == ACKED_BUT_NOT_REPORTED
        && !one.pods().isEmpty()
        && one.pods().stream()
            .allMatch(
                name -> picture.podNamed(name).filter(pod -> wasGivenUp(pod, picture)).isPresent());
  }

  private static boolean wasGivenUp(PodView pod, Picture picture) {
    return picture.jobs().stream()
        .filter(job -> job.pods.contains(pod))
        .flatMap(job -> job.givenUp().stream())
        .anyMatch(
            end ->
                pod.deletionSeenAt()
                    .filter(seen -> !seen.isBefore(end.at().minus(GIVING_UP)))
                    .isPresent());
  }

  @SafeVarargs
  private static List<FindingCode> join(List<FindingCode>... lists) {
    List<FindingCode> all = new ArrayList<>();
    for (List<FindingCode> each : lists) {
      all.addAll(each);
    }
    return List.copyOf(all);
  }
}
