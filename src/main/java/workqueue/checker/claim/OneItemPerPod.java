package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.Evidence;

/** Each pod of the Job that succeeded finished one item, and none finished more. */
record OneItemPerPod(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " processes one item per pod";
  }

  @Override
  public Conclusion judge(Picture picture) {
    return JobClaims.onJob(
        picture,
        words(),
        job,
        job -> {
          Map<String, Set<Integer>> items = itemsByPod(picture);
          List<String> more = new ArrayList<>();
          List<String> fewer = new ArrayList<>();
          for (PodView pod : job.pods) {
            int count = items.getOrDefault(pod.ref.name(), Set.of()).size();
            if (count > 1) {
              more.add(pod.ref.name() + " with " + count);
            } else if (count == 0 && pod.succeeded()) {
              fewer.add(pod.ref.name());
            }
          }
          Explanation why =
              Explanation.of(
                      words()
                          + ": "
                          + job
                          + " has "
                          + Stream.of(
                                  more.isEmpty()
                                      ? ""
                                      : Counted.of(more.size(), "pod") + " with several items",
                                  fewer.isEmpty()
                                      ? ""
                                      : Counted.of(fewer.size(), "pod")
                                          + " that succeeded with none")
                              .filter(each -> !each.isEmpty())
                              .collect(Collectors.joining(" and ")))
                  .expected("one item for each pod")
                  .actual(
                      Counted.of(more.size(), "pod")
                          + " with more, "
                          + fewer.size()
                          + " succeeded with none")
                  .missing(fewer)
                  .unexpected(more);
          Ledger ledger = Ledger.of(picture);
          // What lies in an output queue does not say which pod put it there.
          boolean byPod = picture.history.header().evidence().kind() != Evidence.Kind.OUTPUT_QUEUE;
          boolean sighted = (byPod && ledger.evidenceComplete()) || ledger.wire();
          if (!more.isEmpty() || (!fewer.isEmpty() && sighted)) {
            return Conclusion.invalid(why.remedy(Remedies.logs(job.ref)));
          }
          if (!sighted || !picture.allPodsSeen(job) || picture.history.finalState().isEmpty()) {
            return Conclusion.unknown(
                Explanation.of(words() + ": cannot be told of " + job)
                    .expected("evidence of every pod, or the wire")
                    .actual(Counted.of(items.size(), "pod") + " seen with an item")
                    .unseen(ledger.unreadEvidence()));
          }
          return Conclusion.valid();
        });
  }

  /** The items that each pod finished, by its evidence and its acks. */
  private static Map<String, Set<Integer>> itemsByPod(Picture picture) {
    Map<String, Set<Integer>> items = new HashMap<>();
    for (LedgerEntry entry : Ledger.of(picture).entries()) {
      for (LedgerEntry.Work work : entry.work()) {
        if (!work.pod().isEmpty() && !work.brokenOff()) {
          items.computeIfAbsent(work.pod(), pod -> new HashSet<>()).add(entry.item());
        }
      }
      for (LedgerEntry.Delivery delivery : entry.deliveries()) {
        if (!delivery.pod().isEmpty() && (delivery.ackSeq() > 0 || !delivery.acks())) {
          items.computeIfAbsent(delivery.pod(), pod -> new HashSet<>()).add(entry.item());
        }
      }
    }
    return items;
  }
}
