package workqueue.checker.view;

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
public final class QueueView {
  /** How the environment calls a broker that the harness was given by its URL. */
  private static final String EXISTING = "existing";

  public final String name;
  private final Picture picture;
  private final List<Recorded<QueueDepth>> samples;
  private final List<Recorded<ItemPublished>> published;
  private final List<JobView> jobs;
  private final Optional<Instant> settledAt;
  private final Optional<Recorded<QueueDepth>> ready;
  private final Optional<Recorded<QueueDepth>> unacked;

  QueueView(Picture picture, String name) {
    this.picture = picture;
    this.name = name;
    this.samples = inOrder(picture, name);
    this.published = picture.history.all(ItemPublished.class, item -> item.queue().equals(name));
    this.jobs =
        picture.jobs().stream()
            .filter(job -> job.queue().isEmpty() || job.queue().equals(name))
            .toList();
    this.settledAt = settled();
    this.ready = fresh(depth -> depth.exists() && depth.ready() != null);
    this.unacked = fresh(depth -> depth.exists() && depth.unacked() != null);
  }

  /** In the order in which they were true: an answer may come after that to a later question. */
  private static List<Recorded<QueueDepth>> inOrder(Picture picture, String name) {
    return picture.history.all(QueueDepth.class, depth -> depth.queue().equals(name)).stream()
        .map(sample -> divided(picture, sample))
        .sorted(Comparator.comparing(sample -> sample.event().sampledAt()))
        .toList();
  }

  /**
   * What a broker counts in one number is divided by what the wire shows to be held; and what it
   * does not tell of at all, as many a broker by its URL, the wire tells.
   */
  private static Recorded<QueueDepth> divided(Picture picture, Recorded<QueueDepth> sample) {
    QueueDepth depth = sample.event();
    boolean together = (depth.total() != null) && (depth.ready() == null);
    if (!(together || isHalf(picture, depth)) || !WireView.of(picture).sawAllConsumers()) {
      return sample;
    }
    int held = WireView.of(picture).heldOf(depth.queue(), depth.sampledAt());
    return new Recorded<>(
        sample.seq(),
        sample.at(),
        sample.source(),
        together ? depth.ofWhichAreHeld(held) : depth.besidesWhich(held));
  }

  /** A stranger that consumes past the tap would hold something as well. */
  private static boolean isHalf(Picture picture, QueueDepth depth) {
    return picture.history.header().environment().broker().kind().equals(EXISTING)
        && (depth.ready() != null)
        && (depth.unacked() == null)
        && Integer.valueOf(0).equals(depth.consumers());
  }

  public List<Recorded<QueueDepth>> samples() {
    return samples;
  }

  public Optional<Recorded<QueueDepth>> last() {
    return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
  }

  public boolean missing() {
    return last().map(sample -> !sample.event().exists()).orElse(false);
  }

  /** The last sample that knows how many messages wait, if it is not stale. */
  public Optional<Recorded<QueueDepth>> ready() {
    return ready;
  }

  /** The last sample that knows how many messages are held, if it is not stale. */
  public Optional<Recorded<QueueDepth>> unacked() {
    return unacked;
  }

  /** How many messages it holds in all, if both numbers are known and not stale. */
  public Optional<Integer> total() {
    return ready.flatMap(
        waiting -> unacked.map(held -> waiting.event().ready() + held.event().unacked()));
  }

  /** Whether it was looked at, and no look told how many messages are held. */
  public boolean neverToldWhatIsHeld() {
    return samples.stream().anyMatch(each -> each.event().exists())
        && samples.stream().allMatch(each -> each.event().unacked() == null);
  }

  /** What was left in it, message by message, if that was read. */
  public Optional<Recorded<QueueContents>> contents() {
    return picture.history.last(QueueContents.class, contents -> contents.queue().equals(name));
  }

  /**
   * When it last may have changed: the last publishing, and the end of each Job that works on it,
   * or the last change seen in one that has not ended. Empty while no end is in sight: before a Job
   * ended, only a final state says that no more is to come.
   */
  public Optional<Instant> settledAt() {
    return settledAt;
  }

  private Optional<Instant> settled() {
    boolean over = !jobs.isEmpty() && jobs.stream().allMatch(job -> job.end().isPresent());
    if (!over && picture.history.finalState().isEmpty()) {
      return Optional.empty();
    }
    Stream<Instant> filled =
        published.stream().skip(Math.max(0, published.size() - 1)).map(Recorded::at);
    Stream<Instant> worked =
        jobs.stream().map(job -> job.end().map(Recorded::at).orElseGet(job::lastChange));
    return Optional.of(
        Stream.concat(filled, worked).max(Comparator.naturalOrder()).orElse(Instant.MIN));
  }

  /** Whether a Job works on it: what others publish and consume by hand is nobody's work. */
  public boolean hasJobs() {
    return !jobs.isEmpty();
  }

  /** The Jobs that work on it, as far as is known. */
  public List<JobView> jobs() {
    return jobs;
  }

  /** Whether one of them may still take items from it: it is neither complete nor failed. */
  public boolean hasOpenJobs() {
    return jobs.stream().anyMatch(job -> !job.state().over());
  }

  /** How many items the harness published to it. */
  public int published() {
    return published.size();
  }

  private Optional<Recorded<QueueDepth>> fresh(Predicate<QueueDepth> knows) {
    if (settledAt.isEmpty()) {
      return Optional.empty();
    }
    for (int i = samples.size() - 1; i >= 0; i--) {
      Recorded<QueueDepth> sample = samples.get(i);
      if (knows.test(sample.event())) {
        return sample.event().sampledAt().isBefore(settledAt.get())
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
