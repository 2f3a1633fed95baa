package workqueue.gate;

import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.isForTheNodes;
import static workqueue.checker.claim.Claims.pinsItsImage;
import static workqueue.checker.claim.Claims.weighsAtMost;

import java.util.List;
import workqueue.Items;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Verdict;
import workqueue.tutorial.JobDefinition;

/** What a worker's image asks of a cluster. */
final class ImageTrials {
  /** Beyond this a node that gets its first pod of it is busy for a while. */
  private static final int MEBIBYTES = 1024;

  private ImageTrials() {}

  static List<Claim> runsUnprivileged(Stand stand) {
    stand.workload().fill(stand.queue(), Items.ofTutorial(1));
    stand.run(stand.queue(), spec -> once(stand, spec).unprivileged()).awaitComplete();
    return List.of(stand.completes(1));
  }

  static List<Claim> fitsTheNodes(Stand stand) {
    stand.workload().fill(stand.queue(), Items.ofTutorial(1));
    stand.run(stand.queue(), spec -> once(stand, spec)).awaitComplete();
    boolean inspected = stand.inspectsImage();
    return List.of(
        stand.completes(1),
        pinsItsImage(),
        known(inspected, isForTheNodes()),
        known(inspected, weighsAtMost(MEBIBYTES)));
  }

  /** Of an image that only the cluster holds it cannot be told. */
  private static Claim known(boolean inspected, Claim claim) {
    return inspected ? claim : expecting(Verdict.UNKNOWN, claim);
  }

  private static JobDefinition once(Stand stand, JobDefinition spec) {
    return stand.sized(spec, 1).parallelism(1).backoffLimit(0);
  }
}
