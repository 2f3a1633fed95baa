package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.STILL_WORKING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;

/** The Job makes progress and is not done yet. */
final class StillWorking extends Cause {
  private static final int MOST_HOLDERS = 4;

  StillWorking() {
    super(
        STILL_WORKING,
        Scope.JOB,
        """
        Pods run or are about to, and nothing is found that keeps them from it. What the queue holds and who holds which item is told. Of a
        record that is complete it means that the scenario was cut off.
        """,
        Remedy.by(Who.JOB, "wait on"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    if (seen.others().stream().anyMatch(each -> !each.code().isHarmless())) {
      return List.of();
    }
    return picture.jobs().stream()
        .filter(job -> WaitingProof.of(picture, job, seen.window()).isEmpty())
        .filter(job -> works(picture, job))
        .map(job -> working(picture, job))
        .toList();
  }

  /** Whether pods run, or are about to, and there is something for them to do. */
  private static boolean works(Picture picture, JobView job) {
    if (job.state().over() || job.deleted().isPresent() || job.state().spec().suspend()) {
      return false;
    }
    boolean alive = job.pods.stream().anyMatch(PodView::active);
    return alive
        || job.state().awaitsEnds()
        || (job.state().spec().parallelism() > 0 && picture.history.finalState().isEmpty());
  }

  private static Suspicion working(Picture picture, JobView job) {
    String held =
        job.queue().isEmpty()
            ? ""
            : picture
                .queue(job.queue())
                .last()
                .filter(sample -> sample.event().exists())
                .map(
                    sample ->
                        ", "
                            + ready(sample.event().ready())
                            + " ready and "
                            + known(sample.event().unacked())
                            + " unacked in queue "
                            + job.queue())
                .orElse("");
    List<Long> proof = new ArrayList<>(List.of(job.last().seq()));
    picture.queue(job.queue()).last().ifPresent(sample -> proof.add(sample.seq()));
    return Suspicion.of(
            STILL_WORKING,
            job
                + " is still working: "
                + Counted.of(job.state().active(), "pod")
                + " active"
                + (job.state().awaitsEnds()
                    ? " and " + job.state().terminating() + " on the way out"
                    : "")
                + held
                + holders(picture, job))
        .pods(job.pods.stream().filter(PodView::active).map(pod -> pod.ref.name()).toList())
        .proof(proof)
        .remedy(
            "kubectl wait --for=condition=complete --timeout=300s job/"
                + job.ref.name()
                + " -n "
                + job.ref.namespace());
  }

  /** Who holds what, and for how long, as the wire tells; of many the first. */
  private static String holders(Picture picture, JobView job) {
    List<String> told =
        job.pods.stream()
            .filter(PodView::active)
            .flatMap(pod -> WireView.of(picture).heldBy(pod.ref.name()).stream())
            .map(
                held ->
                    held.pod
                        + " has had "
                        + held.delivered.event().payload().preview()
                        + " for "
                        + Duration.between(held.delivered.at(), picture.now()).toSeconds()
                        + " s")
            .toList();
    return told.isEmpty()
        ? ""
        : "; "
            + String.join(", ", told.stream().limit(MOST_HOLDERS).toList())
            + (told.size() > MOST_HOLDERS ? ", …" : "");
  }

  private static String ready(Integer items) {
    return items == null ? "? items" : Counted.of(items, "item");
  }

  private static String known(Integer number) {
    return number == null ? "?" : number.toString();
  }
}
