package workqueue.broker;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A dialogue with a command in a pod. */
// How it ends is told to the dialogue.
@SuppressWarnings("FutureReturnValueIgnored")
final class PodDialogue implements Dialogue {
  private final LineDialogue lines;
  private final ExecWatch exec;

  private PodDialogue(LineDialogue lines, ExecWatch exec) {
    this.lines = lines;
    this.exec = exec;
  }

  static Dialogue start(PodResource pod, String mark, String... command) {
    LineDialogue lines = new LineDialogue(command[0], mark);
    ExecWatch exec =
        pod.redirectingInput()
            .writingOutput(telling(lines::prints))
            .writingError(telling(lines::complains))
            .exec(command);
    lines.asksBy(exec.getInput());
    exec.exitCode().whenComplete((code, failure) -> lines.ends(failure));
    return new PodDialogue(lines, exec);
  }

  private static OutputStream telling(Consumer<byte[]> listener) {
    return new OutputStream() {
      @Override
      public void write(int single) {
        listener.accept(new byte[] {(byte) single});
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        listener.accept(Arrays.copyOfRange(bytes, from, from + length));
      }
    };
  }

  @Override
  public CompletableFuture<String> ask(String line) {
    return lines.ask(line);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } finally {
      exec.close();
    }
  }
}
