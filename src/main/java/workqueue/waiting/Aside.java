package workqueue.waiting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Does what may wait in a thread of its own. The pool that all share has a single thread on a
 * machine of two cores, and JDK 25 uses it even so: there one task that waits keeps all others from
 * beginning, also the one that it waits for.
 */
public final class Aside {
  private static final Executor THREAD_EACH =
      work -> {
        Thread thread = new Thread(work, "aside");
        thread.setDaemon(true);
        thread.start();
      };

  private Aside() {}

  public static <T> CompletableFuture<T> supply(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, THREAD_EACH);
  }

  public static CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(work, THREAD_EACH);
  }
}
