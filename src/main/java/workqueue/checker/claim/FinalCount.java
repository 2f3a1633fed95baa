package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.ledger.EvidenceReader;
import workqueue.checker.view.Picture;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.Remaining;
import workqueue.history.Recorded;

/**
 * A count of what is lost that does without the ledger: published, less what evidence shows
 * processed, less what was read from the queue at the end.
 */
final class FinalCount {
  private final Picture picture;
  private final EvidenceReader reader;

  private FinalCount(Picture picture) {
    this.picture = picture;
    this.reader = new EvidenceReader(picture);
  }

  /**
   * The claim that the diagnosis names each item that is lost, and no other, and each Job's end.
   */
  static Conclusion explained(Picture picture, String words) {
    return new FinalCount(picture).explained(words);
  }

  private Conclusion explained(String words) {
    List<String> unseen = new ArrayList<>(reader.unread());
    List<Recorded<ItemPublished>> published = published();
    if (published.isEmpty() || picture.jobs().isEmpty()) {
      unseen.add(published.isEmpty() ? "any item" : "any Job");
    }
    for (String queue : queues(published)) {
      if (picture.queue(queue).contents().isEmpty() && !picture.queue(queue).missing()) {
        unseen.add("what is left in queue " + queue);
      }
    }
    for (Recorded<ItemPublished> each : published) {
      if (reader.key(each.event().payload()).isEmpty()) {
        unseen.add("evidence that could name item " + each.event().item());
      }
    }
    if (!unseen.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": cannot be told")
              .expected("each item seen processed, in the queue, or neither")
              .actual(Counted.of(published.size(), "item") + " published")
              .unseen(unseen));
    }
    Set<Integer> lost = lost(published);
    Diagnosis diagnosis = Diagnosis.of(picture, Diagnosis.WINDOW);
    Set<Integer> named = named(diagnosis);
    List<String> unexplained = unexplained(diagnosis);
    if (lost.equals(named) && unexplained.isEmpty()) {
      return Conclusion.valid();
    }
    Set<Integer> missing = new TreeSet<>(lost);
    missing.removeAll(named);
    Set<Integer> unexpected = new TreeSet<>(named);
    unexpected.removeAll(lost);
    return Conclusion.invalid(
        Explanation.of(
                words
                    + ": "
                    + Stream.of(
                            wrongly("not named", missing.size()),
                            wrongly("named and not lost", unexpected.size()),
                            unexplained.isEmpty()
                                ? ""
                                : Counted.of(unexplained.size(), "Job") + " without a cause")
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(", ")))
            .expected(
                Counted.of(lost.size(), "item") + " named as lost, and a cause for each Job's end")
            .actual(Counted.of(named.size(), "item") + " named, causes " + diagnosis.roots())
            .missing(Stream.concat(items(missing), unexplained.stream()).toList())
            .unexpected(items(unexpected).toList()));
  }

  private static String wrongly(String what, int items) {
    return items == 0 ? "" : Counted.of(items, "item") + " " + what;
  }

  private static Stream<String> items(Set<Integer> numbers) {
    return numbers.stream().map(item -> "item " + item);
  }

  private List<Recorded<ItemPublished>> published() {
    return picture.history.all(ItemPublished.class).stream()
        .filter(each -> picture.queue(each.event().queue()).hasJobs())
        .toList();
  }

  private static Set<String> queues(List<Recorded<ItemPublished>> published) {
    Set<String> queues = new TreeSet<>();
    published.forEach(each -> queues.add(each.event().queue()));
    return queues;
  }

  private Set<Integer> lost(List<Recorded<ItemPublished>> published) {
    Set<String> worked = new HashSet<>();
    reader.pieces().forEach(piece -> worked.add(piece.key()));
    Set<String> left = new HashSet<>();
    for (String queue : queues(published)) {
      Optional<Recorded<QueueContents>> contents = picture.queue(queue).contents();
      contents.stream()
          .flatMap(each -> each.event().messages().stream())
          .map(Remaining::payload)
          .forEach(payload -> left.add(payload.digest()));
    }
    Set<Integer> lost = new TreeSet<>();
    for (Recorded<ItemPublished> each : published) {
      boolean processed = reader.key(each.event().payload()).map(worked::contains).orElse(false);
      if (!processed && !left.contains(each.event().payload().digest())) {
        lost.add(each.event().item());
      }
    }
    return lost;
  }

  private static Set<Integer> named(Diagnosis diagnosis) {
    Set<Integer> named = new TreeSet<>();
    for (Finding finding : diagnosis.findings()) {
      if (finding.code() == FindingCode.LOST_ITEMS
          || finding.code() == FindingCode.DROPPED_BY_BROKER
          || finding.code() == FindingCode.CORRUPTED_ITEMS) {
        finding.items().forEach(item -> named.add(item.id()));
      }
    }
    return named;
  }

  /** Jobs that are not complete although no cause is known, or that still work. */
  private List<String> unexplained(Diagnosis diagnosis) {
    Set<FindingCode> causes = new HashSet<>(diagnosis.roots());
    causes.remove(FindingCode.ALL_PROCESSED);
    causes.remove(FindingCode.STILL_WORKING);
    return picture.jobs().stream()
        .filter(job -> !job.state().complete() && causes.isEmpty())
        .map(job -> "why " + job + " is not complete")
        .toList();
  }
}
