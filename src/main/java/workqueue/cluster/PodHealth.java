package workqueue.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a pod's status as a person reads {@code kubectl get pod}. */
public final class PodHealth {
  private static final Set<String> HOPELESS = Set.of("InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> NOT_STARTED =
      Set.of("CreateContainerConfigError", "RunContainerError");
  // A slow runtime and a late volume make the same errors, in other words, and pass.
  private static final Pattern FOR_GOOD =
      Pattern.compile(
          "not found|no such file or directory|permission denied|exec format error"
              + "|couldn't find key|runAsNonRoot");
  private static final String MOUNT = "error mounting";

  private PodHealth() {}

  public static boolean isReady(Pod pod) {
    return Readiness.isPodReady(pod);
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
      if (isKilledForMemory(end(status))) {
        text.append(", killed for want of memory").append(limit(pod, status.getName()));
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

  /**
   * Why the pod will never run, where that is certain.
   *
   * @param failedPulls how many times its image could not be pulled; the kubelet goes into back-off
   *     after the first, which may have been a passing fault
   */
  public static Optional<String> hopeless(Pod pod, int failedPulls) {
    return containers(pod).stream()
            .map(status -> status.getState().getWaiting())
            .filter(Objects::nonNull)
            .anyMatch(waiting -> hopeless(waiting, failedPulls))
        ? Optional.of(describe(pod))
        : Optional.empty();
  }

  /** How many times the pod's image could not be pulled, as its events tell. */
  public static int failedPulls(Pod pod, Collection<Event> events) {
    return events.stream()
        .filter(event -> "Failed".equals(event.getReason()))
        .filter(event -> pod.getMetadata().getUid().equals(event.getInvolvedObject().getUid()))
        .filter(event -> event.getMessage().startsWith("Failed to pull image"))
        .mapToInt(event -> Objects.requireNonNullElse(event.getCount(), 1))
        .sum();
  }

  private static boolean hopeless(ContainerStateWaiting waiting, int failedPulls) {
    String reason = Objects.requireNonNullElse(waiting.getReason(), "");
    String message = Objects.requireNonNullElse(waiting.getMessage(), "");
    return HOPELESS.contains(reason)
        || (reason.equals("ImagePullBackOff") && failedPulls > 1)
        || (NOT_STARTED.contains(reason)
            && FOR_GOOD.matcher(message).find()
            && !message.contains(MOUNT));
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
    ContainerStateTerminated end = end(status);
    return ends < 3 || end == null || endedWell(pod, end)
        ? Optional.empty()
        : Optional.of(
            "the container of pod %s ended again and again, last with exit code %d"
                    .formatted(pod.getMetadata().getName(), end.getExitCode())
                + (isKilledForMemory(end)
                    ? ", killed for want of memory" + limit(pod, status.getName())
                    : ""));
  }

  /** A container that is always restarted was not to end, not even with exit code 0. */
  private static boolean endedWell(Pod pod, ContainerStateTerminated end) {
    return end.getExitCode() == 0 && !"Always".equals(pod.getSpec().getRestartPolicy());
  }

  /** How it ended last; null if it did not. */
  private static ContainerStateTerminated end(ContainerStatus status) {
    ContainerState latest =
        status.getState().getTerminated() == null ? status.getLastState() : status.getState();
    return latest == null ? null : latest.getTerminated();
  }

  private static boolean isKilledForMemory(ContainerStateTerminated end) {
    return end != null && "OOMKilled".equals(end.getReason());
  }

  /** How much it may have, and whether that is by its own manifest. */
  private static String limit(Pod pod, String container) {
    boolean byRange = GivenLimits.of(pod).getOrDefault(container, List.of()).contains("memory");
    return pod.getSpec().getContainers().stream()
        .filter(each -> each.getName().equals(container) && each.getResources() != null)
        .map(each -> each.getResources().getLimits().get("memory"))
        .filter(Objects::nonNull)
        .findFirst()
        .map(each -> " (limit " + each + (byRange ? ", set by a LimitRange)" : ")"))
        .orElse("");
  }

  private static List<ContainerStatus> containers(Pod pod) {
    return pod.getStatus().getContainerStatuses();
  }
}
