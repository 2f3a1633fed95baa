package workqueue.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;

class PatienceTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<String> told = new ArrayList<>();
  private final Patience patience =
      new Patience(1, (what, state, waited, limit) -> told.add(what + ": " + state));

  @Test
  void returnsWhatWasFoundAtOnce() {
    assertThat(patience.await("a thing", LONG, () -> Sight.found("it"))).isEqualTo("it");
    assertThat(told).isEmpty();
  }

  @Test
  void looksAgainAndTellsWhatItSaw() {
    AtomicInteger looks = new AtomicInteger();
    String found =
        patience.await(
            "a thing",
            LONG,
            () ->
                looks.incrementAndGet() < 3
                    ? Sight.notYet("look " + looks.get())
                    : Sight.found("it"));
    assertThat(found).isEqualTo("it");
    assertThat(told).containsExactly("a thing: look 1", "a thing: look 2");
  }

  @Test
  void whatASlowLookFindsAfterTheLimitCounts() {
    String found =
        patience.await(
            "a thing",
            Duration.ofMillis(50),
            () -> {
              Thread.sleep(500);
              return Sight.found("it");
            });
    assertThat(found).isEqualTo("it");
  }

  @Test
  void saysHowLongItWaitedTheLimitAndWhatItSawLast() {
    assertThatThrownBy(
            () ->
                patience.await("a thing", Duration.ofMillis(120), () -> Sight.notYet("half of it")))
        .isInstanceOf(WaitedInVain.class)
        .hasMessageMatching(
            "Waited \\d+\\.\\d s for a thing \\(limit 0\\.1 s\\)\\.\\R?Last seen: half of it");
  }

  @Test
  void givesUpAtOnceWhenItIsHopeless() {
    assertThatThrownBy(() -> patience.await("a thing", LONG, () -> Sight.hopeless("it is gone")))
        .isInstanceOf(WaitedInVain.class)
        .hasMessageMatching(
            "Stopped waiting for a thing after 0\\.0 s: it cannot come any more\\.\\R"
                + "Seen: it is gone");
  }

  @Test
  void neverTellsAPassword() {
    assertThatThrownBy(
            () -> patience.await("a login", LONG, () -> Sight.hopeless("amqp://guest:secret@b:1")))
        .hasMessageEndingWith("Seen: amqp://guest:***@b:1");
  }

  @Test
  void stretchesLimits() {
    assertThat(new Patience(2.5, Progress.NONE).limit(Duration.ofSeconds(2)))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesToStretchByNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Patience(0, Progress.NONE))
        .withMessage("A limit is stretched by more than 0, not by 0.0");
  }

  @Test
  void waitsForWorkOnAnotherThread() {
    CompletableFuture<String> work = Aside.supply(() -> "done");
    assertThat(patience.await("work", LONG, work)).isEqualTo("done");
  }

  @Test
  void throwsWhatTheWorkThrew() {
    CompletableFuture<String> work =
        CompletableFuture.failedFuture(new EnvironmentTrouble("no disk"));
    assertThatThrownBy(() -> patience.await("work", LONG, work))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("no disk");
  }

  @Test
  void anInterruptEndsTheWaitAndIsNotTakenForSuccess() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> patience.await("a thing", LONG, () -> Sight.notYet("no")))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage("Interrupted while waiting for a thing.");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
