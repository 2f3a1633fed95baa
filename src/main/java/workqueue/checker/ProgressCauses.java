package workqueue.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.FindingCode.Nature;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.Recorded;

/** Whether the work is done, goes on, or waits: told last, for the other findings bear on it. */
final class ProgressCauses {
  private static final int MOST_HOLDERS = 4;

  private ProgressCauses() {}

  static List<Suspicion> in(Picture picture, List<Suspicion> others, Duration window) {
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      Optional<WaitingProof> waiting = WaitingProof.of(picture, job, window);
      if (waiting.isPresent()) {
        found.add(waiting(waiting.get()));
      } else if (works(picture, job) && allHarmless(others)) {
        found.add(working(picture, job));
      }
    }
    if (others.isEmpty() && found.isEmpty() && allProcessed(picture)) {
      found.add(done(picture));
    }
    return found;
  }

  /** Whether the Jobs want more successes than items were published. */
  static boolean moreWanted(Picture picture) {
    return picture.jobs().stream()
        .filter(job -> !job.state().over() && job.state().spec().completions() != null)
        .anyMatch(
            job -> {
              QueueView queue = picture.queue(job.queue());
              int wanted =
                  queue.jobs().stream()
                      .map(each -> each.state().spec().completions())
                      .mapToInt(count -> count == null ? 1 : count)
                      .sum();
              return wanted > queue.published();
            });
  }

  private static Suspicion waiting(WaitingProof proof) {
    JobView job = proof.job();
    int lacking = job.state().spec().completions() - job.state().succeeded();
    return Suspicion.of(
            FindingCode.WAITING_FOR_WORK,
            Counted.of(proof.idle().size(), "pod")
                + " of "
                + job
                + " idle on empty queue "
                + job.queue()
                + ", and it wants "
                + Counted.more(lacking, "success")
                + " of "
                + job.state().spec().completions())
        .pods(proof.idle().stream().map(pod -> pod.ref.name()).toList())
        .proof(job.last().seq(), proof.from().seq(), proof.to().seq())
        .remedy(
            "for i in $(seq "
                + lacking
                + "); do amqp-publish --url=$BROKER_URL -r "
                + job.queue()
                + " -p -b item-$i; done");
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
            FindingCode.STILL_WORKING,
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
            .flatMap(pod -> picture.wire().heldBy(pod.ref.name()).stream())
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

  private static boolean allProcessed(Picture picture) {
    Ledger ledger = picture.ledger();
    return !ledger.entries().isEmpty()
        && ledger.evidenceDeclared()
        && ledger.doubts().isEmpty()
        && !picture.jobs().isEmpty()
        && picture.jobs().stream().allMatch(job -> job.state().complete())
        && ledger.entries().stream()
            .filter(entry -> picture.queue(entry.queue()).hasJobs())
            .allMatch(ProgressCauses::wholly);
  }

  private static boolean wholly(LedgerEntry entry) {
    return entry.processed() && !entry.work().stream().allMatch(LedgerEntry.Work::brokenOff);
  }

  private static Suspicion done(Picture picture) {
    List<Long> proof = new ArrayList<>();
    picture.jobs().forEach(job -> proof.add(job.end().orElseThrow().seq()));
    picture.history.last(ItemPublished.class).map(Recorded::seq).ifPresent(proof::add);
    long count =
        picture.ledger().entries().stream()
            .filter(entry -> picture.queue(entry.queue()).hasJobs())
            .count();
    return Suspicion.of(
            FindingCode.ALL_PROCESSED,
            Counted.all(count, "item") + (count == 1 ? " was processed" : " were processed"))
        .proof(proof);
  }

  private static boolean allHarmless(List<Suspicion> others) {
    return others.stream().allMatch(each -> each.code().nature() == Nature.HARMLESS);
  }
}
