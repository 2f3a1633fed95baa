package workqueue.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Recorded;
import workqueue.history.Termination;
import workqueue.history.WorkerEvent.LogLine;

/** What keeps a Job's pods from running, told from pods, containers and Kubernetes events. */
final class PodCauses {
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");
  private static final Set<String> NO_START =
      Set.of("CreateContainerError", "CreateContainerConfigError", "RunContainerError");
  private static final Set<String> NO_NODE = Set.of("Unschedulable", "SchedulingGated");
  // A kubelet with much to do kills what is due, and takes its time to say so.
  private static final Duration STUCK = Duration.ofSeconds(30);
  private static final Duration LATE = Duration.ofSeconds(10);

  private final Picture picture;
  private final FailedRuns runs;
  private final List<Suspicion> found = new ArrayList<>();

  private PodCauses(Picture picture, FailedRuns runs) {
    this.picture = picture;
    this.runs = runs;
  }

  static List<Suspicion> in(Picture picture, FailedRuns runs) {
    PodCauses causes = new PodCauses(picture, runs);
    for (JobView job : picture.jobs()) {
      if (!job.state().complete()) {
        causes.images(job);
        causes.commands(job);
        causes.scheduling(job);
        causes.creation(job);
        causes.crashes(job);
      }
      causes.memory(job);
      causes.evictions(job);
      causes.terminations(job);
      causes.secrets(job);
    }
    return causes.found;
  }

  private void images(JobView job) {
    List<Recorded<ContainerState>> waiting =
        waiting(job, state -> NO_IMAGE.contains(state.reason()));
    if (waiting.isEmpty()) {
      return;
    }
    String image = job.state().spec().image();
    found.add(
        Suspicion.of(
                FindingCode.IMAGE_NOT_PULLABLE,
                Counted.of(waiting.size(), "pod")
                    + " of "
                    + job
                    + " cannot get their image"
                    + (image.isEmpty() ? "" : " " + image)
                    + " ("
                    + waiting.get(waiting.size() - 1).event().reason()
                    + ")")
            .pods(waiting.stream().map(state -> state.event().pod().name()).toList())
            .proof(waiting.stream().map(Recorded::seq).toList())
            .remedy(
                "kubectl get events -n "
                    + job.ref.namespace()
                    + " --field-selector reason=Failed"));
  }

  private void commands(JobView job) {
    List<FailedRuns.Run> failed =
        runs.standing(FindingCode.COMMAND_NOT_RUNNABLE).stream()
            .filter(run -> run.job() == job)
            .toList();
    List<Recorded<ContainerState>> waiting = waiting(job, PodCauses::cannotStart);
    if (failed.isEmpty() && waiting.isEmpty()) {
      return;
    }
    String said = failed.isEmpty() ? waiting.get(0).event().message() : failed.get(0).said();
    List<String> pods = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    failed.forEach(
        run -> {
          pods.add(run.attempt().pod.ref.name());
          proof.addAll(run.proof());
        });
    waiting.forEach(
        state -> {
          pods.add(state.event().pod().name());
          proof.add(state.seq());
        });
    found.add(
        Suspicion.of(
                FindingCode.COMMAND_NOT_RUNNABLE,
                "the command of " + job + " cannot be run (" + said + ")")
            .pods(pods)
            .proof(proof)
            .remedy(
                failed.isEmpty()
                    ? "kubectl describe pod " + pods.get(0) + " -n " + job.ref.namespace()
                    : "chmod +x worker.py && docker build -t " + image(job) + " ."));
  }

  /** Volumes that are gone are a pod's on its way out: no fault of the command. */
  private static boolean cannotStart(ContainerState state) {
    return NO_START.contains(state.reason())
        && !state.message().contains("error mounting")
        && !ConfigurationMissing.keepsWaiting(state);
  }

  private static String image(JobView job) {
    String image = job.state().spec().image();
    return image.isEmpty() ? "job-wq-1" : image;
  }

  private void scheduling(JobView job) {
    List<Recorded<PodState>> pending = new ArrayList<>();
    String why = "";
    for (PodView pod : job.pods) {
      Optional<Recorded<PodState>> last = pod.last();
      boolean waits =
          pod.active()
              && last.orElseThrow()
                  .event()
                  .condition("PodScheduled")
                  .map(each -> !each.holds() && NO_NODE.contains(each.reason()))
                  .orElse(false);
      if (waits) {
        pending.add(last.get());
        why = last.get().event().condition("PodScheduled").orElseThrow().message();
      }
    }
    boolean othersRun = job.attempts().stream().anyMatch(Attempt::running);
    if (pending.isEmpty() || othersRun || job.state().over()) {
      return;
    }
    found.add(
        Suspicion.of(
                FindingCode.UNSCHEDULABLE,
                "no node takes "
                    + Counted.of(pending.size(), "waiting pod")
                    + " of "
                    + job
                    + (why.isEmpty() ? "" : " (" + why + ")"))
            .pods(pending.stream().map(state -> state.event().pod().name()).toList())
            .proof(pending.stream().map(Recorded::seq).toList())
            .remedy("kubectl describe nodes"));
  }

