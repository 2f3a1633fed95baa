package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.ACK_TIMED_OUT;
import static workqueue.checker.diagnosis.FindingCode.ADMISSION_DENIED;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_REFUSED_LOGIN;
import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.COMMAND_NOT_RUNNABLE;
import static workqueue.checker.diagnosis.FindingCode.CONFIGURATION_MISSING;
import static workqueue.checker.diagnosis.FindingCode.CONNECTION_LIMIT;
import static workqueue.checker.diagnosis.FindingCode.CONTAINER_STILL_RUNNING;
import static workqueue.checker.diagnosis.FindingCode.DEADLINE_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.EVICTED;
import static workqueue.checker.diagnosis.FindingCode.HEARTBEAT_MISSED;
import static workqueue.checker.diagnosis.FindingCode.IMAGE_NOT_PULLABLE;
import static workqueue.checker.diagnosis.FindingCode.INIT_NOT_FINISHED;
import static workqueue.checker.diagnosis.FindingCode.JOB_FAILED;
import static workqueue.checker.diagnosis.FindingCode.NEGOTIATION_FAILED;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.NODE_PRESSURE;
import static workqueue.checker.diagnosis.FindingCode.NOT_CONSUMING;
import static workqueue.checker.diagnosis.FindingCode.NOT_EXITED;
import static workqueue.checker.diagnosis.FindingCode.OTHER_QUEUE;
import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;
import static workqueue.checker.diagnosis.FindingCode.PERMISSION_DENIED;
import static workqueue.checker.diagnosis.FindingCode.POD_FAILURE_POLICY;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_LOCKED;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISMATCH;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;
import static workqueue.checker.diagnosis.FindingCode.QUOTA_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.RESOURCES_REQUIRED;
import static workqueue.checker.diagnosis.FindingCode.SANDBOX_NOT_CREATED;
import static workqueue.checker.diagnosis.FindingCode.SCHEDULER_INACTIVE;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_NOT_RESOLVED;
import static workqueue.checker.diagnosis.FindingCode.SERVICE_WITHOUT_ENDPOINTS;
import static workqueue.checker.diagnosis.FindingCode.TRAFFIC_BLOCKED;
import static workqueue.checker.diagnosis.FindingCode.UNSCHEDULABLE;
import static workqueue.checker.diagnosis.FindingCode.URL_MALFORMED;
import static workqueue.checker.diagnosis.FindingCode.VHOST_MISSING;
import static workqueue.checker.diagnosis.FindingCode.VOLUME_NOT_MOUNTED;
import static workqueue.checker.diagnosis.FindingCode.WEBHOOK_UNAVAILABLE;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;

import java.util.ArrayList;
import java.util.List;

/** Groups of causes that one thing may follow from, the likeliest first. */
final class Families {
  static final List<FindingCode> NO_BROKER =
      List.of(
          TRAFFIC_BLOCKED,
          SERVICE_NOT_RESOLVED,
          SERVICE_WITHOUT_ENDPOINTS,
          BROKER_REFUSED_LOGIN,
          BROKER_UNREACHABLE,
          QUEUE_MISSING);

  /** What the broker refuses, or gives up. */
  static final List<FindingCode> REFUSED =
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

  /** How a Job says that it failed. */
  static final List<FindingCode> GIVEN_UP =
      List.of(DEADLINE_EXCEEDED, BACKOFF_LIMIT_EXCEEDED, POD_FAILURE_POLICY, JOB_FAILED);

  /** What keeps pods from running, or breaks them off. */
  static final List<FindingCode> NO_RUN =
      List.of(
          NODE_LOST,
          NODE_PRESSURE,
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
  static final List<FindingCode> NO_END =
      List.of(CONTAINER_STILL_RUNNING, NOT_EXITED, NOT_CONSUMING, OTHER_QUEUE);

  /** Why runs of workers fail. */
  static final List<FindingCode> FAILURES =
      join(NO_BROKER, REFUSED, NO_RUN, List.of(ACKED_BUT_NOT_REPORTED, WORKER_FAILED));

  private Families() {}

  @SafeVarargs
  static List<FindingCode> join(List<FindingCode>... lists) {
    List<FindingCode> all = new ArrayList<>();
    for (List<FindingCode> each : lists) {
      all.addAll(each);
    }
    return List.copyOf(all);
  }
}
