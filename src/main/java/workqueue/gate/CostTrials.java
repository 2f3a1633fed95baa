package workqueue.gate;

import static workqueue.checker.claim.Claims.all;
import static workqueue.checker.claim.Claims.costsNoMore;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.measuresCosts;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.claim.Claim;
import workqueue.history.HarnessEvent.RivalGiven;
import workqueue.tutorial.JobDefinition;
import workqueue.workload.RunningJob;

/**
 * What a worker costs, in rounds: a Job for each, a few pods at once, each with an item of its own.
 *
 * <p>What is held against each other takes turns, ABBA: what a machine does meanwhile, and what
 * gets slower by and by, hits both alike.
 */
final class CostTrials {
  /** The queue of the worker that the one that is tried is held against. */
  private static final String RIVALS = "job2";

  /** So many pods as a machine with two cores starts at once without keeping one waiting. */
  private static final int AT_ONCE = 3;

  private static final int ROUNDS = 4;

  private CostTrials() {}

  static List<Claim> alone(Stand stand) {
    stand.baseline().ifPresent(stand::compares);
    Round tried = new Round(stand, stand.queue(), stand::run, 0);
    List<Claim> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(tried.next());
    }
    List<Claim> claims = new ArrayList<>(sound(rounds, stand.queue()));
    claims.add(measuresCosts(stand.queue()));
    stand.baseline().ifPresent(given -> claims.add(costsNoMore(stand.queue())));
    return claims;
  }

  static List<Claim> sideBySide(Stand stand) {
    stand.compares(new RivalGiven(stand.queue(), RIVALS));
    Round tried = new Round(stand, stand.queue(), stand::run, 0);
    Round rival = new Round(stand, RIVALS, stand::runRival, ROUNDS * AT_ONCE);
    List<Claim> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      Round first = i % 2 == 0 ? rival : tried;
      rounds.add(first.next());
      rounds.add((first == rival ? tried : rival).next());
    }
    List<Claim> claims = new ArrayList<>(sound(rounds, stand.queue(), RIVALS));
    claims.add(costsNoMore(stand.queue()));
    return claims;
  }

  /** What is in the way of measuring is no cost. */
  private static List<Claim> sound(List<Claim> rounds, String... queues) {
    List<Claim> claims = new ArrayList<>();
    claims.add(all("each of " + rounds.size() + " rounds completes", rounds));
    for (String queue : queues) {
      claims.add(drains(queue));
    }
    return claims;
  }

  /** The rounds of one worker; no two of their items are the same. */
  private static final class Round {
    private final Stand stand;
    private final String queue;
    private final BiFunction<String, UnaryOperator<JobDefinition>, RunningJob> running;
    private final Iterator<Item> items;

    Round(
        Stand stand,
        String queue,
        BiFunction<String, UnaryOperator<JobDefinition>, RunningJob> running,
        int from) {
      this.stand = stand;
      this.queue = queue;
      this.running = running;
      int to = from + ROUNDS * AT_ONCE;
      this.items = Items.ofTutorial(to).subList(from, to).iterator();
    }

    /** Does the next round, and claims that it comes to its end. */
    Claim next() {
      List<Item> now = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        now.add(items.next());
      }
      stand.workload().fill(queue, now);
      RunningJob job = running.apply(queue, spec -> spec.completions(AT_ONCE).parallelism(AT_ONCE));
      job.awaitComplete();
      return stand.completes(job.name(), AT_ONCE);
    }
  }
}
