package workqueue.gate;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.someWorkFails;
import static workqueue.checker.claim.Claims.whether;

import java.util.ArrayList;
import java.util.List;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.claim.Claim;
import workqueue.tutorial.JobDefinition;

/** What becomes of an item that a worker cannot work on; the empty one unless one is declared. */
final class FailureTrials {
  private FailureTrials() {}

  static List<Claim> failureIsNotSuccess(Stand stand) {
    List<Item> poison = List.of(poison(stand, 0));
    stand.workload().fill(stand.queue(), poison);
    stand.run(stand.queue(), spec -> stand.sized(failing(spec), 1)).awaitComplete();
    List<Claim> claims = new ArrayList<>(stand.addsNoItems());
    claims.addAll(
        List.of(accountsForEverySuccess(), stand.content(losesNothing(poison)), fails(stand)));
    return claims;
  }

  /**
   * The poison comes last: RabbitMQ puts what was given back at the head of its queue, so that
   * reaching what lies behind it is a matter of luck, whatever the worker.
   */
  static List<Claim> survivesPoisonItem(Stand stand) {
    List<Item> others = Items.ofTutorial(3);
    List<Item> items = new ArrayList<>(others);
    items.add(poison(stand, others.size()));
    stand.workload().fill(stand.queue(), items);
    stand.run(stand.queue(), spec -> stand.sized(failing(spec), others.size() + 2)).awaitComplete();
    stand.readWhatIsLeft(stand.queue());
    List<Claim> claims = new ArrayList<>(stand.addsNoItems());
    claims.addAll(
        List.of(
            stand.content(processesEachAtLeastOnce(others)),
            stand.content(losesNothing(others)),
            fails(stand)));
    return claims;
  }

  /** Pods that failed stay, and their logs with them; no other pod runs that would be cut off. */
  private static JobDefinition failing(JobDefinition spec) {
    return spec.parallelism(1).backoffLimit(1).restartPolicy("Never");
  }

  /** Without a declared poison a worker may well be fine with the empty item. */
  private static Claim fails(Stand stand) {
    return stand.poison().isPresent()
        ? someWorkFails()
        : whether("the worker fails on the empty item", List.of(someWorkFails()));
  }

  private static Item poison(Stand stand, int id) {
    return Item.of(id, stand.poison().orElse(""));
  }
}
