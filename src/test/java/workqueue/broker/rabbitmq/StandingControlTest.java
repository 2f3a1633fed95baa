package workqueue.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Depth;
import workqueue.broker.Dialogue;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

class StandingControlTest {
  private static final Depth INSTEAD = new Depth(7, 7, 7);

  private final Deque<CompletableFuture<String>> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> life = new ArrayList<>();
  private final StandingControl control =
      new StandingControl(this::start, Duration.ofSeconds(1), new Patience(0.001, Progress.NONE));

  private Dialogue start() {
    life.add("started");
    return new Dialogue() {
      @Override
      public CompletableFuture<String> ask(String line) {
        asked.add(line);
        return answers.remove();
      }

      @Override
      public void close() {
        life.add("closed");
      }
    };
  }

  private Depth depth(String vhost, String queue) {
    return control.depth(vhost, queue, () -> INSTEAD);
  }

  private void answers(String answer) {
    answers.add(CompletableFuture.completedFuture(answer));
  }

  @Test
  void onceStartedItAnswersQuestionAfterQuestion() {
    answers("5 1 2");
    answers("0 0 0");

    assertThat(depth("wq one", "job1")).isEqualTo(new Depth(5, 1, 2));
    assertThat(depth("wq one", "job1")).isEqualTo(new Depth(0, 0, 0));
    assertThat(life).containsExactly("started");
  }

  @Test
  void namesMayHoldAnything() {
    answers("0 0 0");

    depth("a vhost", "작업\n\"q\"");

    List<String> names =
        Stream.of(asked.get(0).split(" ", -1))
            .map(name -> new String(Base64.getDecoder().decode(name), StandardCharsets.UTF_8))
            .toList();
    assertThat(names).containsExactly("a vhost", "작업\n\"q\"");
  }

  @Test
  void aMissingQueueIsTold() {
    answers("missing");

    assertThatThrownBy(() -> depth("/", "job1"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("The broker has no queue job1.");
  }

  @Test
  void whereNoDepthIsToldAnotherWayIsTakenAndTheCommandGoesOn() {
    answers("{noproc,rabbit}");
    answers("1 0 0");

    assertThat(depth("/", "job1")).isEqualTo(INSTEAD);
    assertThat(depth("/", "job1")).isEqualTo(new Depth(1, 0, 0));
    assertThat(life).containsExactly("started");
  }

  @Test
  void afterItsEndTheNextQuestionStartsAnother() {
    answers.add(CompletableFuture.failedFuture(new EnvironmentTrouble("it ended")));
    answers("1 0 0");

    assertThat(depth("/", "job1")).isEqualTo(INSTEAD);
    assertThat(depth("/", "job1")).isEqualTo(new Depth(1, 0, 0));
    assertThat(life).containsExactly("started", "closed", "started");
  }

  @Test
  void oneThatStaysSilentIsGivenUpForItsLateAnswerWouldBeTakenForTheNext() {
    answers.add(new CompletableFuture<>());

    assertThat(depth("/", "job1")).isEqualTo(INSTEAD);
    assertThat(life).containsExactly("started", "closed");
  }

  @Test
  void oneThatCannotBeStartedOrClosedIsNoTroubleOfTheBroker() {
    StandingControl broken =
        new StandingControl(
            () -> {
              throw new IllegalStateException("no exec");
            },
            Duration.ofSeconds(1),
            new Patience(1, Progress.NONE));
    broken.begin();
    assertThat(broken.depth("/", "job1", () -> INSTEAD)).isEqualTo(INSTEAD);

    Dialogue stuck =
        new Dialogue() {
          @Override
          public CompletableFuture<String> ask(String line) {
            return CompletableFuture.failedFuture(new EnvironmentTrouble("it ended"));
          }

          @Override
          public void close() {
            throw new EnvironmentTrouble("it does not close");
          }
        };
    StandingControl clinging =
        new StandingControl(() -> stuck, Duration.ofSeconds(1), new Patience(1, Progress.NONE));
    assertThat(clinging.depth("/", "job1", () -> INSTEAD)).isEqualTo(INSTEAD);
    clinging.close();
  }
}
