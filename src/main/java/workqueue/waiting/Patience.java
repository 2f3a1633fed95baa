package workqueue.waiting;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import workqueue.EnvironmentTrouble;

/**
 * Waits for states, with limits that {@code wq.timeout.scale} stretches.
 *
 * <p>A look should read what a watch keeps up to date: then it costs nothing, and the wait ends
 * with the event.
 */
public final class Patience {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final double scale;
  private final Progress progress;

  /**
   * @param scale multiplies every limit; more than 0
   * @param progress is told while something is waited for
   */
  public Patience(double scale, Progress progress) {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("A limit is stretched by more than 0, not by " + scale);
    }
    this.scale = scale;
    this.progress = progress;
  }

  /** The same patience, telling another listener. */
  public Patience telling(Progress listener) {
    return new Patience(scale, listener);
  }

  /** The limit as it is on this machine. */
  public Duration limit(Duration unscaled) {
    return Duration.ofMillis(Math.round(unscaled.toMillis() * scale));
  }

  /** Waits with 25 ms between looks: for looks that read memory. */
  public <T> T await(String what, Duration limit, Callable<Sight<T>> look) {
    return await(what, limit, BETWEEN_LOOKS, look);
  }

  /**
   * Looks until the thing is found.
   *
   * @param what is waited for, as it reads after "Waited 3 s for"
   * @param unscaled the limit before stretching
   * @param between the time from one look to the next, for looks that cost something
   * @throws WaitedInVain if the limit runs out or a look says that it is hopeless
   * @throws EnvironmentTrouble if the waiting thread is interrupted
   */
  public <T> T await(String what, Duration unscaled, Duration between, Callable<Sight<T>> look) {
    Duration limit = limit(unscaled);
    long start = System.nanoTime();
    AtomicReference<String> last = new AtomicReference<>("nothing yet");
    AtomicReference<Optional<T>> seen = new AtomicReference<>(Optional.empty());
    try {
      Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(between)
          .atMost(limit.plusMillis(1))
          .await()
          .until(
              () -> {
                seen.set(once(what, look, last, start, limit));
                return seen.get().isPresent();
              });
    } catch (ConditionTimeoutException ranOut) {
      // What a slow last look found all the same does not count for less.
    }
    return seen.get().orElseThrow(() -> ranOut(what, since(start), limit, last.get()));
  }

  /** Waits for work that runs on another thread. */
  public <T> T await(String what, Duration unscaled, CompletableFuture<T> future) {
    return await(what, unscaled, future, () -> "not yet");
  }

  /**
   * Waits for work that runs on another thread, telling each second how far it is.
   *
   * @param state how far it is, in a few words
   */
  public <T> T await(
      String what, Duration unscaled, CompletableFuture<T> future, Supplier<String> state) {
    Duration limit = limit(unscaled);
    long start = System.nanoTime();
    while (true) {
      try {
        return future.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException notYet) {
        Duration waited = since(start);
        if (waited.compareTo(limit) > 0) {
          throw ranOut(what, waited, limit, state.get());
        }
        progress.waiting(what, state.get(), waited, limit);
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException cause
            ? cause
            : new CompletionException(failed.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new EnvironmentTrouble("Interrupted while waiting for " + what + ".", interrupted);
      }
    }
  }

  private <T> Optional<T> once(
      String what,
      Callable<Sight<T>> look,
      AtomicReference<String> last,
      long start,
      Duration limit)
      throws Exception {
    // Awaitility goes on polling on an interrupted thread.
    if (Thread.currentThread().isInterrupted()) {
      throw new EnvironmentTrouble("Interrupted while waiting for " + what + ".");
    }
    Sight<T> sight = look.call();
    if (sight instanceof Sight.Found<T> found) {
      return Optional.of(found.value());
    }
    if (sight instanceof Sight.Hopeless<T> hopeless) {
      throw new WaitedInVain(
          "Stopped waiting for %s after %s: it cannot come any more.%nSeen: %s"
              .formatted(what, seconds(since(start)), hopeless.why()),
          true);
    }
    String state = ((Sight.NotYet<T>) sight).state();
    last.set(state);
    progress.waiting(what, state, since(start), limit);
    return Optional.empty();
  }

  private static WaitedInVain ranOut(String what, Duration waited, Duration limit, String last) {
    return new WaitedInVain(
        "Waited %s for %s (limit %s).%nLast seen: %s"
            .formatted(seconds(waited), what, seconds(limit), last),
        false);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
