package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ACKED_BUT_NOT_REPORTED;
import static workqueue.checker.diagnosis.FindingCode.EVICTED;
import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;
import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;
import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.ledger.ItemEvidence;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;

/** An item was acknowledged by a run whose success nobody counted. */
final class AckedButNotReported extends Cause {
  // A Job that gives up deletes its pods just before it says so.
  private static final Duration GIVING_UP = Duration.ofSeconds(2);

  AckedButNotReported() {
    super(
        ACKED_BUT_NOT_REPORTED,
        Scope.QUEUE,
        """
        The race that the documented task has: between the ack of an item and the exit of its worker the pod, its node or the worker is
        lost. The broker has forgotten the item, the Job has not counted it, and a Job whose completions are the number of items waits
        for a success that cannot come.
        """,
        Remedy.by(Who.JOB, "delete the Job: its items are processed"),
        Remedy.by(Who.AUTHOR, "exit at once after the ack"));
  }

  @Override
  public List<FindingCode> followsFrom() {
    return List.of(NODE_LOST, EVICTED, OUT_OF_MEMORY, HOARDED_ITEMS);
  }

  /** A run that took several items at once acked more than its one success could have told. */
  @Override
  boolean mayFollow(Suspicion one, Suspicion cause, Picture picture) {
    return cause.code() == HOARDED_ITEMS
        ? cause.pods().containsAll(one.pods())
        : super.mayFollow(one, cause, picture);
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<LedgerEntry> unreported = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    List<String> pods = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    for (LedgerEntry entry : Ledger.of(picture).entries()) {
      // Of an item that nobody worked on, or that is there as a copy, it would have been none.
      Optional.of(entry)
          .filter(each -> !seen.gone().isWithoutWork(each) && !each.leftOver().holds())
          .flatMap(each -> ItemEvidence.unreported(picture, each))
          .ifPresent(
              run -> {
                unreported.add(entry);
                runs.add(run.run());
                pods.add(run.pod());
                proof.addAll(run.proof());
              });
    }
    return unreported.isEmpty()
        ? List.of()
        : List.of(
            Suspicion.of(
                    ACKED_BUT_NOT_REPORTED,
                    Counted.were(unreported.size(), "item")
                        + " acked by a run whose success was never reported ("
                        + String.join(", ", runs.stream().distinct().limit(5).toList())
                        + ")")
                .items(unreported)
                .pods(pods)
                .proof(proof)
                .remedy(
                    picture.jobs().stream()
                        .findFirst()
                        .map(job -> Remedies.giveUp(job.ref))
                        .orElse(Remedies.JOBS)));
  }

  @Override
  List<FindingCode> followsFrom(Suspicion one, Picture picture) {
    return isTooLate(one, picture)
        ? Families.join(Families.GIVEN_UP, followsFrom())
        : followsFrom();
  }

  /** What came too late for a Job that had given up causes nothing but that others wait. */
  @Override
  boolean mayCause(Suspicion one, FindingCode consequence, Picture picture) {
    return consequence == WAITING_FOR_WORK || !isTooLate(one, picture);
  }

  /** Whether it was done by pods that went because their Job had given up. */
  private static boolean isTooLate(Suspicion one, Picture picture) {
    return !one.pods().isEmpty()
        && one.pods().stream()
            .allMatch(
                name -> picture.podNamed(name).filter(pod -> wasGivenUp(pod, picture)).isPresent());
  }

  private static boolean wasGivenUp(PodView pod, Picture picture) {
    return picture.jobs().stream()
        .filter(job -> job.pods.contains(pod))
        .flatMap(job -> job.givenUp().stream())
        .anyMatch(
            end ->
                pod.deletionSeenAt()
                    .filter(at -> !at.isBefore(end.at().minus(GIVING_UP)))
                    .isPresent());
  }
}
