package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import workqueue.history.ClusterEvent;
import workqueue.history.ClusterEvent.Kind;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Condition;
import workqueue.history.PodRef;
import workqueue.history.Termination;

/** What a pod's object says, as events. */
final class PodMapping {
  private static final Set<String> OWNERS = Set.of("Job", "ReplicaSet");

  private PodMapping() {}

  static PodRef ref(Pod pod) {
    return new PodRef(
        pod.getMetadata().getNamespace(), pod.getMetadata().getName(), pod.getMetadata().getUid());
  }

  /** The uid of the Job that owns it, or of a Deployment's ReplicaSet; empty if none does. */
  static String jobUid(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> OWNERS.contains(owner.getKind()))
        .map(owner -> owner.getUid())
        .findFirst()
        .orElse("");
  }

  static PodState state(Pod pod) {
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    List<Condition> conditions =
        status.getConditions().stream().map(PodMapping::condition).toList();
    boolean ready =
        conditions.stream().anyMatch(each -> each.type().equals("Ready") && each.holds());
    return new PodState(
        ref(pod),
        jobUid(pod),
        status.getPhase() == null ? "Pending" : status.getPhase(),
        status.getReason(),
        status.getMessage(),
        pod.getSpec() == null ? "" : pod.getSpec().getNodeName(),
        status.getPodIP(),
        ready,
        Times.of(pod.getMetadata().getDeletionTimestamp()),
        conditions);
  }

  /**
   * Whether its kubelet is silent: its last word was that the containers are ready, and the node's
   * controller has called the pod not ready since (Kubernetes' node lifecycle controller does that
   * when a node's status has become unknown).
   */
  static boolean isKubeletSilent(Pod pod) {
    return pod.getStatus() != null
        && pod.getSpec().getReadinessGates().isEmpty()
        && has(pod.getStatus(), "ContainersReady", "True")
        && has(pod.getStatus(), "Ready", "False");
  }

  private static boolean has(PodStatus status, String type, String value) {
    return status.getConditions().stream()
        .anyMatch(each -> each.getType().equals(type) && each.getStatus().equals(value));
  }

  /** All its containers' statuses, those that run first before the others. */
  static List<ContainerStatus> statuses(Pod pod) {
    List<ContainerStatus> all = new ArrayList<>();
    if (pod.getStatus() != null) {
      all.addAll(pod.getStatus().getInitContainerStatuses());
      all.addAll(pod.getStatus().getContainerStatuses());
    }
    return all;
  }

  static ClusterEvent.ContainerState container(Pod pod, ContainerStatus status) {
    ContainerState state = status.getState() == null ? new ContainerState() : status.getState();
    Kind kind = kind(pod, status.getName());
    PodRef ref = ref(pod);
    int attempt = ContainerRun.attempt(status);
    ContainerStateTerminated before = ContainerRun.last(status);
    Termination last = before == null ? null : termination(before);
    if (state.getTerminated() != null) {
      Termination end = termination(state.getTerminated());
      return new ClusterEvent.ContainerState(
          ref,
          status.getName(),
          Running.TERMINATED,
          end.reason(),
          end.message(),
          end.exitCode(),
          end.startedAt(),
          end.finishedAt(),
          attempt,
          last,
          kind);
    }
    if (state.getRunning() != null) {
      return new ClusterEvent.ContainerState(
          ref,
          status.getName(),
          Running.RUNNING,
          "",
          "",
          null,
          Times.of(state.getRunning().getStartedAt()),
          null,
          attempt,
          last,
          kind);
    }
    String reason = state.getWaiting() == null ? "" : state.getWaiting().getReason();
    String message = state.getWaiting() == null ? "" : state.getWaiting().getMessage();
    return new ClusterEvent.ContainerState(
        ref,
        status.getName(),
        Running.WAITING,
        reason,
        message,
        null,
        null,
        null,
        attempt,
        last,
        kind);
  }

  private static Kind kind(Pod pod, String container) {
    return pod.getSpec() == null
        ? Kind.ORDINARY
        : pod.getSpec().getInitContainers().stream()
            .filter(each -> each.getName().equals(container))
            .findFirst()
            .map(each -> "Always".equals(each.getRestartPolicy()) ? Kind.SIDECAR : Kind.INIT)
            .orElse(Kind.ORDINARY);
  }

  private static Termination termination(ContainerStateTerminated end) {
    return new Termination(
        end.getExitCode() == null ? 0 : end.getExitCode(),
        end.getReason(),
        end.getMessage(),
        Times.of(end.getStartedAt()),
        Times.of(end.getFinishedAt()));
  }

  private static Condition condition(PodCondition each) {
    return new Condition(
        each.getType(),
        each.getStatus(),
        each.getReason(),
        each.getMessage(),
        Times.of(each.getLastTransitionTime()));
  }
}
