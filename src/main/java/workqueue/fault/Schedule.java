package workqueue.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random faults for a Job of many items: what strikes, and after how many successes. The same seed
 * gives the same schedule; when exactly a success is seen is up to the cluster.
 *
 * @param seed it was made from
 * @param strikes in the order in which they are due
 */
public record Schedule(long seed, List<Strike> strikes) {
  private static final int FEWEST = 3;
  private static final int MOST = 6;
  private static final int VICTIMS = 8;

  /** What strikes. Whatever takes a worker's log with it is left out: it could not be explained. */
  public enum Blow {
    KILL_CONTAINER,
    DELETE_POD,
    RESET_CONNECTIONS,
    PARTITION,
    RESTART_BROKER,
    PURGE_QUEUE
  }

  /**
   * One blow.
   *
   * @param afterSuccesses how many pods have succeeded before
   * @param victim which of those that can be struck, counted round
   * @param lasting how long, for what lasts
   */
  public record Strike(int afterSuccesses, Blow blow, int victim, Duration lasting) {

    @Override
    public String toString() {
      return "after " + afterSuccesses + ": " + blow;
    }
  }

  public Schedule {
    strikes = List.copyOf(strikes);
  }

  /**
   * The schedule of this seed.
   *
   * @param items of the Job; no blow falls in its last third, where few workers are left
   */
  public static Schedule of(long seed, int items) {
    // Not java.util.Random: its first numbers are much alike for seeds that are.
    SplittableRandom random = new SplittableRandom(seed);
    List<Strike> strikes = new ArrayList<>();
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    for (int i = 0; i < count; i++) {
      strikes.add(
          new Strike(
              1 + random.nextInt(Math.max(1, items * 2 / 3)),
              blow(random),
              random.nextInt(VICTIMS),
              Duration.ofSeconds(1 + random.nextInt(3))));
    }
    strikes.sort(Comparator.comparingInt(Strike::afterSuccesses));
    return new Schedule(seed, strikes);
  }

  /** Each with the same chance, but for the purge, which ends the Job's work: a third of it. */
  private static Blow blow(SplittableRandom random) {
    Blow[] all = Blow.values();
    int drawn = random.nextInt(3 * all.length - 2);
    return all[Math.min(drawn / 3, all.length - 1)];
  }
}
