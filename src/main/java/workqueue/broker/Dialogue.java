package workqueue.broker;

import java.util.concurrent.CompletableFuture;

/** A command that runs on and answers each line of its input with a line. */
public interface Dialogue extends AutoCloseable {
  /**
   * Says a line. One question at a time: the next line that comes is the answer.
   *
   * @return fails with an {@link workqueue.EnvironmentTrouble} once the command has ended
   */
  CompletableFuture<String> ask(String line);

  @Override
  void close();
}
