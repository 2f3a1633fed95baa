package workqueue.checker.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.checker.view.Picture;
import workqueue.history.History;

/**
 * What became of every item that was published, as far as the record tells.
 *
 * @param entries one for each item, in the order of publishing
 * @param strangers evidence of work on something that was never published
 * @param unreadEvidence attempts whose evidence was not read to its end
 * @param doubts what equal payloads or broken-off runs leave open, each in a sentence
 * @param evidenceDeclared whether the worker declared how it shows its work
 * @param wire whether the wire was watched without a gap
 */
public record Ledger(
    List<LedgerEntry> entries,
    List<Stranger> strangers,
    List<String> unreadEvidence,
    List<String> doubts,
    boolean evidenceDeclared,
    boolean wire) {

  /**
   * Evidence of work on something that nobody published.
   *
   * @param seen what the evidence calls it
   * @param pod the pod's name, empty if not known
   * @param given the item that the wire saw its pod being given, and no other; null where that is
   *     not known
   */
  public record Stranger(long seq, Place place, String seen, String pod, int attempt, Given given) {
    Stranger(long seq, Place place, String seen, String pod, int attempt) {
      this(seq, place, seen, pod, attempt, null);
    }
  }

  /**
   * What a pod was given.
   *
   * @param publishedSeq the event that shows that the item was published
   */
  public record Given(long publishedSeq, String preview) {}

  public Ledger {
    entries = List.copyOf(entries);
    strangers = List.copyOf(strangers);
    unreadEvidence = List.copyOf(unreadEvidence);
    doubts = List.copyOf(doubts);
  }

  public static Ledger of(History history) {
    return of(new Picture(history));
  }

  public static Ledger of(Picture picture) {
    return picture.derived(Ledger.class, any -> new LedgerBuilder(any).build());
  }

  /** The entries of each queue. */
  public Map<String, List<LedgerEntry>> byQueue() {
    return entries.stream()
        .collect(
            Collectors.groupingBy(LedgerEntry::queue, LinkedHashMap::new, Collectors.toList()));
  }

  public Optional<LedgerEntry> entry(int item) {
    return entries.stream().filter(each -> each.item() == item).findFirst();
  }

  /** Whether all that workers show of their work was read. */
  public boolean evidenceComplete() {
    return evidenceDeclared && unreadEvidence.isEmpty();
  }
}
