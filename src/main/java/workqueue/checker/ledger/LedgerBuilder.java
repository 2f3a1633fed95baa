package workqueue.checker.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PublishedByWorkers;
import workqueue.checker.view.QueueView;
import workqueue.checker.view.WireView;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.Remaining;
import workqueue.history.Evidence;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Delivered;

/** Puts the ledger together from what was published, the wire, the evidence and the queues. */
final class LedgerBuilder {
  private final Picture picture;
  private final EvidenceReader reader;
  private final WireView wire;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Ledger.Stranger> strangers = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private final List<String> unread;
  private final Map<String, Boolean> plain = new HashMap<>();

  LedgerBuilder(Picture picture) {
    this.picture = picture;
    this.reader = new EvidenceReader(picture);
    this.wire = WireView.of(picture);
    this.unread = reader.unread();
  }

  Ledger build() {
    for (Recorded<ItemPublished> each : picture.history.all(ItemPublished.class)) {
      slots.add(new Slot(each));
    }
    assignDeliveries();
    assignWork();
    slots.stream()
        .collect(Collectors.groupingBy(Slot::queue, LinkedHashMap::new, Collectors.toList()))
        .forEach((queue, published) -> findLeftOver(picture.queue(queue), published));
    if (wire.whole()) {
      slots.stream().filter(this::isThereAsACopy).forEach(Slot::leftAsACopy);
    }
    slots.forEach(this::findAcked);
    boolean declared = picture.history.header().evidence().kind() != Evidence.Kind.NONE;
    return new Ledger(
        slots.stream().map(Slot::entry).toList(),
        strangers,
        unread,
        doubts,
        declared,
        wire.whole());
  }

  private void assignDeliveries() {
    Map<String, List<Slot>> byDigest = byDigest(slots);
    for (WireView.Handed handed : wire.all()) {
      List<Slot> equal =
          byDigest.getOrDefault(handed.digest(), List.of()).stream()
              .filter(slot -> sameQueue(slot, handed))
              .toList();
      Optional<Slot> taker = taker(equal, handed.delivered.event().redelivered());
      if (taker.isEmpty()) {
        strangers.add(
            new Ledger.Stranger(
                handed.delivered.seq(),
                Place.WIRE,
                handed.delivered.event().payload().preview(),
                handed.pod,
                -1));
        continue;
      }
      Slot slot = taker.get();
      slot.handed.add(handed);
    }
  }

  private static Map<String, List<Slot>> byDigest(List<Slot> slots) {
    return slots.stream().collect(Collectors.groupingBy(Slot::digest));
  }

  private static boolean sameQueue(Slot slot, WireView.Handed handed) {
    String queue = handed.delivered.event().queue();
    return queue.isEmpty() || queue.equals(slot.queue());
  }

  /** Of equal items, one that can have been delivered now. */
  private static Optional<Slot> taker(List<Slot> equal, boolean redelivered) {
    Optional<Slot> returned = equal.stream().filter(Slot::isBack).findFirst();
    Optional<Slot> untouched = equal.stream().filter(slot -> slot.handed.isEmpty()).findFirst();
    return redelivered
        ? returned.or(() -> untouched).or(() -> equal.stream().findFirst())
        : untouched.or(() -> returned).or(() -> equal.stream().findFirst());
  }

  private void assignWork() {
    Map<String, List<Slot>> byKey = new HashMap<>();
    for (Slot slot : slots) {
      reader
          .key(slot.published.event().payload())
          .ifPresent(key -> byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(slot));
    }
    Map<String, List<LedgerEntry.Work>> pieces = new LinkedHashMap<>();
    Map<String, Set<Slot>> given = givenToPods();
    for (EvidenceReader.Piece piece : reader.pieces()) {
      Set<Slot> its = given.getOrDefault(piece.work().pod(), Set.of());
      // Part of an item may be the whole of another one, which its pod was never given.
      boolean ofAnother = !its.isEmpty() && its.stream().noneMatch(slot -> isKey(slot, piece));
      if (byKey.containsKey(piece.key()) && !ofAnother) {
        pieces.computeIfAbsent(piece.key(), any -> new ArrayList<>()).add(piece.work());
      } else {
        strangers.add(
            new Ledger.Stranger(
                piece.work().seq(),
                Place.WORK,
                piece.key(),
                piece.work().pod(),
                piece.work().attempt(),
                its.size() == 1 ? its.iterator().next().given() : null));
      }
    }
    pieces.forEach((key, works) -> share(byKey.get(key), works));
  }

