package workqueue.gate;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.boundsItsPrefetch;
import static workqueue.checker.claim.Claims.diagnosedAs;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.holdsOneAtATime;
import static workqueue.checker.claim.Claims.jobNeverCompletes;
import static workqueue.checker.claim.Claims.oneItemPerPod;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;
import static workqueue.checker.claim.Claims.runsAtMost;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.util.ArrayList;
import java.util.List;
import workqueue.Item;
import workqueue.Items;
import workqueue.WorkerKind;
import workqueue.checker.claim.Claim;

/** What a worker does with its items while nothing goes wrong. */
final class ItemTrials {
  private ItemTrials() {}

  /** One pod after the other: what the first holds beside its item, all the others lack. */
  static List<Claim> takesOneItem(Stand stand) {
    List<Item> items = Items.ofTutorial(6);
    stand.workload().fill(stand.queue(), items);
    stand
        .run(stand.queue(), spec -> stand.sized(spec, items.size()).parallelism(1))
        .awaitComplete();
    return List.of(
        stand.completes(items.size()),
        holdsOneAtATime(stand.queue()),
        stand.byPod(oneItemPerPod()),
        stand.content(processesEachExactlyOnce(items)));
  }

  /**
   * Two consumers at once: without a limit the first of them is given all that there is, and who
   * gets items one by one has so many to get that it is seen whether it ever stops.
   */
  static List<Claim> boundsPrefetch(Stand stand) {
    List<Item> items = Items.ofTutorial(stand.atMost(24));
    stand.workload().fill(stand.queue(), items);
    stand
        .run(stand.queue(), spec -> stand.sized(spec, items.size()).parallelism(2))
        .awaitComplete();
    return List.of(
        stand.completes(items.size()),
        boundsItsPrefetch(stand.queue()),
        drains(stand.queue()),
        stand.content(processesEachExactlyOnce(items)));
  }

  static List<Claim> processesExactlyOnce(Stand stand) {
    List<Item> items = Items.ofTutorial(stand.atMost(24));
    stand.workload().fill(stand.queue(), items);
    stand
        .run(stand.queue(), spec -> stand.sized(spec, items.size()).parallelism(4))
        .awaitComplete();
    List<Claim> claims =
        new ArrayList<>(
            List.of(
                stand.completes(items.size()),
                stand.content(processesEachExactlyOnce(items)),
                drains(stand.queue()),
                accountsForEverySuccess(),
                runsAtMost(4)));
    if (stand.kind() == WorkerKind.ONE) {
      claims.add(2, stand.byPod(oneItemPerPod()));
    }
    return claims;
  }

  static List<Claim> waitsOnEmptyQueue(Stand stand) {
    stand.workload().declare(stand.queue());
    stand.run(stand.queue(), spec -> stand.sized(spec, 1).parallelism(1)).awaitComplete();
    return List.of(jobNeverCompletes(), diagnosedAs(WAITING_FOR_WORK));
  }

  static List<Claim> endsOnEmptyQueue(Stand stand) {
    stand.workload().declare(stand.queue());
    stand.run(stand.queue(), spec -> stand.sized(spec, 1).parallelism(1)).awaitComplete();
    return List.of(stand.completes(1), drains(stand.queue()));
  }
}
