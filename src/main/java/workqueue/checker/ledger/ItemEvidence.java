package workqueue.checker.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;

/** What the ledger's evidence for one item says of the runs that worked on it. */
public final class ItemEvidence {
  private ItemEvidence() {}

  /** A run that acked an item and whose success is not counted. */
  public record Unreported(String pod, String run, List<Long> proof) {}

  /** Whether the declared evidence could have shown work on the item. */
  public static boolean tells(Picture picture, LedgerEntry entry) {
    return new EvidenceReader(picture).key(entry.payload()).isPresent();
  }

  /**
   * The run that acked the item, if its pod is over, gone or past this run, and did not succeed
   * with it.
   */
  public static Optional<Unreported> unreported(Picture picture, LedgerEntry entry) {
    if (!entry.acked().holds()) {
      return Optional.empty();
    }
    Optional<LedgerEntry.Delivery> acked =
        entry.deliveries().stream().filter(delivery -> delivery.ackSeq() > 0).findFirst();
    if (acked.isPresent() && !acked.get().pod().isEmpty()) {
      return acked
          .flatMap(delivery -> picture.podNamed(delivery.pod()))
          .filter(pod -> !pod.jobUid().isEmpty() && hasItsJob(picture, pod))
          .flatMap(pod -> endedBadly(picture, pod, acked.get()))
          .map(
              end -> {
                List<Long> proof = new ArrayList<>(List.of(acked.get().ackSeq(), end));
                entry.work().forEach(work -> proof.add(work.seq()));
                return new Unreported(acked.get().pod(), acked.get().pod(), proof);
              });
    }
    if (entry.work().isEmpty() || !successesLack(picture, entry.queue())) {
      return Optional.empty();
    }
    List<Long> proof = new ArrayList<>();
    LedgerEntry.Work last = entry.work().get(0);
    for (LedgerEntry.Work work : entry.work()) {
      Optional<PodView> pod = picture.podNamed(work.pod());
      if (pod.isEmpty() || !hasItsJob(picture, pod.get()) || !lost(picture, pod.get(), work)) {
        return Optional.empty();
      }
      last = work;
      proof.add(work.seq());
      proof.add(pod.get().last().map(state -> state.seq()).orElse(0L));
      pod.get().attempts().forEach(attempt -> proof.add(attempt.endSeq()));
    }
    return Optional.of(new Unreported(last.pod(), last.toString(), proof));
  }

  /** Whether more messages left the queue than pods succeeded on it. */
  private static boolean successesLack(Picture picture, String name) {
    QueueView queue = picture.queue(name);
    int succeeded = queue.jobs().stream().mapToInt(job -> job.state().succeeded()).sum();
    return queue.total().map(left -> queue.published() - left > succeeded).orElse(false);
  }

  /** The event that shows that the run which sent this ack did not exit 0; empty if it may. */
  private static Optional<Long> endedBadly(
      Picture picture, PodView pod, LedgerEntry.Delivery acked) {
    // The run of the ack is the first that ends after it.
    Optional<Attempt> run =
        pod.attempts().stream()
            .filter(attempt -> attempt.end().isPresent() && attempt.endSeq() > acked.ackSeq())
            .findFirst();
    if (run.isPresent() && run.get().failed()) {
      return Optional.of(run.get().endSeq());
    }
    return notCounted(picture, pod);
  }

  /**
   * Whether the pod's Job is there to be reported to: with it go its pods, whatever they did, and
   * one whose success policy is met lets go of those that it no longer needs.
   */
  private static boolean hasItsJob(Picture picture, PodView pod) {
    return picture.jobs().stream()
        .filter(job -> job.pods.contains(pod))
        .noneMatch(job -> job.deleted().isPresent() || job.serves() || isLetGo(job, pod));
  }

  private static boolean isLetGo(JobView job, PodView pod) {
    return job.state().successPolicyMet() && pod.deletionAt().isPresent();
  }

  private static boolean lost(Picture picture, PodView pod, LedgerEntry.Work work) {
    return work.brokenOff() || notCounted(picture, pod).isPresent();
  }

  /** The event that shows that the pod is on its way out, or gone, and its success not counted. */
  private static Optional<Long> notCounted(Picture picture, PodView pod) {
    boolean out = !pod.active() && (!pod.succeeded() || leftUncounted(picture, pod));
    return out ? pod.last().map(state -> state.seq()) : Optional.empty();
  }

  /** Whether it was deleted, succeeded on its way out, and its Job counts fewer than succeeded. */
  private static boolean leftUncounted(Picture picture, PodView pod) {
    return pod.deletionAt().isPresent()
        && picture.jobs().stream()
            .filter(job -> job.pods.contains(pod))
            .anyMatch(
                job ->
                    job.state().succeeded() < job.pods.stream().filter(PodView::succeeded).count());
  }
}
