package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Commands in containers that read what is streamed to them, and know by themselves where it ends.
 */
final class ContainerInput {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private ContainerInput() {}

  /**
   * What came of a command.
   *
   * @param output what it printed
   */
  record Outcome(boolean good, String output) {}

  /**
   * Runs a command.
   *
   * @param input is closed
   * @param what is waited for, as it reads after "Waited 3 s for"
   */
  static Outcome to(
      Engine engine, String container, InputStream input, String what, String... command) {
    DockerClient docker = engine.client();
    String exec =
        docker
            .execCreateCmd(container)
            .withCmd(command)
            .withAttachStdin(true)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    Queue<String> output = new ConcurrentLinkedQueue<>();
    var answer =
        new ResultCallback.Adapter<Frame>() {
          @Override
          public void onNext(Frame frame) {
            output.add(text(frame));
          }
        };
    try (InputStream sent = new OneAtATime(input)) {
      docker
          .execStartCmd(exec)
          .withStdIn(sent)
          .exec(new EngineWork<>(answer, ContainerInput::text))
          .await(engine.patience(), what, LIMIT);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Long code = docker.inspectExecCmd(exec).exec().getExitCodeLong();
    return new Outcome(code != null && code == 0, String.join("", output).strip());
  }

  /**
   * The client's thread may still look for the end of what it sends when the command has ended and
   * this is closed: each waits for the other, or both would read what is left.
   */
  static final class OneAtATime extends FilterInputStream {
    OneAtATime(InputStream source) {
      super(source);
    }

    @Override
    public synchronized int read() throws IOException {
      return super.read();
    }

    @Override
    public synchronized int read(byte[] bytes, int from, int most) throws IOException {
      return super.read(bytes, from, most);
    }

    @Override
    public synchronized void close() throws IOException {
      super.close();
    }
  }

  private static String text(Frame frame) {
    return new String(frame.getPayload(), StandardCharsets.UTF_8);
  }
}
