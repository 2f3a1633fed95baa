package workqueue.checker.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PublishedByWorkers;
import workqueue.checker.view.QueueView;
import workqueue.checker.view.WireView;
import workqueue.checker.view.WireView.Handed;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WireEvent.MessagePublished;

/** Adds up what the sources say of a queue, and compares them. */
final class SumsBuilder {
  private final Picture picture;
  private final QueueView queue;
  private final List<String> disagreements = new ArrayList<>();
  private final List<Long> proof = new ArrayList<>();

  SumsBuilder(Picture picture, QueueView queue) {
    this.picture = picture;
    this.queue = queue;
  }

  Sums build() {
    int published = queue.published();
    Ledger ledger = Ledger.of(picture);
    List<LedgerEntry> entries =
        ledger.entries().stream().filter(entry -> entry.queue().equals(queue.name)).toList();
    Optional<Recorded<BrokerCounters>> counters = counters();
    int strange =
        (int) ledger.strangers().stream().filter(each -> each.place() != Place.WORK).count();
    List<Recorded<MessagePublished>> byWorkers = PublishedByWorkers.of(picture).to(queue.name);
    int foreign =
        Math.max(
            Math.max(strange, byWorkers.size()),
            counters.map(each -> (int) each.event().published() - published).orElse(0));
    Optional<Integer> left = queue.total();
    Optional<Integer> acked = Optional.empty();
    String ackedBy = "";
    if (ledger.wire()) {
      acked = Optional.of(takenOnTheWire());
      ackedBy = "the wire";
    } else if (counters.isPresent()) {
      BrokerCounters event = counters.get().event();
      int counted = (int) (event.acked() + event.deliveredUnasked());
      // A broker loses the last figures of channels that close: then the depth decides, as it does
      // where there are no counters.
      int gone = left.map(held -> published + Math.max(0, foreign) - held).orElse(counted);
      acked = Optional.of(Math.max(counted, gone));
      ackedBy = counted < gone ? "the queue's depth" : "the broker's counters";
    } else if (left.isPresent() && !entries.isEmpty()) {
      acked = Optional.of(Math.max(0, published + foreign + strangeWork(entries) - left.get()));
      ackedBy = "the queue's depth";
    }
    int succeeded = queue.jobs().stream().mapToInt(job -> job.state().succeeded()).sum();
    if (!ledger.wire() && acked.map(each -> each < succeeded).orElse(false) && brokerWasAway()) {
      acked = Optional.empty();
      ackedBy = "";
    }
    compare(ledger.wire(), counters, published, left);
    byWorkers.forEach(each -> proof.add(each.seq()));
    queue.jobs().forEach(job -> proof.add(job.last().seq()));
    queue.ready().ifPresent(sample -> proof.add(sample.seq()));
    queue.unacked().ifPresent(sample -> proof.add(sample.seq()));
    return new Sums(
        published,
        Math.max(0, foreign),
        acked,
        ackedBy,
        succeeded,
        mayEndEmptyHanded(),
        left,
        disagreements,
        proof);
  }

  private int takenOnTheWire() {
    return (int) WireView.of(picture).from(queue.name).filter(Handed::isTaken).count();
  }

  private int mayEndEmptyHanded() {
    boolean ofOneEach =
        queue.jobs().size() > 1
            && queue.jobs().stream()
                .map(job -> job.state().spec().completions())
                .allMatch(count -> count == null || count == 1);
    return queue.jobs().stream()
        .filter(job -> ofOneEach || job.state().spec().completions() == null)
        .mapToInt(job -> job.state().succeeded())
        .sum();
  }

  /**
   * Whether the broker was out of sight after a worker began that succeeded. One that is killed may
   * have lost acks: RabbitMQ 4.3 was seen to give out again an item that had been acked 3 s before
   * a SIGKILL.
   */
  private boolean brokerWasAway() {
    return queue.jobs().stream()
        .flatMap(job -> job.attempts().stream())
        .filter(Attempt::succeeded)
        .map(Attempt::firstSeenAt)
        .min(Comparator.naturalOrder())
        .map(
            first ->
                picture.history.gaps(Source.BROKER).stream()
                    .anyMatch(gap -> gap.event().to().isAfter(first)))
        .orElse(false);
  }

  /** Work on things that nobody published, beyond what may be items that were altered. */
  private int strangeWork(List<LedgerEntry> entries) {
    long strange =
        Ledger.of(picture).strangers().stream().filter(each -> each.place() == Place.WORK).count();
    long unworked = entries.stream().filter(entry -> entry.work().isEmpty()).count();
    return (int) Math.max(0, strange - unworked);
  }

  private void compare(
      boolean wire,
      Optional<Recorded<BrokerCounters>> counters,
      int published,
      Optional<Integer> left) {
    if (counters.isEmpty()) {
      return;
    }
    BrokerCounters event = counters.get().event();
    if (wire && event.acked() > takenOnTheWire()) {
      disagreements.add(
          "the broker counted "
              + Counted.of(event.acked(), "ack")
              + " on "
              + queue
              + ", the wire saw "
              + takenOnTheWire());
    }
    if (left.isPresent()
        && !takenSince()
        && event.acked() + left.get() > Math.max(published, event.published())) {
      disagreements.add(
          "the broker counted "
              + Counted.of(event.acked(), "ack")
              + " and holds "
              + Counted.of(left.get(), "message")
              + " in "
              + queue
              + ", but only "
              + Math.max(published, event.published())
              + " were published");
    }
    if (!disagreements.isEmpty()) {
      proof.add(counters.get().seq());
    }
  }

  /**
   * Whether something was taken after it was asked what the queue holds: a Job that fails does not
   * wait for its pods, which work on until they are killed.
   */
  private boolean takenSince() {
    return Stream.concat(queue.ready().stream(), queue.unacked().stream())
        .map(sample -> sample.event().sampledAt())
        .anyMatch(
            asked ->
                WireView.of(picture)
                    .from(queue.name)
                    .filter(Handed::isGone)
                    .anyMatch(each -> each.settledAt != null && each.settledAt.isAfter(asked)));
  }

  /** The counters, unless they are older than what they must show, or began again meanwhile. */
  private Optional<Recorded<BrokerCounters>> counters() {
    Optional<Recorded<BrokerCounters>> last = Sums.counters(picture, queue);
    boolean fresh =
        last.isPresent()
            && queue
                .settledAt()
                .map(at -> !last.get().event().sampledAt().isBefore(at))
                .orElse(false);
    if (!fresh) {
      return Optional.empty();
    }
    long most =
        picture
            .history
            .all(BrokerCounters.class, counters -> counters.queue().equals(queue.name))
            .stream()
            .mapToLong(counters -> counters.event().published())
            .max()
            .orElse(0);
    boolean again =
        last.get().event().published() < most || last.get().event().published() < queue.published();
    last.ifPresent(each -> proof.add(each.seq()));
    return again ? Optional.empty() : last;
  }
}
