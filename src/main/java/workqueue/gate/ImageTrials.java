package workqueue.gate;

import static workqueue.checker.Claims.jobCompletesWith;
import static workqueue.checker.Claims.pinsItsImage;
import static workqueue.gate.Trial.QUEUE;

import java.util.List;
import workqueue.Items;
import workqueue.checker.Claim;
import workqueue.tutorial.JobDefinition;

/** What a worker's image asks of a cluster. */
final class ImageTrials {
  private ImageTrials() {}

  static List<Claim> runsUnprivileged(Stand stand) {
    stand.workload().fill(QUEUE, Items.ofTutorial(1));
    stand.run(QUEUE, spec -> once(spec).unprivileged()).awaitComplete();
    return List.of(jobCompletesWith(1));
  }

  static List<Claim> fitsTheNodes(Stand stand) {
    stand.workload().fill(QUEUE, Items.ofTutorial(1));
    stand.run(QUEUE, ImageTrials::once).awaitComplete();
    return List.of(jobCompletesWith(1), pinsItsImage());
  }

  private static JobDefinition once(JobDefinition spec) {
    return spec.completions(1).parallelism(1).backoffLimit(0);
  }
}
