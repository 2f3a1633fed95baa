package workqueue.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a pod's status as a person reads {@code kubectl get pod}. */
public final class PodHealth {
  private static final Set<String> HOPELESS =
      Set.of(
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError",
          "RunContainerError");

  private PodHealth() {}

  public static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
  }

  public static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase());
  }

  /** The phase, and what keeps a container from running. */
  public static String describe(Pod pod) {
    StringBuilder text =
        new StringBuilder("pod " + pod.getMetadata().getName() + " " + pod.getStatus().getPhase());
    for (ContainerStatus status : containers(pod)) {
      if (status.getState().getWaiting() != null) {
        text.append(", ").append(status.getState().getWaiting().getReason());
        Optional.ofNullable(status.getState().getWaiting().getMessage())
            .ifPresent(message -> text.append(": ").append(message));
      }
      if (status.getState().getTerminated() != null) {
        text.append(", ended with ").append(status.getState().getTerminated().getExitCode());
      }
      if (status.getRestartCount() > 0) {
        text.append(", ").append(status.getRestartCount()).append(" restarts");
      }
    }
    pod.getStatus().getConditions().stream()
        .filter(each -> each.getType().equals("PodScheduled") && each.getStatus().equals("False"))
        .forEach(each -> text.append(", ").append(each.getMessage()));
    return text.toString();
  }

  /** Why the pod will never run, where its status makes that certain. */
  public static Optional<String> hopeless(Pod pod) {
    for (ContainerStatus status : containers(pod)) {
      if (status.getState().getWaiting() == null) {
        continue;
      }
      String reason = String.valueOf(status.getState().getWaiting().getReason());
      // ErrImagePull alone may be a passing fault; the back-off comes after it was tried again.
      if (HOPELESS.contains(reason) || reason.equals("ImagePullBackOff")) {
        return Optional.of(describe(pod));
      }
    }
    return Optional.empty();
  }

  /**
   * What a container keeps ending with, where it failed, was restarted twice and failed again: the
   * first time may have been a passing fault, the third is none.
   */
  public static Optional<String> failsAgainAndAgain(Pod pod) {
    return containers(pod).stream()
        .map(each -> failure(pod, each))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> failure(Pod pod, ContainerStatus status) {
    boolean runs = status.getState().getRunning() != null;
    int ends = status.getRestartCount() + (runs ? 0 : 1);
    ContainerState latest =
        status.getState().getTerminated() == null ? status.getLastState() : status.getState();
    ContainerStateTerminated end = latest == null ? null : latest.getTerminated();
    return ends < 3 || end == null || end.getExitCode() == 0
        ? Optional.empty()
        : Optional.of(
            "the container of pod %s ended again and again, last with exit code %d"
                .formatted(pod.getMetadata().getName(), end.getExitCode()));
  }

  private static List<ContainerStatus> containers(Pod pod) {
    return pod.getStatus().getContainerStatuses();
  }
}
