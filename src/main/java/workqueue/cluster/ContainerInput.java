package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.InputStream;
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
    docker
        .execStartCmd(exec)
        .withStdIn(input)
        .exec(new EngineWork<>(answer, ContainerInput::text))
        .await(engine.patience(), what, LIMIT);
    Long code = docker.inspectExecCmd(exec).exec().getExitCodeLong();
    return new Outcome(code != null && code == 0, String.join("", output).strip());
  }

  private static String text(Frame frame) {
    return new String(frame.getPayload(), StandardCharsets.UTF_8);
  }
}
