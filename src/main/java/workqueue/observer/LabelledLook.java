package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import workqueue.history.ClusterEvent.JobDeleted;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.JobRef;
import workqueue.history.PodRef;
import workqueue.history.Recorder;
import workqueue.history.Source;

/**
 * Looks at the pods and Jobs of a namespace that carry some labels, and records what has changed:
 * for a guest, who neither needs the right to watch nor records what is somebody else's.
 */
public final class LabelledLook {
  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, String> labels;
  private final Recorder recorder;
  private final Changes changes;
  private final Set<PodRef> known = new HashSet<>();
  private final Set<JobRef> knownJobs = new HashSet<>();
  private List<Pod> pods = List.of();
  private List<Job> jobs = List.of();

  public LabelledLook(
      KubernetesClient client, String namespace, Map<String, String> labels, Recorder recorder) {
    this.client = client;
    this.namespace = namespace;
    this.labels = Map.copyOf(labels);
    this.recorder = recorder;
    this.changes = new Changes(recorder);
  }

  /** Lists them now; what fails is recorded as a gap, and is as it was. */
  public void look() {
    try {
      jobs = client.batch().v1().jobs().inNamespace(namespace).withLabels(labels).list().getItems();
      jobs.forEach(each -> changes.see(Source.JOBS, uid(each), JobMapping.state(each)));
      pods = client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
      pods.forEach(this::see);
    } catch (KubernetesClientException failure) {
      Sights.lost(recorder, Source.PODS, recorder.now(), "they cannot be listed", failure);
      return;
    }
    Set<PodRef> now = new HashSet<>(pods.stream().map(PodMapping::ref).toList());
    for (PodRef each : List.copyOf(known)) {
      if (!now.contains(each)) {
        known.remove(each);
        recorder.record(Source.PODS, new PodGone(each));
      }
    }
    known.addAll(now);
    Set<JobRef> jobsNow = new HashSet<>(jobs.stream().map(JobMapping::ref).toList());
    for (JobRef each : List.copyOf(knownJobs)) {
      if (!jobsNow.contains(each)) {
        knownJobs.remove(each);
        recorder.record(Source.JOBS, new JobDeleted(each));
      }
    }
    knownJobs.addAll(jobsNow);
  }

  /** Lists the events about an object of this name now; what fails is recorded as a gap. */
  public void lookAtEvents(String name) {
    try {
      client
          .v1()
          .events()
          .inNamespace(namespace)
          .withField("involvedObject.name", name)
          .list()
          .getItems()
          .forEach(
              each -> changes.see(Source.KUBERNETES_EVENTS, uid(each), EventMapping.state(each)));
    } catch (KubernetesClientException failure) {
      Sights.lost(
          recorder, Source.KUBERNETES_EVENTS, recorder.now(), "they cannot be listed", failure);
    }
  }

  /** The pod of this name as it was seen last. */
  public Optional<Pod> pod(String name) {
    return pods.stream().filter(each -> each.getMetadata().getName().equals(name)).findFirst();
  }

  /** The pods as they were seen last. */
  public List<Pod> pods() {
    return List.copyOf(pods);
  }

  /** The Job of this name as it was seen last. */
  public Optional<Job> job(String name) {
    return jobs.stream().filter(each -> each.getMetadata().getName().equals(name)).findFirst();
  }

  /**
   * Reads the logs of all pods that have ended; one that cannot be read is a gap.
   *
   * @return how many lines each pod's had, of those that were read
   */
  public Map<String, Integer> readLogs() {
    Map<String, Integer> lines = new TreeMap<>();
    for (Pod pod : pods) {
      for (ContainerStatus status : PodMapping.statuses(pod)) {
        for (ContainerRun run : ContainerRun.of(status)) {
          if (run.end() != null && run.isPrevious(status).equals(Optional.of(false))) {
            read(pod, run).ifPresent(count -> lines.put(pod.getMetadata().getName(), count));
          }
        }
      }
    }
    return lines;
  }

  private Optional<Integer> read(Pod pod, ContainerRun run) {
    AttemptLog log = new AttemptLog(PodMapping.ref(pod), run, recorder);
    try {
      List<LogText.Line> lines =
          new ArrayList<>(
              LogText.all(
                  client
                      .pods()
                      .inNamespace(namespace)
                      .withName(pod.getMetadata().getName())
                      .inContainer(run.container())
                      .withReadyWaitTimeout(0)
                      .usingTimestamps()
                      .getLogInputStream()));
      log.read(lines, false, true);
      return Optional.of(lines.size());
    } catch (KubernetesClientException | UncheckedIOException unreadable) {
      log.giveUp(Sights.words(unreadable));
      return Optional.empty();
    }
  }

  private void see(Pod pod) {
    changes.see(Source.PODS, uid(pod), PodMapping.state(pod));
    for (ContainerStatus status : PodMapping.statuses(pod)) {
      changes.see(
          Source.PODS, uid(pod) + "/" + status.getName(), PodMapping.container(pod, status));
    }
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
