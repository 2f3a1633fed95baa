package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.Source;

/** Each pod was announced by an event of its own; can be told of fewer than ten pods. */
record AnnouncesEachPod(String job) implements JobStatement {
  private static final int ANNOUNCED_SINGLY = 10;

  @Override
  public String words() {
    return JobClaims.named(job) + " announces each pod";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture,
        words(),
        job,
        job -> {
          List<String> seen = job.pods.stream().map(pod -> pod.ref.name()).toList();
          if (seen.size() >= ANNOUNCED_SINGLY) {
            return Conclusion.unknown(
                Explanation.of(
                        words()
                            + ": Kubernetes announces pods singly up to the ninth only, "
                            + job
                            + " has more")
                    .expected("fewer than " + ANNOUNCED_SINGLY + " pods")
                    .actual(Counted.of(seen.size(), "pod")));
          }
          List<String> announced = announced(picture, job);
          List<String> missing = new ArrayList<>(seen);
          missing.removeAll(announced);
          List<String> unseen = new ArrayList<>(announced);
          unseen.removeAll(seen);
          Explanation why =
              Explanation.of(
                      words()
                          + ": "
                          + job
                          + " has "
                          + Counted.of(seen.size(), "pod")
                          + " and announced "
                          + announced.size())
                  .expected("a SuccessfulCreate event for " + Counted.each(seen.size(), "pod"))
                  .actual(Counted.of(announced.size(), "such event"))
                  .missing(missing)
                  .unexpected(unseen);
          boolean sighted =
              picture.history.finalState().isPresent()
                  && picture.history.gaps(Source.KUBERNETES_EVENTS).isEmpty();
          if (!missing.isEmpty() && sighted) {
            return Conclusion.invalid(why.remedy(Remedies.events(job.ref)));
          }
          if (!missing.isEmpty() || !unseen.isEmpty() || seen.isEmpty()) {
            return Conclusion.unknown(why);
          }
          return Conclusion.valid();
        });
  }

  private static List<String> announced(Picture picture, JobView job) {
    return picture
        .history
        .all(
            KubernetesEvent.class,
            event ->
                event.reason().equals("SuccessfulCreate")
                    && event.kind().equals("Job")
                    && event.name().equals(job.ref.name()))
        .stream()
        .map(event -> event.event().message())
        .map(message -> message.substring(message.lastIndexOf(' ') + 1))
        .distinct()
        .toList();
  }
}
