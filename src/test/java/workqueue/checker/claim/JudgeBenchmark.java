package workqueue.checker.claim;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import workqueue.Item;
import workqueue.Items;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;

/** How long it takes to judge a long record: all claims on it, and its diagnosis. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class JudgeBenchmark {
  /** How long the record is, in events. */
  @Param({"10000", "100000", "1000000"})
  public int events;

  /** What the record tells of. */
  @Param({"SOUND", "TAPPED", "FALSE_SUCCESS", "CRASHING"})
  public Run run;

  /** What may have become of a Job. */
  public enum Run {
    SOUND(Verdict.VALID, 11),
    /** The same with what passes on the wire. */
    TAPPED(Verdict.VALID, 17),
    /** Every pod succeeds and every item stays. */
    FALSE_SUCCESS(Verdict.INVALID, 11),
    /** Every container fails, over and over, and may yet succeed. */
    CRASHING(Verdict.INVALID, 11);

    private final Verdict verdict;
    private final int eventsOfAnItem;

    /**
     * @param eventsOfAnItem what an item leaves in the record, from its publishing to its pod's end
     */
    Run(Verdict verdict, int eventsOfAnItem) {
      this.verdict = verdict;
      this.eventsOfAnItem = eventsOfAnItem;
    }
  }

  private History history;
  private List<Claim> claims;

  @Setup
  public void record() {
    List<Item> items = Items.ofTutorial(events / run.eventsOfAnItem);
    history = told(items);
    claims =
        List.of(
            Claims.jobCompletesWith(items.size()),
            Claims.processesEachExactlyOnce(items),
            Claims.processesEachAtLeastOnce(items),
            Claims.losesNothing(items),
            Claims.drains(HistoryBuilder.QUEUE),
            Claims.oneItemPerPod(),
            Claims.accountsForEverySuccess(),
            Claims.runsAtMost(2),
            Claims.keepsSecrets(),
            Claims.diagnosedAs(FindingCode.ALL_PROCESSED));
  }

  @Benchmark
  public Verdict judge() {
    Judged judged = Judge.judge(history, claims);
    if (judged.verdict() != run.verdict) {
      throw new IllegalStateException(judged.message());
    }
    return judged.verdict();
  }

  private History told(List<Item> items) {
    HistoryBuilder told = new HistoryBuilder();
    told.publish(items).depth(items.size(), 0, 0).job(items.size(), 2);
    int done = 0;
    for (Item item : items) {
      String pod = "pod-" + item.id();
      told.starts(pod).jobIs(1, done).after(1);
      switch (run) {
        case SOUND -> told.works(pod, item).exits(pod, 0, "Completed");
        case TAPPED -> {
          told.connects(pod).delivers(pod, item, false).works(pod, item).acks(pod);
          told.disconnects(pod).exits(pod, 0, "Completed");
        }
        case FALSE_SUCCESS -> told.prints(pod, "no idea what to do").exits(pod, 0, "Completed");
        case CRASHING -> told.restarts(pod, 1, "Error").backsOff(pod, 1);
      }
      if (run != Run.CRASHING) {
        told.podIs(pod, "Succeeded").jobIs(0, ++done);
      }
    }
    if (run != Run.CRASHING) {
      told.jobCompletes();
    }
    return told.ends(run.verdict == Verdict.VALID ? 0 : items.size(), 0, 0).history();
  }
}
