package workqueue.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;

/** What happened to items that should not have. */
final class ItemCauses {
  private final Picture picture;
  private final Ledger ledger;
  private final List<Suspicion> found = new ArrayList<>();
  private final Set<Long> lostItems = new HashSet<>();
  private final Set<Long> dropped = new HashSet<>();

  private ItemCauses(Picture picture) {
    this.picture = picture;
    this.ledger = picture.ledger();
  }

  static List<Suspicion> in(Picture picture) {
    ItemCauses causes = new ItemCauses(picture);
    Map<String, List<LedgerEntry>> byQueue = new HashMap<>();
    for (LedgerEntry entry : causes.ledger.entries()) {
      byQueue.computeIfAbsent(entry.queue(), queue -> new ArrayList<>()).add(entry);
    }
    byQueue.forEach(causes::leftOver);
    causes.lostAndStrange();
    causes.duplicated();
    causes.redelivered();
    causes.unreported();
    byQueue.keySet().forEach(causes::sums);
    return causes.found;
  }

  private void leftOver(String name, List<LedgerEntry> published) {
    QueueView queue = picture.queue(name);
    int left = queue.total().orElse(0);
    boolean over =
        !queue.jobs().isEmpty() && queue.jobs().stream().allMatch(job -> job.state().over());
    if (left == 0 || !over) {
      return;
    }
    List<LedgerEntry> named = published.stream().filter(entry -> entry.leftOver().holds()).toList();
    found.add(
        Suspicion.of(
                FindingCode.LEFTOVER_ITEMS,
                Counted.are(left, "item")
                    + " left in queue "
                    + name
                    + " and no Job works on it any more")
            .items(named)
            .proof(List.of(queue.ready().orElseThrow().seq(), queue.unacked().orElseThrow().seq()))
            .remedy(Remedies.runAgain(queue.jobs().get(0).ref, left)));
  }

