package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.Recorded;

/**
 * What keeps a Job's controller from making pods, told from its events: of several words the most
 * particular.
 */
abstract class RefusedCreation extends Cause {
  private static final String UNSTATED = "must specify";
  private static final String AWAY = "failed calling webhook";
  private static final String QUOTA = "quota";

  private final String words;

  RefusedCreation(
      FindingCode code, Kind kind, Scope scope, String documentation, Remedy... remedies) {
    super(code, scope, documentation, remedies);
    this.words = kind.words;
  }

  /** By what words an event tells it. */
  enum Kind {
    RESOURCES(UNSTATED),
    WEBHOOK(AWAY),
    QUOTA_USED_UP(QUOTA),
    ANY_OTHER("");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** What is said of a Job whose pods are refused, and the command to look closer. */
  abstract Suspicion of(JobView job, String lastMessage);

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : seen.picture().jobs()) {
      List<Recorded<KubernetesEvent>> refused = refused(seen.picture(), job);
      if (!job.state().over() && particular(refused).equals(words)) {
        List<Recorded<KubernetesEvent>> told = saying(refused, words);
        if (!told.isEmpty()) {
          found.add(
              of(job, told.get(told.size() - 1).event().message())
                  .proof(told.stream().map(Recorded::seq).toList()));
        }
      }
    }
    return found;
  }

  /** What events there are while the Job has no pod. */
  private static List<Recorded<KubernetesEvent>> refused(Picture picture, JobView job) {
    return job.pods.stream().anyMatch(PodView::active)
        ? List.of()
        : picture.history.all(
            KubernetesEvent.class,
            event ->
                event.reason().equals("FailedCreate")
                    && event.kind().equals("Job")
                    && event.name().equals(job.ref.name()));
  }

  private static String particular(List<Recorded<KubernetesEvent>> refused) {
    return Stream.of(UNSTATED, AWAY, QUOTA)
        .filter(each -> !saying(refused, each).isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<Recorded<KubernetesEvent>> saying(
      List<Recorded<KubernetesEvent>> events, String words) {
    return events.stream().filter(each -> each.event().message().contains(words)).toList();
  }
}
