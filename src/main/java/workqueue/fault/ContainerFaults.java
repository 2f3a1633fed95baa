package workqueue.fault;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.ClusterNode;
import workqueue.cluster.PodShell;
import workqueue.cluster.Right;
import workqueue.history.PodRef;
import workqueue.tutorial.WorkerContainer;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/** Kills the processes of containers. */
final class ContainerFaults {
  private static final Duration DEATH = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Duration FROM_INSIDE = Duration.ofSeconds(5);
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

  private final Site site;
  private final Strikes strikes;
  private final PodFaults pods;

  ContainerFaults(Site site, Strikes strikes, PodFaults pods) {
    this.site = site;
    this.strikes = strikes;
    this.pods = pods;
  }

  /** A container that runs, in one run of it. */
  private record Run(PodRef pod, String container, String id, int attempt) {

    @Override
    public String toString() {
      return "container " + container + ", attempt " + attempt;
    }
  }

  /** Kills a worker: by its node, from inside, or at last by way of its pod. */
  Fault kill(PodRef pod) {
    if (!site.namespace().isShared()) {
      return kill(Kind.KILL_CONTAINER, pod.name(), pod, Fault.Healing.NONE);
    }
    Pod seen = pods.require(pod);
    Run run = running(pod, seen);
    return strikes.once(
        Kind.KILL_CONTAINER,
        pod.name(),
        run + ", from inside or by deleting its pod",
        () -> killAsGuest(run, seen));
  }

  /**
   * A first process survives what comes from inside, and an image may have no shell: then the pod
   * is deleted, with the shortest grace in which its end can still be seen.
   */
  private String killAsGuest(Run run, Pod pod) {
    if (site.cluster().may(Right.EXEC)) {
      try {
        killAllInside(run, FROM_INSIDE);
        String told = awaitEnd(run, FROM_INSIDE);
        if (endedWell(run)) {
          throw new TargetGone(notRunning(run.pod(), "of one that ended by itself meanwhile"));
        }
        return told;
      } catch (KubernetesClientException | WaitedInVain survived) {
        // It is deleted.
      }
    }
    if (!site.namespace().delete(pod, Optional.of(SHORTEST_GRACE))) {
      throw new TargetGone(PodFaults.gone(run.pod()));
    }
    return awaitEnd(run, DEATH) + "; its pod was deleted with a grace of 1 s";
  }

  /** Nothing that was killed does. */
  private boolean endedWell(Run run) {
    return pods.find(run.pod()).flatMap(pod -> status(pod, run.container())).stream()
        .map(
            status ->
                status.getRestartCount() > run.attempt()
                    ? status.getLastState()
                    : status.getState())
        .anyMatch(
            state ->
                state != null
                    && state.getTerminated() != null
                    && Integer.valueOf(0).equals(state.getTerminated().getExitCode()));
  }

  /** Kills a pod's worker, in the name of a fault that may be more than that. */
  Fault kill(Kind kind, String target, PodRef pod, Fault.Healing healing) {
    Pod seen = pods.require(pod);
    Run run = running(pod, seen);
    Optional<ClusterNode> node =
        site.cluster().nodes().stream()
            .filter(each -> each.name().equals(seen.getSpec().getNodeName()))
            .findFirst();
    return node.isPresent()
        ? strikes.lasting(
            kind,
            target,
            run + ", by its node " + node.get().name(),
            () -> killByNode(run, node.get()),
            healing)
        : strikes.lasting(kind, target, run + ", from inside", () -> killFromInside(run), healing);
  }

  private static Run running(PodRef ref, Pod pod) {
    ContainerStatus status =
        WorkerContainer.in(pod)
            .flatMap(worker -> status(pod, worker))
            .filter(each -> each.getState() != null && each.getState().getRunning() != null)
            .orElseThrow(() -> new TargetGone(notRunning(ref, pod.getStatus().getPhase())));
    String id = status.getContainerID();
    return new Run(
        ref, status.getName(), id.substring(id.indexOf("://") + 3), status.getRestartCount());
  }

  private static Optional<ContainerStatus> status(Pod pod, String container) {
    return Stream.ofNullable(pod.getStatus().getContainerStatuses())
        .flatMap(List::stream)
        .filter(each -> each.getName().equals(container))
        .findFirst();
  }

  static String notRunning(PodRef pod, String phase) {
    return """
        Pod %s has no worker that could be killed: its container does not run, its phase is %s.
        Remedy: have the fault strike while the container runs; job.awaitRunning(1) waits for it."""
        .formatted(pod, phase);
  }

  private String killByNode(Run run, ClusterNode node) {
    try {
      node.require("ctr", "-n", "k8s.io", "task", "kill", "-s", "SIGKILL", "--all", run.id());
    } catch (EnvironmentTrouble refused) {
      // One that ends just then is refused in various words.
      if (!runsStill(tasks(node), run.id())) {
        throw new TargetGone(notRunning(run.pod(), "not known"));
      }
      throw refused;
    }
    return site.patience()
        .await(
            run + " of " + run.pod() + " to be dead",
            DEATH,
            BETWEEN,
            () ->
                runsStill(tasks(node), run.id())
                    ? Sight.<String>notYet("its task runs")
                    : Sight.found("its processes are gone"));
  }

  private static String tasks(ClusterNode node) {
    return node.require("ctr", "-n", "k8s.io", "task", "ls");
  }

  /** Whether containerd's list of tasks, a line each with id, process and state, has it running. */
  static boolean runsStill(String tasks, String id) {
    return tasks
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(
            columns ->
                columns.length >= 3 && columns[0].equals(id) && !columns[2].equals("STOPPED"));
  }

  private String killFromInside(Run run) {
    killAllInside(run, DEATH);
    return awaitEnd(run, DEATH);
  }

  /**
   * Reaches all processes but the first and the shell that does it, whose own end is of no
   * interest: it may go down with the container.
   */
  private void killAllInside(Run run, Duration limit) {
    new PodShell(
            site.namespace().client(), run.pod().namespace(), run.pod().name(), site.patience())
        .inContainer(run.container())
        .sh("kill -9 -1", limit);
  }

  private String awaitEnd(Run run, Duration limit) {
    return site.patience()
        .await(
            run + " of " + run.pod() + " to end",
            limit,
            BETWEEN,
            () -> {
              Optional<Pod> now = pods.find(run.pod());
              if (now.isEmpty()) {
                return Sight.found("its pod is gone");
              }
              boolean ended =
                  status(now.get(), run.container())
                      .filter(
                          each ->
                              each.getRestartCount() > run.attempt()
                                  || each.getState().getTerminated() != null)
                      .isPresent();
              return ended
                  ? Sight.found("its kubelet reports its end")
                  : Sight.<String>notYet("its kubelet calls it running");
            });
  }
}
