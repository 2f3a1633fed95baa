package workqueue.gate;

import static workqueue.checker.Claims.accountsForEverySuccess;
import static workqueue.checker.Claims.altersNothing;
import static workqueue.checker.Claims.drains;
import static workqueue.checker.Claims.expecting;
import static workqueue.checker.Claims.jobCompletesWith;
import static workqueue.checker.Claims.processesEachExactlyOnce;
import static workqueue.gate.Trial.QUEUE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import workqueue.Item;
import workqueue.checker.Claim;
import workqueue.checker.Verdict;
import workqueue.history.Evidence;

/** Items of all kinds of bytes. */
final class PayloadTrial {
  private static final int LARGE = 1 << 20;

  private PayloadTrial() {}

  static List<Claim> readsItemUnaltered(Stand stand) {
    boolean byLine = stand.evidence().kind() == Evidence.Kind.LOG_PATTERN;
    List<Item> lines = singleLines();
    List<Item> others = byLine ? textOfSeveralLines(lines.size()) : anyBytes(lines.size());
    List<Item> all = new ArrayList<>(lines);
    all.addAll(others);
    stand.workload().fill(QUEUE, all);
    stand.run(QUEUE, spec -> spec.completions(all.size())).awaitComplete();
    // A line of a log shows the first line of an item: of the rest nothing can be known.
    Claim rest = altersNothing(others);
    return List.of(
        jobCompletesWith(all.size()),
        accountsForEverySuccess(),
        drains(QUEUE),
        stand.content(processesEachExactlyOnce(all)),
        stand.content(altersNothing(lines)),
        byLine ? expecting(Verdict.UNKNOWN, rest) : stand.content(rest));
  }

  private static List<Item> singleLines() {
    return List.of(
        Item.of(0, "r\u00e9sum\u00e9 \u4f5c\u696d \ud83c\udf4e"),
        Item.of(1, "$(touch /tmp/x) `id` ; rm -rf * \"'\\ & | > < %s ~ !"),
        Item.of(2, " a line with a blank before and after "),
        Item.of(3, ""));
  }

  private static List<Item> textOfSeveralLines(int from) {
    return List.of(
        Item.of(from, "first\nsecond\n\nfourth\n"),
        Item.of(from + 1, "large\n" + "0123456789abcde\n".repeat(LARGE / 16)));
  }

  private static List<Item> anyBytes(int from) {
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    return List.of(
        Item.of(from, "first\nsecond\n\nfourth\n"),
        new Item(from + 1, new byte[] {0, 1, (byte) 0xff, 0}),
        new Item(from + 2, large));
  }
}
