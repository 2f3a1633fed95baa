package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.SOURCES_DISAGREE;

import java.util.ArrayList;
import java.util.List;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Picture;

/** Broker, wire and logs count items differently. */
final class SourcesDisagree extends Cause {

  SourcesDisagree() {
    super(
        SOURCES_DISAGREE,
        Scope.QUEUE,
        """
        Two sources of evidence that must come to the same number do not, so that one of them is wrong or incomplete. What rests on those
        numbers is UNKNOWN then. It is a fault of the harness, or somebody else uses the queue.
        """,
        Remedy.by(Who.BROKER, "see who else uses the queue"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    for (String name : Ledger.of(picture).byQueue().keySet()) {
      Sums sums = Sums.of(picture, picture.queue(name));
      if (!sums.agree()) {
        found.add(
            Suspicion.of(SOURCES_DISAGREE, String.join("; ", sums.disagreements()))
                .proof(sums.proof())
                .remedy(Remedies.depth(name)));
      }
    }
    return found;
  }
}
