package workqueue.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import workqueue.EnvironmentTrouble;

/** A dialogue over the input and the output of a command that runs elsewhere. */
final class LineDialogue implements Dialogue {
  private final String command;
  private final String mark;
  private final StringBuilder printed = new StringBuilder();
  private final StringBuilder complaints = new StringBuilder();
  private CompletableFuture<String> asked = new CompletableFuture<>();
  private OutputStream input = OutputStream.nullOutputStream();
  private boolean ended;

  /**
   * @param mark what an answer begins with; other lines are passed over
   */
  LineDialogue(String command, String mark) {
    this.command = command;
    this.mark = mark;
  }

  /** Has what is asked written there; to be said before the first question. */
  synchronized void asksBy(OutputStream commandsInput) {
    input = commandsInput;
  }

  @Override
  public synchronized CompletableFuture<String> ask(String line) {
    asked = new CompletableFuture<>();
    try {
      if (ended) {
        throw new IOException("it has ended");
      }
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException failure) {
      asked.completeExceptionally(trouble(failure));
    }
    return asked;
  }

  /** Takes what the command printed, wherever it is cut. */
  synchronized void prints(byte[] text) {
    printed.append(new String(text, StandardCharsets.UTF_8));
    for (int end = printed.indexOf("\n"); end >= 0; end = printed.indexOf("\n")) {
      String line = printed.substring(0, end);
      printed.delete(0, end + 1);
      if (line.startsWith(mark)) {
        asked.complete(line.substring(mark.length()));
      }
    }
  }

  /** Takes what the command printed as an error. */
  synchronized void complains(byte[] text) {
    complaints.append(new String(text, StandardCharsets.UTF_8));
  }

  /**
   * The command has ended.
   *
   * @param failure why it cannot be heard any more; null if it ended by itself
   */
  synchronized void ends(Throwable failure) {
    ended = true;
    asked.completeExceptionally(trouble(failure));
  }

  private EnvironmentTrouble trouble(Throwable failure) {
    return new EnvironmentTrouble(
        "%s ended beside the broker: %s".formatted(command, complaints.toString().strip()),
        failure);
  }

  /** The command sees the end of its input. */
  @Override
  public synchronized void close() {
    try {
      input.close();
    } catch (IOException failure) {
      throw new EnvironmentTrouble("The input of %s cannot be closed.".formatted(command), failure);
    }
  }
}
