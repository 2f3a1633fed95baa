package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.WaitedInVain;

class EngineWorkTest {
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ResultCallback.Adapter<String> listener = new ResultCallback.Adapter<>();
  private final EngineWork<String> work = new EngineWork<>(listener, each -> each);

  @Test
  void endsWithTheWork() {
    work.onNext("Step 1/3");
    work.onComplete();

    work.await(PATIENCE, "the build", LIMIT);
  }

  @Test
  void throwsWhatTheWorkFailedWith() {
    work.onError(new IllegalStateException("no space left on device"));

    assertThatThrownBy(() -> work.await(PATIENCE, "the build", LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no space left on device");
  }

  @Test
  void throwsWhatTheListenerMakesOfIt() {
    var pull = new EngineWork<>(new PullImageResultCallback(), each -> each.getStatus());
    pull.onNext(failedPull());
    pull.onComplete();

    assertThatThrownBy(() -> pull.await(PATIENCE, "the pull", LIMIT))
        .isInstanceOf(DockerClientException.class)
        .hasMessage("Could not pull image: no such image");
  }

  private static PullResponseItem failedPull() {
    try {
      return new ObjectMapper()
          .readValue("{\"status\": \"\", \"error\": \"no such image\"}", PullResponseItem.class);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  @Test
  void saysHowFarItWasWhenTheLimitRanOutAndHangsUp() {
    AtomicBoolean hungUp = new AtomicBoolean();
    work.onStart(() -> hungUp.set(true));
    work.onNext("Step 2/3 : RUN apt-get update\n");
    work.onNext(" ");

    assertThatThrownBy(
            () ->
                work.await(
                    new Patience(0.001, Progress.NONE),
                    "the build of worker",
                    Duration.ofMinutes(5)))
        .isInstanceOf(WaitedInVain.class)
        .hasMessageMatching(
            "Waited 1\\.\\d s for the build of worker \\(limit 0\\.3 s\\)\\.\\R"
                + "Last seen: Step 2/3 : RUN apt-get update");
    assertThat(hungUp).isTrue();
  }

  @Test
  void aConnectionThatIsCutEndsTheWait() throws IOException {
    work.close();

    work.await(PATIENCE, "the build", LIMIT);
  }
}
