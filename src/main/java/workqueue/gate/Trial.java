package workqueue.gate;

import java.util.List;
import workqueue.checker.Claim;

/** Puts a worker to the test of one rule. */
@FunctionalInterface
public interface Trial {
  /**
   * The queue that workers are told: another one in each run, so that a worker that has a name of
   * its own built in is found.
   */
  String QUEUE = QueueName.any();

  /**
   * Does what the rule needs to be done.
   *
   * @return what must hold of the record of it; at least one claim
   */
  List<Claim> on(Stand stand);
}
