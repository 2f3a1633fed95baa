package workqueue.gate;

import java.util.List;
import workqueue.checker.claim.Claim;

/** Puts a worker to the test of one rule. */
@FunctionalInterface
public interface Trial {
  /**
   * Does what the rule needs to be done.
   *
   * @return what must hold of the record of it; at least one claim
   */
  List<Claim> on(Stand stand);
}
