package workqueue.checker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueContents;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.Recorded;

/** A queue in its last known state; a sample older than what could have changed it is stale. */
final class QueueView {
  final String name;
  private final Picture picture;
  private final List<Recorded<QueueDepth>> samples;

  QueueView(Picture picture, String name) {
    this.picture = picture;
    this.name = name;
    this.samples = picture.history.all(QueueDepth.class, depth -> depth.queue().equals(name));
  }

  List<Recorded<QueueDepth>> samples() {
    return samples;
  }

  Optional<Recorded<QueueDepth>> last() {
    return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
  }

  boolean missing() {
    return last().map(sample -> !sample.event().exists()).orElse(false);
  }

  /** The last sample that knows how many messages wait, if it is not stale. */
  Optional<Recorded<QueueDepth>> ready() {
    return fresh(depth -> depth.exists() && depth.ready() != null);
  }

  /** The last sample that knows how many messages are held, if it is not stale. */
  Optional<Recorded<QueueDepth>> unacked() {
    return fresh(depth -> depth.exists() && depth.unacked() != null);
  }

  /** How many messages it holds in all, if both numbers are known and not stale. */
  Optional<Integer> total() {
    return ready()
        .flatMap(
            ready -> unacked().map(unacked -> ready.event().ready() + unacked.event().unacked()));
  }

  /** What was left in it, message by message, if that was read. */
  Optional<Recorded<QueueContents>> contents() {
    return picture.history.last(QueueContents.class, contents -> contents.queue().equals(name));
  }

  /**
   * When it last may have changed: the last publishing, and the end of each Job that works on it,
   * or the last change seen in one that has not ended. Empty while no end is in sight: before a Job
   * ended, only a final state says that no more is to come.
   */
  Optional<Instant> settledAt() {
    List<JobView> jobs = jobs();
    boolean over = !jobs.isEmpty() && jobs.stream().allMatch(job -> job.end().isPresent());
    if (!over && picture.history.finalState().isEmpty()) {
      return Optional.empty();
    }
    Stream<Instant> published =
        picture
            .history
            .last(ItemPublished.class, item -> item.queue().equals(name))
            .map(Recorded::at)
            .stream();
    Stream<Instant> worked =
        jobs.stream().map(job -> job.end().map(Recorded::at).orElseGet(job::lastChange));
    return Optional.of(
        Stream.concat(published, worked).max(Comparator.naturalOrder()).orElse(Instant.MIN));
  }

  /** Whether a Job works on it: what others publish and consume by hand is nobody's work. */
  boolean hasJobs() {
    return !jobs().isEmpty();
  }

  /** The Jobs that work on it, as far as is known. */
  List<JobView> jobs() {
    return picture.jobs().stream()
        .filter(job -> job.queue().isEmpty() || job.queue().equals(name))
        .toList();
  }

  private Optional<Recorded<QueueDepth>> fresh(Predicate<QueueDepth> knows) {
    Optional<Instant> settled = settledAt();
    if (settled.isEmpty()) {
      return Optional.empty();
    }
    for (int i = samples.size() - 1; i >= 0; i--) {
      Recorded<QueueDepth> sample = samples.get(i);
      if (knows.test(sample.event())) {
        return sample.event().sampledAt().isBefore(settled.get())
            ? Optional.empty()
            : Optional.of(sample);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "queue " + name;
  }
}
