package workqueue.broker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import workqueue.EnvironmentTrouble;

/** Starts dialogues with commands in a container. */
final class ContainerDialogue {
  private ContainerDialogue() {}

  static Dialogue start(DockerClient docker, String container, String mark, String... command) {
    String exec =
        docker
            .execCreateCmd(container)
            .withCmd(command)
            .withAttachStdin(true)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    LineDialogue dialogue = new LineDialogue(command[0], mark);
    // Unlike a piped stream it does not mind which of several threads writes.
    Pipe pipe = pipe();
    dialogue.asksBy(Channels.newOutputStream(pipe.sink()));
    Listener listener = new Listener(dialogue, pipe);
    try {
      docker
          .execStartCmd(exec)
          .withStdIn(new ToItsEnd(Channels.newInputStream(pipe.source())))
          .exec(listener);
    } catch (RuntimeException failure) {
      listener.end(failure);
      throw failure;
    }
    return dialogue;
  }

  private static Pipe pipe() {
    try {
      return Pipe.open();
    } catch (IOException failure) {
      throw new EnvironmentTrouble("No pipe can be opened.", failure);
    }
  }

  /** Closes what it reads from at its end: who reads it must not be disturbed before. */
  private static final class ToItsEnd extends FilterInputStream {
    private ToItsEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      if (read < 0) {
        close();
      }
      return read;
    }
  }

  private static final class Listener extends ResultCallback.Adapter<Frame> {
    private final LineDialogue dialogue;
    private final Pipe pipe;

    private Listener(LineDialogue dialogue, Pipe pipe) {
      this.dialogue = dialogue;
      this.pipe = pipe;
    }

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDERR) {
        dialogue.complains(frame.getPayload());
      } else {
        dialogue.prints(frame.getPayload());
      }
    }

    @Override
    public void onError(Throwable failure) {
      end(failure);
      super.onError(failure);
    }

    @Override
    public void onComplete() {
      end(null);
      super.onComplete();
    }

    private void end(Throwable failure) {
      dialogue.ends(failure);
      try {
        pipe.sink().close();
      } catch (IOException lost) {
        // Nobody reads any more what would be written.
      }
    }
  }
}