  private void creation(JobView job) {
    boolean noPod = job.pods.stream().noneMatch(PodView::active);
    if (!noPod || job.state().over()) {
      return;
    }
    List<Recorded<KubernetesEvent>> refused =
        picture.history.all(
            KubernetesEvent.class,
            event ->
                event.reason().equals("FailedCreate")
                    && event.kind().equals("Job")
                    && event.name().equals(job.ref.name()));
    List<Recorded<KubernetesEvent>> quota = saying(refused, "quota");
    List<Recorded<KubernetesEvent>> unstated = saying(refused, "must specify");
    List<Recorded<KubernetesEvent>> away = saying(refused, "failed calling webhook");
    if (!unstated.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.RESOURCES_REQUIRED,
                  "a quota wants the pods of "
                      + job
                      + " to state their resources ("
                      + lastMessage(unstated)
                      + ")")
              .proof(unstated.stream().map(Recorded::seq).toList())
              .remedy("kubectl describe quota -n " + job.ref.namespace()));
    } else if (!away.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.WEBHOOK_UNAVAILABLE,
                  "a webhook that has to admit the pods of "
                      + job
                      + " does not answer ("
                      + lastMessage(away)
                      + ")")
              .proof(away.stream().map(Recorded::seq).toList())
              .remedy("kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations"));
    } else if (!quota.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.QUOTA_EXCEEDED,
                  job + " may make no pods (" + lastMessage(quota) + ")")
              .proof(quota.stream().map(Recorded::seq).toList())
              .remedy("kubectl describe quota -n " + job.ref.namespace()));
    } else if (!refused.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.ADMISSION_DENIED,
                  "the pods of " + job + " are not admitted (" + lastMessage(refused) + ")")
              .proof(refused.stream().map(Recorded::seq).toList())
              .remedy(Remedies.describe(job.ref)));
    }
  }

  private static List<Recorded<KubernetesEvent>> saying(
      List<Recorded<KubernetesEvent>> events, String words) {
    return events.stream().filter(each -> each.event().message().contains(words)).toList();
  }

  private static String lastMessage(List<Recorded<KubernetesEvent>> events) {
    return events.get(events.size() - 1).event().message();
  }

  private void crashes(JobView job) {
    if (job.state().failedForGood()) {
      return;
    }
    List<String> pods = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    Map<PodView, List<FailedRuns.Run>> standing =
        runs.all().stream()
            .filter(FailedRuns.Run::standing)
            .collect(Collectors.groupingBy(run -> run.attempt().pod));
    for (PodView pod : job.pods) {
      List<FailedRuns.Run> failed = standing.getOrDefault(pod, List.of());
      boolean backsOff =
          pod.allAttempts().stream().anyMatch(attempt -> attempt.waitsFor("CrashLoopBackOff"));
      if (pod.active() && !failed.isEmpty() && (backsOff || failed.size() > 1)) {
        pods.add(pod.ref.name());
        failed.forEach(run -> proof.addAll(run.proof()));
      }
    }
    if (!pods.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.CRASH_LOOP,
                  "containers fail and restart in " + Counted.of(pods.size(), "pod") + " of " + job)
              .pods(pods)
              .proof(proof)
              .remedy(
                  "kubectl logs -n " + job.ref.namespace() + " " + pods.get(0) + " --previous"));
    }
  }

  private void memory(JobView job) {
    List<FailedRuns.Run> killed =
        runs.all().stream()
            .filter(run -> run.job() == job && run.cause() == FindingCode.OUT_OF_MEMORY)
            .toList();
    if (!killed.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.OUT_OF_MEMORY,
                  Counted.were(killed.size(), "run") + " of " + job + " killed for want of memory")
              .pods(killed.stream().map(run -> run.attempt().pod.ref.name()).toList())
              .proof(killed.stream().flatMap(run -> run.proof().stream()).toList())
              .remedy(
                  "kubectl get job "
                      + job.ref.name()
                      + " -n "
                      + job.ref.namespace()
                      + " -o jsonpath='{.spec.template.spec.containers[*].resources}'"));
    }
  }

  private void evictions(JobView job) {
    List<PodView> evicted = job.pods.stream().filter(PodCauses::evicted).toList();
    if (!evicted.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.EVICTED, Counted.were(evicted.size(), "pod") + " evicted of " + job)
              .pods(evicted.stream().map(pod -> pod.ref.name()).toList())
              .proof(evicted.stream().map(pod -> pod.last().orElseThrow().seq()).toList())
              .remedy(
                  "kubectl get events -n "
                      + job.ref.namespace()
                      + " --field-selector reason=Evicted"));
    }
  }

  private static boolean evicted(PodView pod) {
    return !pod.succeeded()
        && pod.states().stream()
            .anyMatch(
                state ->
                    state.event().reason().equals("Evicted")
                        || state
                            .event()
                            .condition("DisruptionTarget")
                            .map(condition -> condition.holds())
                            .orElse(false));
  }

  private void terminations(JobView job) {
    Instant now = picture.now();
    int grace = job.state().spec().gracePeriodSeconds();
    for (PodView pod : job.pods) {
      Optional<Instant> due = pod.deletionAt();
      if (due.isEmpty()) {
        continue;
      }
      if (pod.gone().isEmpty() && !over(pod) && now.isAfter(due.get().plus(STUCK))) {
        found.add(
            Suspicion.of(
                    FindingCode.STUCK_TERMINATING,
                    "pod " + pod + " was to be gone by " + due.get() + " and is still there")
                .pods(List.of(pod.ref.name()))
                .proof(pod.last().orElseThrow().seq())
                .remedy(
                    "kubectl get pod "
                        + pod.ref.name()
                        + " -n "
                        + pod.ref.namespace()
                        + " -o jsonpath='{.metadata.finalizers}{.spec.nodeName}'"));
      }
      pod.attempts().stream()
          .filter(attempt -> grace > 1 && killedAfterGrace(attempt, due.get()))
          .forEach(
              attempt ->
                  found.add(
                      Suspicion.of(
                              FindingCode.IGNORED_TERMINATION,
                              "the worker in pod "
                                  + pod
                                  + " did not end on SIGTERM and was killed after "
                                  + grace
                                  + " s")
                          .pods(List.of(pod.ref.name()))
                          .proof(attempt.endSeq())
                          .remedy(
                              "kubectl get job "
                                  + job.ref.name()
                                  + " -n "
                                  + job.ref.namespace()
                                  + " -o jsonpath='{.spec.template.spec.containers[*].command}'")));
    }
  }

  private static boolean over(PodView pod) {
    return pod.last().map(state -> state.event().over()).orElse(true);
  }

  private boolean killedAfterGrace(Attempt attempt, Instant due) {
    Optional<Termination> end =
        attempt.end().filter(each -> each.exitCode() == 137 && !each.reason().equals("OOMKilled"));
    if (end.isEmpty()) {
      return false;
    }
    // Whole seconds: one that ended a second early may have ended in time.
    Instant late = due.minusSeconds(1);
    Instant finished = end.get().finishedAt();
    if (finished != null) {
      return !finished.isBefore(late);
    }
    // Kubelets remove a container that is killed for good; old ones then miss it at once.
    Instant missed = attempt.endSeenAt().orElseThrow();
    return !missed.isBefore(late)
        && !missed.isAfter(due.plus(LATE))
        && !picture.connections().endedBefore(attempt.pod.ref.name(), late);
  }

  private void secrets(JobView job) {
    List<Recorded<LogLine>> lines =
        job.attempts().stream()
            .flatMap(attempt -> attempt.lines().stream())
            .filter(line -> line.event().secret())
            .toList();
    if (!lines.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.SECRET_PRINTED,
                  "workers of " + job + " print a password in " + Counted.of(lines.size(), "line"))
              .pods(lines.stream().map(line -> line.event().pod().name()).toList())
              .proof(lines.stream().map(Recorded::seq).toList())
              .remedy(Remedies.logs(job.ref)));
    }
  }

  private List<Recorded<ContainerState>> waiting(JobView job, Predicate<ContainerState> which) {
    List<Recorded<ContainerState>> waiting = new ArrayList<>();
    for (PodView pod : job.pods) {
      if (!pod.active() && !job.state().failedForGood()) {
        continue;
      }
      for (Attempt attempt : pod.allAttempts()) {
        attempt
            .lastState()
            .filter(state -> state.event().state() == Running.WAITING)
            .filter(state -> which.test(state.event()))
            .ifPresent(waiting::add);
      }
    }
    return waiting;
  }
}
