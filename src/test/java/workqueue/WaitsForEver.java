package workqueue;

import com.github.dockerjava.api.async.ResultCallback;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What no class of the harness may do, nine times; and what it may. */
final class WaitsForEver {
  private WaitsForEver() {}

  static void forEver(
      CompletableFuture<String> work,
      List<CompletableFuture<String>> all,
      Future<String> other,
      BlockingQueue<String> queue,
      Semaphore turn,
      CountDownLatch latch,
      Thread thread,
      Process process,
      ResultCallback.Adapter<String> pull)
      throws Exception {
    work.join();
    all.forEach(CompletableFuture::join);
    other.get();
    queue.take();
    turn.acquire();
    latch.await();
    thread.join();
    process.waitFor();
    pull.awaitCompletion();
  }

  static void withALimit(Future<String> work, BlockingQueue<String> queue, CountDownLatch latch)
      throws Exception {
    work.get(1, TimeUnit.SECONDS);
    queue.poll(1, TimeUnit.SECONDS);
    queue.remove();
    if (latch.await(1, TimeUnit.SECONDS)) {
      List.of("a").get(0);
    }
  }
}