  private boolean isKey(Slot slot, EvidenceReader.Piece piece) {
    return reader.key(slot.published.event().payload()).filter(piece.key()::equals).isPresent();
  }

  /**
   * The items that each pod was given, where the wire saw all that any pod was; no pods where it
   * did not, or where one of those items was not published by the harness.
   */
  private Map<String, Set<Slot>> givenToPods() {
    boolean all =
        wire.whole()
            && wire.all().stream().noneMatch(handed -> handed.pod.isEmpty())
            && strangers.isEmpty();
    Map<String, Set<Slot>> given = new HashMap<>();
    if (all) {
      for (Slot slot : slots) {
        slot.handed.forEach(
            each -> given.computeIfAbsent(each.pod, any -> new LinkedHashSet<>()).add(slot));
      }
    }
    return given;
  }

  /** Gives each of the equal items a whole run first; broken-off and further runs after that. */
  private void share(List<Slot> equal, List<LedgerEntry.Work> works) {
    if (equal.size() == 1) {
      equal.get(0).work.addAll(works);
      return;
    }
    List<LedgerEntry.Work> ordered = new ArrayList<>();
    works.stream().filter(work -> !work.brokenOff()).forEach(ordered::add);
    int whole = ordered.size();
    works.stream().filter(LedgerEntry.Work::brokenOff).forEach(ordered::add);
    for (int i = 0; i < ordered.size(); i++) {
      equal.get(i % equal.size()).work.add(ordered.get(i));
    }
    boolean brokenOff = whole < equal.size() && ordered.size() > whole;
    if (brokenOff || (!ordered.isEmpty() && !plain(equal.get(0).queue()))) {
      doubts.add(
          "which of "
              + equal.size()
              + " equal items ("
              + equal.get(0).published.event().payload().preview()
              + ") "
              + Counted.of(ordered.size(), "run")
              + " worked on, not all of which acked theirs");
    }
  }

  private void findLeftOver(QueueView queue, List<Slot> published) {
    Optional<Recorded<QueueContents>> contents = queue.contents();
    if (contents.isPresent()) {
      matchContents(contents.get(), published);
      return;
    }
    if (queue.missing()) {
      published.forEach(slot -> slot.leftOver = Sighting.NOT);
      return;
    }
    Optional<Integer> total = queue.total();
    if (total.isEmpty()) {
      return;
    }
    int left = total.get();
    if (left == 0) {
      published.forEach(slot -> slot.leftOver = Sighting.NOT);
      return;
    }
    Set<Slot> candidates = candidates(published);
    if (candidates.size() + othersLeft(queue.name, published) == left) {
      for (Slot slot : published) {
        slot.leftOver = candidates.contains(slot) ? Sighting.INFERRED : Sighting.NOT;
      }
    }
  }

  /**
   * Whether it was taken and not worked on, and a copy of it that a worker put back was not taken.
   */
  private boolean isThereAsACopy(Slot slot) {
    if (slot.leftOver != Sighting.NOT || !slot.work.isEmpty()) {
      return false;
    }
    long copies =
        PublishedByWorkers.of(picture).to(slot.queue()).stream()
            .filter(each -> each.event().payload().digest().equals(slot.digest()))
            .count();
    return copies > 0 && slot.handed.stream().filter(WireView.Handed::isGone).count() <= copies;
  }

  /** How many messages that workers put into the queue are there still, where the wire saw all. */
  private int othersLeft(String queue, List<Slot> published) {
    if (!wire.whole()) {
      return 0;
    }
    long gone = wire.from(queue).filter(WireView.Handed::isGone).count();
    long items = those(published, Slot::taken).size();
    return (int) Math.max(0, PublishedByWorkers.of(picture).to(queue).size() - (gone - items));
  }

  /** The items that may be in the queue still, by the best source there is. */
  private Set<Slot> candidates(List<Slot> published) {
    if (wire.whole()) {
      return those(published, slot -> !slot.taken());
    }
    if (picture.queue(published.get(0).queue()).total().orElse(0) == published.size()) {
      return Set.copyOf(published);
    }
    boolean known =
        unread.isEmpty()
            && plain(published.get(0).queue())
            && picture.history.header().evidence().kind() != Evidence.Kind.NONE;
    return known
        ? those(published, slot -> slot.work.stream().allMatch(LedgerEntry.Work::brokenOff))
        : Set.of();
  }

