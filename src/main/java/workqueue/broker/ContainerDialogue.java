package workqueue.broker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
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
    try {
      // Unlike a piped stream it does not mind which of several threads writes.
      Pipe pipe = Pipe.open();
      dialogue.asksBy(Channels.newOutputStream(pipe.sink()));
      docker
          .execStartCmd(exec)
          .withStdIn(Channels.newInputStream(pipe.source()))
          .exec(new Listener(dialogue));
    } catch (IOException failure) {
      throw new EnvironmentTrouble("No pipe can be opened.", failure);
    }
    return dialogue;
  }

  private static final class Listener extends ResultCallback.Adapter<Frame> {
    private final LineDialogue dialogue;

    private Listener(LineDialogue dialogue) {
      this.dialogue = dialogue;
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
      dialogue.ends(failure);
      super.onError(failure);
    }

    @Override
    public void onComplete() {
      dialogue.ends(null);
      super.onComplete();
    }
  }
}
