package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SLOWER;

import java.util.List;

/** The worker takes longer than what it is compared with. */
final class Slower extends Cause {

  Slower() {
    super(
        SLOWER,
        Scope.QUEUE,
        """
        Start, work on an item, end or the whole of a pod took longer than with the worker, or in the baseline, that it is compared with: by more
        than is tolerated, and more than the figures scatter.
        """,
        Remedy.by(Who.AUTHOR, "see what the change costs, or record a new baseline"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return CostCauses.worse(seen.picture(), SLOWER);
  }
}