  private static Set<Slot> those(List<Slot> slots, Predicate<Slot> which) {
    return slots.stream().filter(which).collect(Collectors.toSet());
  }

  /**
   * Whether work that was seen is work that was acked: no run ended badly, and no more pods
   * succeeded than messages left the queue.
   */
  private boolean plain(String name) {
    return plain.computeIfAbsent(name, this::leftPlainly);
  }

  private boolean leftPlainly(String name) {
    QueueView queue = picture.queue(name);
    boolean failed =
        queue.jobs().stream().flatMap(job -> job.attempts().stream()).anyMatch(Attempt::failed);
    int succeeded = queue.jobs().stream().mapToInt(job -> job.state().succeeded()).sum();
    return !failed
        && queue.total().map(left -> succeeded <= queue.published() - left).orElse(false);
  }

  private void matchContents(Recorded<QueueContents> contents, List<Slot> published) {
    published.forEach(slot -> slot.leftOver = Sighting.NOT);
    Map<String, List<Slot>> byDigest = byDigest(published);
    for (Remaining message : contents.event().messages()) {
      List<Slot> equal = byDigest.getOrDefault(message.payload().digest(), List.of());
      Optional<Slot> found =
          equal.stream()
              .filter(slot -> !slot.leftOver.holds() && slot.work.isEmpty())
              .findFirst()
              .or(() -> equal.stream().filter(slot -> !slot.leftOver.holds()).findFirst());
      if (found.isEmpty()) {
        strangers.add(
            new Ledger.Stranger(contents.seq(), Place.QUEUE, message.payload().preview(), "", -1));
        continue;
      }
      found.get().leftOver = equal.size() == 1 ? Sighting.SEEN : Sighting.INFERRED;
    }
  }

  private void findAcked(Slot slot) {
    if (slot.handed.stream().anyMatch(handed -> handed.ackSeq > 0)) {
      slot.acked = Sighting.SEEN;
    } else if (wire.whole() || slot.leftOver.holds()) {
      slot.acked = Sighting.NOT;
    } else if (slot.leftOver == Sighting.NOT && !picture.queue(slot.queue()).missing()) {
      slot.acked = Sighting.INFERRED;
    }
  }

  /** A place in the ledger while it is being filled in. */
  private static final class Slot {
    final Recorded<ItemPublished> published;
    final List<WireView.Handed> handed = new ArrayList<>();
    final List<LedgerEntry.Work> work = new ArrayList<>();
    Sighting acked = Sighting.UNKNOWN;
    Sighting leftOver = Sighting.UNKNOWN;

    Slot(Recorded<ItemPublished> published) {
      this.published = published;
    }

    String queue() {
      return published.event().queue();
    }

    String digest() {
      return published.event().payload().digest();
    }

    Ledger.Given given() {
      return new Ledger.Given(published.seq(), published.event().payload().preview());
    }

    /** Whether it was delivered and went back. */
    boolean isBack() {
      return !handed.isEmpty() && handed.get(handed.size() - 1).requeued;
    }

    /** Whether the wire saw it leave the queue for good. */
    boolean taken() {
      return handed.stream().anyMatch(WireView.Handed::isGone);
    }

    /** It is left over as the copy that a worker put back. */
    void leftAsACopy() {
      leftOver = Sighting.INFERRED;
    }

    LedgerEntry entry() {
      ItemPublished event = published.event();
      return new LedgerEntry(
          event.item(),
          event.queue(),
          event.payload(),
          published.seq(),
          event.confirmed(),
          handed.stream().map(LedgerBuilder::delivery).toList(),
          acked,
          (int) handed.stream().filter(each -> each.requeued).count(),
          work,
          leftOver);
    }
  }

  private static LedgerEntry.Delivery delivery(WireView.Handed handed) {
    Delivered event = handed.delivered.event();
    return new LedgerEntry.Delivery(
        handed.delivered.seq(),
        handed.pod,
        event.redelivered(),
        event.acks(),
        handed.ackSeq,
        handed.returnedSeq());
  }
}
