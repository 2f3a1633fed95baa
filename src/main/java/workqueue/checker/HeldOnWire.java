package workqueue.checker;

import java.util.ArrayList;
import java.util.List;

/** Deliveries that a client held beside another one, and gave back or holds still. */
final class HeldOnWire {
  private HeldOnWire() {}

  /** How many items a pod held at once, and the delivery that made it so many. */
  record Held(String pod, int count, long seq) {}

  static List<Held> in(Picture picture, String queue) {
    List<Held> most = new ArrayList<>();
    picture
        .wire()
        .byConnection(queue)
        .forEach(
            (connection, handed) -> {
              List<WireLedger.Handed> unacked =
                  handed.stream()
                      .filter(each -> each.ackSeq == 0 && each.delivered.event().acks())
                      .toList();
              if (unacked.isEmpty() || handed.size() < 2) {
                return;
              }
              int atOnce = atOnce(handed);
              if (atOnce > 1) {
                WireLedger.Handed last = handed.get(handed.size() - 1);
                most.add(new Held(last.pod, atOnce, last.delivered.seq()));
              }
            });
    return most;
  }

  private static int atOnce(List<WireLedger.Handed> handed) {
    int most = 0;
    for (WireLedger.Handed one : handed) {
      long at = one.delivered.seq();
      int held =
          (int)
              handed.stream()
                  .filter(each -> each.delivered.event().acks())
                  .filter(each -> each.delivered.seq() <= at)
                  .filter(each -> each.settledSeq == 0 || each.settledSeq > at)
                  .count();
      most = Math.max(most, held);
    }
    return most;
  }
}
