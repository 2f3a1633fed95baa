package workqueue;

import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Walker;
import workqueue.tutorial.Caveat;
import workqueue.tutorial.Edition;

/** Walks the documented procedure as its editions have it, step by step. */
@WorkQueueTest
class WalkthroughIT {

  @Scenario(
      value = "walkthrough.classic",
      title = "The procedure as the classic edition documents it",
      documents = {Caveat.COMPLETIONS_EQUAL_ITEMS, Caveat.NEEDS_CLUSTER_DNS})
  void classic(Walker walker) throws Throwable {
    walker.walk(Edition.CLASSIC);
  }

  @Scenario(
      value = "walkthrough.current",
      title = "The procedure as the current edition documents it",
      documents = {Caveat.COMPLETIONS_EQUAL_ITEMS, Caveat.NEEDS_CLUSTER_DNS})
  void current(Walker walker) throws Throwable {
    walker.walk(Edition.CURRENT);
  }
}
