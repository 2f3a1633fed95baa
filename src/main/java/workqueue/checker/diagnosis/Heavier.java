package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.HEAVIER;

import java.util.List;

/** The worker takes more memory, processor or image than what it is compared with. */
final class Heavier extends Cause {

  Heavier() {
    super(
        HEAVIER,
        Scope.QUEUE,
        """
        Memory, processor time or the size of the image grew by more than is tolerated against the worker, or the baseline, that it is compared
        with.
        """,
        Remedy.by(Who.AUTHOR, "see what the change costs, or record a new baseline"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return CostCauses.worse(seen.picture(), HEAVIER);
  }
}
