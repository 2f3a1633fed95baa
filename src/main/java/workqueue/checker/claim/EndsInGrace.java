package workqueue.checker.claim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;

/** A worker whose pod is deleted ends within its grace period. */
record EndsInGrace() implements Statement {
  @Override
  public String words() {
    return "workers that are told to end do so in time";
  }

  @Override
  public Conclusion judge(Picture picture) {
    List<PodView> deleted =
        picture.workers().stream().filter(pod -> pod.deletionAt().isPresent()).toList();
    Optional<Finding> ignored =
        Diagnosis.of(picture, Diagnosis.WINDOW).finding(FindingCode.IGNORED_TERMINATION);
    if (ignored.isPresent()) {
      return Conclusion.invalid(
          Explanation.of(words() + ": " + String.join(", ", ignored.get().pods()) + " did not")
              .expected("an end before the grace period is over")
              .actual(ignored.get().message())
              .remedy(ignored.get().remedy()),
          ignored.get());
    }
    List<String> unseen =
        deleted.stream()
            .flatMap(pod -> pod.attempts().stream())
            .filter(attempt -> attempt.began() && !endIsKnown(picture, attempt))
            .map(attempt -> "the end of " + attempt)
            .toList();
    return deleted.isEmpty() || !unseen.isEmpty()
        ? Conclusion.unknown(
            Explanation.of(words() + ": cannot be told")
                .expected("a pod that is deleted, and the end of its worker")
                .actual(Counted.of(deleted.size(), "deleted pod"))
                .unseen(unseen))
        : Conclusion.valid();
  }

  /** Of one that its kubelet lost sight of it is known that it ended before that was told. */
  private static boolean endIsKnown(Picture picture, Attempt attempt) {
    Instant due = attempt.pod.deletionAt().orElseThrow();
    return attempt.end().map(end -> end.finishedAt() != null).orElse(false)
        || attempt.endSeenAt().map(at -> at.isBefore(due)).orElse(false)
        || picture.connections().endedBefore(attempt.pod.ref.name(), due);
  }
}
