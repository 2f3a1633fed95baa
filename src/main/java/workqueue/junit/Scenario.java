package workqueue.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import workqueue.tutorial.Caveat;
import workqueue.tutorial.Edition;

/** A scenario of a {@link WorkQueueTest}, run as often as {@code wq.repeat} says. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
public @interface Scenario {
  /** The stable id: {@code <suite>.<what-happens>}. */
  String value();

  /** What happens, in a sentence. */
  String title();

  /** Whether it runs on the documented broker in the cluster, whatever {@code wq.broker} says. */
  boolean brokerInCluster() default false;

  /** Whose documented broker that is. */
  Edition brokerEdition() default Edition.CURRENT;

  /** Whether it has a broker in a container of its own, which it may stop. */
  boolean ownBroker() default false;

  /**
   * How many nodes the throwaway cluster of its own has, whose nodes it may harm; 0 for the cluster
   * that the scenarios of a run share. Such a scenario has a broker of its own as well.
   */
  int nodes() default 0;

  /** What the server of its own cluster is told besides, in the words of k3s. */
  String[] server() default {};

  /** What of the page it shows. */
  Caveat[] documents() default {};
}
