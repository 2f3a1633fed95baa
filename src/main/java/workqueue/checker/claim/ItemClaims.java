package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.Item;
import workqueue.checker.diagnosis.CorruptedItems;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Gone;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.ItemNames;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Place;
import workqueue.checker.ledger.Sighting;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;

/** What claims about items share. */
final class ItemClaims {
  private ItemClaims() {}

  static String none(ItemNames items) {
    return items.size() == 1
        ? "the one item is not"
        : "none of " + Counted.of(items.size(), "item") + " is";
  }

  static Conclusion processed(Picture picture, String words, ItemNames items, boolean once) {
    Ledger ledger = Ledger.of(picture);
    Tally tally = new Tally(picture, items);
    List<Finding> findings = findings(picture, tally, once);
    boolean certainlyMissing =
        !tally.missing.isEmpty() && ledger.evidenceComplete() && !beingWorkedOn(picture, tally);
    int left = left(picture, tally);
    if (left > tally.leftOver.size()) {
      tally.missing.add(left + (left == 1 ? " that is" : " that are") + " left in the queue");
    }
    Explanation why =
        Explanation.of(words + ": " + tally.wrong(once, left, certainlyMissing) + where(tally))
            .expected(Counted.of(items.size(), "item") + ", each processed" + (once ? " once" : ""))
            .actual(Counted.of(tally.processed, "item") + " processed")
            .missing(tally.missing)
            .unexpected(once ? tally.strange : List.of())
            .duplicated(once ? tally.repeated : List.of());
    boolean wrong =
        left > 0
            || !tally.leftOver.isEmpty()
            || certainlyMissing
            || (once && (!tally.repeated.isEmpty() || !tally.strange.isEmpty()));
    if (wrong) {
      return new Conclusion(Verdict.INVALID, why.remedy(Remedies.logs(picture)).text(), findings);
    }
    if (!ledger.evidenceDeclared()) {
      return Conclusion.unknown(
          Explanation.of(words + ": the worker declares no evidence of what it does")
              .expected("a log pattern, a digest line or an output queue")
              .actual("none")
              .remedy("mvn verify -Pgate -Dwq.worker.evidence='Processing (.*)'"));
    }
    List<String> unseen = new ArrayList<>();
    if (once || !tally.missing.isEmpty()) {
      // Where each was seen at work, more evidence could only show more work.
      unseen.addAll(ledger.unreadEvidence());
    }
    unseen.addAll(ledger.doubts());
    unseen.addAll(tally.untold);
    if (!unseen.isEmpty() || !tally.missing.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": cannot be told" + ofQueue(tally))
              .expected(Counted.of(items.size(), "item") + ", each seen to be processed")
              .actual(Counted.of(tally.processed, "item") + " processed")
              .missing(tally.missing)
              .unseen(unseen));
    }
    return Conclusion.valid();
  }

  /** How many messages the queues hold that must be some of these items; 0 if not known. */
  private static int left(Picture picture, Tally tally) {
    int left = 0;
    for (String name : tally.queues) {
      QueueView queue = picture.queue(name);
      boolean own = Sums.of(picture, queue).foreign() == 0;
      boolean all = queue.published() == tally.published(name);
      boolean over = !queue.jobs().isEmpty() && !queue.hasOpenJobs();
      left += own && all && over ? queue.total().orElse(0) : 0;
    }
    return left;
  }

  static boolean beingWorkedOn(Picture picture, Tally tally) {
    boolean running =
        picture.jobs().stream().flatMap(job -> job.attempts().stream()).anyMatch(Attempt::running);
    return running
        && tally.queues.stream()
            .anyMatch(queue -> picture.queue(queue).total().map(n -> n > 0).orElse(true));
  }

  static String where(Tally tally) {
    return tally.queues.isEmpty() ? "" : " (queue " + String.join(", ", tally.queues) + ")";
  }

  static String ofQueue(Tally tally) {
    return tally.queues.isEmpty() ? "" : " for queue " + String.join(", ", tally.queues);
  }

  static List<Finding> findings(Picture picture, Tally tally, boolean once) {
    Ledger ledger = Ledger.of(picture);
    Gone gone = tally.gone;
    List<Finding> findings = new ArrayList<>();
    boolean goesOn = tally.queues.stream().anyMatch(queue -> picture.queue(queue).hasOpenJobs());
    if (!tally.leftOver.isEmpty() && !goesOn) {
      findings.add(
          finding(
              FindingCode.LEFTOVER_ITEMS,
              Counted.are(tally.leftOver.size(), "item") + " still in the queue",
              tally.leftOver));
    }
    List<LedgerEntry> lost =
        tally.unworked.stream()
            .filter(entry -> entry.leftOver() == Sighting.NOT && !tally.isAltered(entry))
            .toList();
    if (!lost.isEmpty() && ledger.evidenceComplete()) {
      findings.add(
          finding(
              FindingCode.LOST_ITEMS,
              Counted.are(lost.size(), "item") + " gone from the queue and processed by no pod",
              lost));
    }
    if (once) {
      List<LedgerEntry> again = new ArrayList<>(tally.repeatedEntries);
      again.removeIf(LedgerEntry::duplicated);
      if (!again.isEmpty()) {
        findings.add(
            finding(
                FindingCode.REDELIVERED_ITEMS,
                Counted.were(again.size(), "item")
                    + " processed again, having returned to the queue",
                again));
      }
      List<LedgerEntry> twice =
          tally.repeatedEntries.stream().filter(LedgerEntry::duplicated).toList();
      if (!twice.isEmpty()) {
        findings.add(
            finding(
                FindingCode.DUPLICATED_ITEMS,
                Counted.were(twice.size(), "item") + " processed more than once",
                twice));
      }
    }
    if (!gone.altered().isEmpty()) {
      findings.add(CorruptedItems.finding(picture, gone));
    }
    List<Ledger.Stranger> strange = gone.unexpected();
    if (once && tally.strange.size() > gone.shownInstead().size()) {
      findings.add(
          new Finding(
              FindingCode.UNEXPECTED_ITEMS,
              Role.ROOT,
              Counted.were(tally.strange.size() - gone.shownInstead().size(), "item")
                  + " processed that nobody published",
              List.of(),
              strange.stream().map(Ledger.Stranger::pod).distinct().toList(),
              strange.stream().map(Ledger.Stranger::seq).toList()));
    }
    return findings;
  }

  private static Finding finding(FindingCode code, String message, List<LedgerEntry> entries) {
    List<Item> items = entries.stream().map(LedgerEntry::asItem).toList();
    List<String> pods =
        entries.stream()
            .flatMap(entry -> entry.work().stream())
            .map(LedgerEntry.Work::pod)
            .distinct()
            .toList();
    List<Long> evidence = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      evidence.add(entry.publishedSeq());
      entry.work().forEach(work -> evidence.add(work.seq()));
    }
    return new Finding(code, Role.ROOT, message, items, pods, evidence);
  }

  /** The items of a claim, sorted by what became of them. */
  static final class Tally {
    final List<String> missing = new ArrayList<>();
    final List<String> repeated = new ArrayList<>();
    final List<String> strange = new ArrayList<>();
    final List<String> untold = new ArrayList<>();
    final List<String> partlyShown = new ArrayList<>();
    final Map<String, Integer> counts = new HashMap<>();
    final List<String> queues = new ArrayList<>();
    final List<LedgerEntry> unworked = new ArrayList<>();
    final List<LedgerEntry> leftOver = new ArrayList<>();
    final List<LedgerEntry> repeatedEntries = new ArrayList<>();
    int processed;

    final Gone gone;

    Tally(Picture picture, ItemNames items) {
      Ledger ledger = Ledger.of(picture);
      gone = Gone.in(picture);
      for (Map.Entry<ItemNames.Name, Optional<LedgerEntry>> each : items.in(ledger).entrySet()) {
        if (each.getValue().isEmpty()) {
          untold.add("that " + each.getKey() + " was published");
          continue;
        }
        add(each.getKey().toString(), each.getValue().get());
      }
      Stream.concat(gone.shownInstead().stream(), gone.unexpected().stream())
          .filter(each -> each.place() == Place.WORK)
          .forEach(each -> strange.add(CorruptedItems.words(each) + " by " + each.pod()));
    }

    /** What became of items that should not have, in a clause. */
    String wrong(boolean once, int left, boolean certainlyMissing) {
      List<String> parts = new ArrayList<>();
      int still = Math.max(left, leftOver.size());
      if (still > 0) {
        parts.add(Counted.are(still, "item") + " left in the queue");
      }
      long unseen = unworked.stream().filter(entry -> !isAltered(entry)).count();
      if (unseen > 0) {
        parts.add(
            Counted.were(unseen, "item")
                + (certainlyMissing ? " processed by no pod" : " not seen to be processed"));
      }
      if (once && !repeated.isEmpty()) {
        parts.add(Counted.were(repeated.size(), "item") + " processed more than once");
      }
      if (!gone.altered().isEmpty()) {
        parts.add(Counted.were(gone.altered().size(), "item") + " processed as something else");
      }
      int unexpected = strange.size() - gone.shownInstead().size();
      if (once && unexpected > 0) {
        parts.add(Counted.were(unexpected, "payload") + " processed that nobody published");
      }
      return String.join(", ", parts);
    }

    boolean isAltered(LedgerEntry entry) {
      return gone.altered().contains(entry);
    }

    int published(String queue) {
      return counts.getOrDefault(queue, 0);
    }

    private void add(String name, LedgerEntry entry) {
      counts.merge(entry.queue(), 1, Integer::sum);
      if (!queues.contains(entry.queue())) {
        queues.add(entry.queue());
      }
      if (entry.payload().text() == null || entry.payload().text().strip().contains("\n")) {
        partlyShown.add(name);
      }
      if (entry.processed()) {
        processed++;
      } else if (entry.leftOver().holds()) {
        missing.add(name + " (left in the queue)");
        leftOver.add(entry);
      } else if (entry.work().isEmpty()) {
        missing.add(name);
        unworked.add(entry);
      } else {
        untold.add("whether " + name + " is still in the queue");
      }
      if (entry.work().size() > 1) {
        repeatedEntries.add(entry);
        repeated.add(
            name
                + " by "
                + String.join(
                    " and ", entry.work().stream().map(LedgerEntry.Work::toString).toList()));
      }
    }
  }
}