  /** Items that are gone without work, and work on things that nobody published. */
  private void lostAndStrange() {
    List<LedgerEntry> lost =
        ledger.evidenceComplete()
            ? ledger.entries().stream()
                .filter(entry -> entry.work().isEmpty() && entry.leftOver() == Sighting.NOT)
                .filter(entry -> picture.queue(entry.queue()).hasJobs())
                .filter(entry -> ItemEvidence.tells(picture, entry))
                .toList()
            : List.of();
    List<Ledger.Stranger> strange =
        ledger.strangers().stream().filter(each -> each.place() == Place.WORK).toList();
    int altered = Math.min(lost.size(), strange.size());
    if (altered > 0) {
      List<Ledger.Stranger> seen = strange.subList(0, altered);
      found.add(
          Suspicion.of(
                  FindingCode.CORRUPTED_ITEMS,
                  Counted.were(altered, "item")
                      + " altered on the way: workers read "
                      + String.join(
                          ", ",
                          seen.stream().limit(3).map(each -> "\"" + each.seen() + "\"").toList()))
              .items(lost.subList(0, altered))
              .pods(seen.stream().map(Ledger.Stranger::pod).toList())
              .proof(seen.stream().map(Ledger.Stranger::seq).toList())
              .remedy(logs()));
    }
    List<LedgerEntry> gone = new ArrayList<>(lost.subList(altered, lost.size()));
    gone.forEach(entry -> lostItems.add(entry.publishedSeq()));
    gone.removeAll(droppedAmong(gone));
    if (!gone.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.LOST_ITEMS,
                  Counted.are(gone.size(), "item") + " gone from the queue and processed by no pod")
              .items(gone)
              .pods(
                  gone.stream()
                      .flatMap(entry -> entry.deliveries().stream())
                      .map(LedgerEntry.Delivery::pod)
                      .toList())
              .proof(
                  gone.stream()
                      .flatMap(
                          entry ->
                              Stream.concat(
                                  Stream.of(entry.publishedSeq()),
                                  entry.deliveries().stream().map(LedgerEntry.Delivery::ackSeq)))
                      .toList())
              .remedy(logs()));
    }
    List<Ledger.Stranger> unexpected = new ArrayList<>(strange.subList(altered, strange.size()));
    ledger.strangers().stream().filter(each -> each.place() != Place.WORK).forEach(unexpected::add);
    if (!unexpected.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.UNEXPECTED_ITEMS,
                  Counted.of(unexpected.size(), "message")
                      + " turned up that the harness did not publish")
              .pods(unexpected.stream().map(Ledger.Stranger::pod).toList())
              .proof(unexpected.stream().map(Ledger.Stranger::seq).toList())
              .remedy(logs()));
    }
  }

  /** Which of the items the broker dropped, by a rule of their queue. */
  private List<LedgerEntry> droppedAmong(List<LedgerEntry> gone) {
    Map<DroppingRule, List<LedgerEntry>> byRule = new LinkedHashMap<>();
    for (LedgerEntry entry : gone) {
      DroppingRule.of(picture, entry)
          .ifPresent(rule -> byRule.computeIfAbsent(rule, key -> new ArrayList<>()).add(entry));
    }
    byRule.forEach(
        (rule, entries) ->
            found.add(
                Suspicion.of(
                        FindingCode.DROPPED_BY_BROKER,
                        Counted.were(entries.size(), "item") + " dropped by the broker, by " + rule)
                    .items(entries)
                    .proof(
                        Stream.concat(
                                Stream.of(rule.declared()),
                                entries.stream().flatMap(ItemCauses::publishedAndReturned))
                            .toList())
                    .remedy(
                        "rabbitmqctl list_queues name arguments policy | grep " + rule.queue())));
    List<LedgerEntry> all = byRule.values().stream().flatMap(List::stream).toList();
    all.forEach(entry -> dropped.add(entry.publishedSeq()));
    return all;
  }

  private static Stream<Long> publishedAndReturned(LedgerEntry entry) {
    return Stream.concat(
        Stream.of(entry.publishedSeq()),
        entry.deliveries().stream().map(LedgerEntry.Delivery::returnedSeq));
  }

  /** Whoever is given an item again, as the wire tells, has to work on it again. */
  private void duplicated() {
    List<LedgerEntry> twice =
        ledger.entries().stream()
            .filter(
                entry ->
                    entry.work().stream().filter(work -> !work.brokenOff()).count()
                            > 1 + returned(entry).size()
                        || againWithinOneRun(entry) > returned(entry).size())
            .toList();
    if (!twice.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.DUPLICATED_ITEMS,
                  Counted.were(twice.size(), "item") + " processed more than once")
              .items(twice)
              .pods(
                  twice.stream()
                      .flatMap(entry -> entry.work().stream())
                      .map(LedgerEntry.Work::pod)
                      .toList())
              .proof(
                  twice.stream()
                      .flatMap(entry -> entry.work().stream())
                      .map(LedgerEntry.Work::seq)
                      .toList())
              .remedy(logs()));
    }
  }

  private static List<LedgerEntry.Delivery> returned(LedgerEntry entry) {
    return entry.deliveries().stream().filter(each -> each.returnedSeq() > 0).toList();
  }

  /** How often a run worked on the item that had done so before. */
  private static long againWithinOneRun(LedgerEntry entry) {
    long runs =
        entry.work().stream()
            .filter(work -> work.attempt() >= 0)
            .map(work -> work.pod() + "/" + work.attempt())
            .distinct()
            .count();
    long pieces = entry.work().stream().filter(work -> work.attempt() >= 0).count();
    return pieces - runs;
  }

  private void redelivered() {
    List<LedgerEntry> again = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries()) {
      List<LedgerEntry.Delivery> returned = returned(entry);
      // Work that was broken off, on an item that is gone: another run had it after that.
      boolean brokenOff =
          entry.work().stream().anyMatch(LedgerEntry.Work::brokenOff)
              && (entry.leftOver() == Sighting.NOT || entry.work().size() > 1)
              && againWithinOneRun(entry) == 0
              && ItemEvidence.unreported(picture, entry).isEmpty();
      if ((!returned.isEmpty() || brokenOff) && !dropped.contains(entry.publishedSeq())) {
        again.add(entry);
        returned.forEach(delivery -> proof.addAll(List.of(delivery.seq(), delivery.returnedSeq())));
        entry.work().forEach(work -> proof.add(work.seq()));
      }
    }
    // The broker's counters and what is left prove nothing: they count what was only pushed ahead.
    if (!again.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.REDELIVERED_ITEMS,
                  Counted.of(again.size(), "item") + " returned to the queue for another delivery")
              .items(again)
              .pods(
                  again.stream()
                      .flatMap(entry -> entry.work().stream())
                      .map(LedgerEntry.Work::pod)
                      .toList())
              .proof(proof)
              .remedy(logs()));
    }
  }

  /**
   * Items that were acked by a run whose success the Job does not count; of one that nobody worked
   * on that success would have been no success.
   */
  private void unreported() {
    List<LedgerEntry> unreported = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    List<String> pods = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries()) {
      Optional.of(entry)
          .filter(each -> !lostItems.contains(each.publishedSeq()))
          .flatMap(each -> ItemEvidence.unreported(picture, each))
          .ifPresent(
              run -> {
                unreported.add(entry);
                runs.add(run.run());
                pods.add(run.pod());
                proof.addAll(run.proof());
              });
    }
    if (!unreported.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.ACKED_BUT_NOT_REPORTED,
                  Counted.were(unreported.size(), "item")
                      + " acked by a run whose success was never reported ("
                      + String.join(", ", runs.stream().distinct().limit(5).toList())
                      + ")")
              .items(unreported)
              .pods(pods)
              .proof(proof)
              .remedy(
                  picture.jobs().stream()
                      .findFirst()
                      .map(job -> Remedies.giveUp(job.ref))
                      .orElse("kubectl get jobs -A")));
    }
  }

  private void sums(String name) {
    QueueView queue = picture.queue(name);
    Sums sums = Sums.of(picture, queue);
    int falseOnes = sums.falseSuccesses();
    if (falseOnes > 0) {
      Set<String> acked = ackers();
      List<String> pods =
          queue.jobs().stream()
              .flatMap(job -> job.pods.stream())
              .filter(PodView::succeeded)
              .map(pod -> pod.ref.name())
              .filter(pod -> !ledger.wire() || !acked.contains(pod))
              .toList();
      found.add(
          Suspicion.of(
                  FindingCode.FALSE_SUCCESS,
                  Counted.of(sums.succeeded(), "pod")
                      + " succeeded on queue "
                      + name
                      + " and only "
                      + Counted.were(sums.acked().orElseThrow(), "item")
                      + " acked, says "
                      + sums.ackedBy())
              .items(
                  ledger.entries().stream()
                      .filter(entry -> entry.queue().equals(name) && entry.leftOver().holds())
                      .toList())
              .pods(pods)
              .proof(sums.proof())
              .remedy(
                  queue.jobs().stream()
                      .findFirst()
                      .map(job -> Remedies.logs(job.ref))
                      .orElse(Remedies.depth(name))));
    }
    boolean told = found.stream().anyMatch(each -> each.code() == FindingCode.UNEXPECTED_ITEMS);
    if (sums.foreign() > 0 && !told) {
      found.add(
          Suspicion.of(
                  FindingCode.UNEXPECTED_ITEMS,
                  Counted.were(sums.foreign(), "message")
                      + " published to queue "
                      + name
                      + " by others than the harness")
              .proof(sums.proof())
              .remedy(Remedies.depth(name)));
    }
    if (!sums.agree()) {
      found.add(
          Suspicion.of(FindingCode.SOURCES_DISAGREE, String.join("; ", sums.disagreements()))
              .proof(sums.proof())
              .remedy(Remedies.depth(name)));
    }
  }

  /** The pods that acked something, or got it without having to, as the wire saw them. */
  private Set<String> ackers() {
    return ledger.entries().stream()
        .flatMap(entry -> entry.deliveries().stream())
        .filter(delivery -> delivery.ackSeq() > 0 || !delivery.acks())
        .map(LedgerEntry.Delivery::pod)
        .collect(Collectors.toSet());
  }

  private String logs() {
    return picture.jobs().stream()
        .findFirst()
        .map(job -> Remedies.logs(job.ref))
        .orElse("kubectl get jobs -A");
  }
}
