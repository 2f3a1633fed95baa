package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.checker.ledger.DroppingRule;
import workqueue.checker.ledger.ItemEvidence;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Place;
import workqueue.checker.ledger.Sighting;
import workqueue.checker.view.Picture;

/**
 * Items that are gone from their queue without work, by what became of them, and work on things
 * that nobody published.
 *
 * @param altered as many as there is work on such things
 * @param shownInstead what the workers of those showed
 * @param dropped by the broker, by a rule of their queue
 * @param lost the others
 * @param unexpected messages that nobody published, and that are no altered items
 */
public record Gone(
    List<LedgerEntry> altered,
    List<Ledger.Stranger> shownInstead,
    Map<DroppingRule, List<LedgerEntry>> dropped,
    List<LedgerEntry> lost,
    List<Ledger.Stranger> unexpected,
    Set<Long> withoutWork) {

  public static Gone in(Picture picture) {
    Ledger ledger = Ledger.of(picture);
    List<LedgerEntry> all =
        ledger.evidenceComplete()
            ? ledger.entries().stream()
                .filter(entry -> entry.work().isEmpty() && entry.leftOver() == Sighting.NOT)
                .filter(entry -> picture.queue(entry.queue()).hasJobs())
                .filter(entry -> ItemEvidence.tells(picture, entry))
                .toList()
            : List.of();
    List<LedgerEntry> altered = new ArrayList<>();
    List<Ledger.Stranger> shownInstead = new ArrayList<>();
    for (LedgerEntry entry : all) {
      shownFor(entry, ledger)
          .ifPresent(
              shown -> {
                altered.add(entry);
                shownInstead.add(shown);
              });
    }
    List<LedgerEntry> others = new ArrayList<>(all);
    others.removeAll(altered);
    // What a worker shows that is known to have been given another item tells of no message.
    List<Ledger.Stranger> strange =
        ledger.strangers().stream()
            .filter(each -> each.place() == Place.WORK && each.given() == null)
            .toList();
    int more = Math.min(others.size(), strange.size());
    altered.addAll(others.subList(0, more));
    shownInstead.addAll(strange.subList(0, more));
    List<LedgerEntry> gone = others.subList(more, others.size());
    Map<DroppingRule, List<LedgerEntry>> dropped = new LinkedHashMap<>();
    List<LedgerEntry> lost = new ArrayList<>();
    for (LedgerEntry entry : gone) {
      DroppingRule.of(picture, entry)
          .ifPresentOrElse(
              rule -> dropped.computeIfAbsent(rule, any -> new ArrayList<>()).add(entry),
              () -> lost.add(entry));
    }
    List<Ledger.Stranger> unexpected = new ArrayList<>(strange.subList(more, strange.size()));
    ledger.strangers().stream().filter(each -> each.place() != Place.WORK).forEach(unexpected::add);
    return new Gone(
        altered,
        shownInstead,
        dropped,
        lost,
        unexpected,
        gone.stream().map(LedgerEntry::publishedSeq).collect(Collectors.toSet()));
  }

  /** What the worker showed that the wire saw being given the item, and no other. */
  private static Optional<Ledger.Stranger> shownFor(LedgerEntry entry, Ledger ledger) {
    return ledger.strangers().stream()
        .filter(each -> each.given() != null)
        .filter(each -> each.given().publishedSeq() == entry.publishedSeq())
        .findFirst();
  }

  /** Whether it was dropped or lost, so that a success for it would have been none. */
  boolean isWithoutWork(LedgerEntry entry) {
    return withoutWork.contains(entry.publishedSeq());
  }

  boolean isDropped(LedgerEntry entry) {
    return dropped.values().stream().anyMatch(each -> each.contains(entry));
  }
}
