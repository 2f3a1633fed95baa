package workqueue.cluster;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import workqueue.EnvironmentTrouble;
import workqueue.waiting.Patience;
import workqueue.waiting.WaitedInVain;

/**
 * Work that the engine does and tells of as it goes on: a build, a pull, a push. It is waited for
 * like everything else, where the client's own wait has no limit or one that is not stretched.
 *
 * @param <T> what the engine tells
 */
public final class EngineWork<T> implements ResultCallback<T> {
  private final ResultCallbackTemplate<?, T> listener;
  private final Function<T, String> words;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile String last = "nothing yet";

  /**
   * @param listener gets all that the engine tells, and says whether the work failed
   * @param words what an item says of how far the work is; null or blank if nothing
   */
  public EngineWork(ResultCallbackTemplate<?, T> listener, Function<T, String> words) {
    this.listener = listener;
    this.words = words;
  }

  /**
   * Waits for the end of the work, and throws what its listener makes of a bad one.
   *
   * @param what is waited for, as it reads after "Waited 3 s for"
   * @param limit before stretching
   * @throws WaitedInVain if it does not end in time; the engine is not listened to any more then
   * @throws EnvironmentTrouble if the waiting thread is interrupted
   */
  public void await(Patience patience, String what, Duration limit) {
    try {
      patience.await(what, limit, end, () -> last);
      listener.awaitCompletion(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EnvironmentTrouble("Interrupted while waiting for " + what + ".", interrupted);
    } catch (WaitedInVain tooLong) {
      try {
        close();
      } catch (UncheckedIOException alsoFailed) {
        tooLong.addSuppressed(alsoFailed);
      }
      throw tooLong;
    }
  }

  @Override
  public void onStart(Closeable connection) {
    listener.onStart(connection);
  }

  @Override
  public void onNext(T item) {
    listener.onNext(item);
    String said = words.apply(item);
    if (said != null && !said.isBlank()) {
      last = said.strip();
    }
  }

  @Override
  public void onError(Throwable failure) {
    listener.onError(failure);
    end.complete(null);
  }

  @Override
  public void onComplete() {
    listener.onComplete();
    end.complete(null);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    end.complete(null);
  }
}
