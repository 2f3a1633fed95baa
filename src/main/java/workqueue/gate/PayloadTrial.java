package workqueue.gate;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.altersNothing;
import static workqueue.checker.claim.Claims.drains;
import static workqueue.checker.claim.Claims.expecting;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import workqueue.Item;
import workqueue.PayloadKind;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Verdict;
import workqueue.history.Evidence;

/** Items of the kinds of bytes that a worker declares, and of the others. */
final class PayloadTrial {
  private static final int LARGE = 1 << 20;

  private PayloadTrial() {}

  static List<Claim> readsItemUnaltered(Stand stand) {
    return reads(stand, stand.payloads());
  }

  static List<Claim> readsOtherPayloads(Stand stand) {
    Set<PayloadKind> others = EnumSet.allOf(PayloadKind.class);
    others.removeAll(stand.payloads());
    return reads(stand, others);
  }

  private static List<Claim> reads(Stand stand, Set<PayloadKind> kinds) {
    List<Item> shown = new ArrayList<>();
    List<Item> unshown = new ArrayList<>();
    for (PayloadKind kind : kinds) {
      List<Item> into = isShown(kind, stand.evidence()) ? shown : unshown;
      for (byte[] payload : payloads(kind)) {
        into.add(new Item(shown.size() + unshown.size(), payload));
      }
    }
    List<Item> all = new ArrayList<>(shown);
    all.addAll(unshown);
    stand.workload().fill(stand.queue(), all);
    stand.run(stand.queue(), spec -> stand.sized(spec, all.size()).backoffLimit(2)).awaitComplete();
    List<Claim> claims =
        new ArrayList<>(
            List.of(stand.completes(all.size()), accountsForEverySuccess(), drains(stand.queue())));
    if (!shown.isEmpty()) {
      claims.add(stand.content(altersNothing(shown)));
    }
    if (unshown.isEmpty()) {
      claims.add(stand.content(processesEachExactlyOnce(all)));
    } else {
      claims.add(expecting(Verdict.UNKNOWN, altersNothing(unshown)));
    }
    return claims;
  }

  /**
   * Whether the evidence can show all of such an item: a line of a log holds no more than a line.
   */
  private static boolean isShown(PayloadKind kind, Evidence evidence) {
    return kind == PayloadKind.LINE || evidence.kind() != Evidence.Kind.LOG_PATTERN;
  }

  private static List<byte[]> payloads(PayloadKind kind) {
    return switch (kind) {
      case LINE ->
          List.of(
              utf8("r\u00e9sum\u00e9 \u4f5c\u696d \ud83c\udf4e"),
              utf8("$(touch /tmp/x) `id` ; rm -rf * \"'\\ & | > < %s ~ !"),
              utf8(" a line with a blank before and after "));
      case LINES -> List.of(utf8("first\nsecond\n\nfourth\n"));
      case BINARY -> List.of(new byte[] {0, 1, (byte) 0xff, 0});
      case EMPTY -> List.of(new byte[0]);
      case LARGE -> List.of(utf8("0123456789abcdef".repeat(LARGE / 16)));
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
