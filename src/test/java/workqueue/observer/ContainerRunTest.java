package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContainerRunTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static ContainerStatus firstEnded() {
    return SamplePods.status(0)
        .withContainerID("id-0")
        .withState(SamplePods.ended("id-0", 1, "Error", NOON))
        .build();
  }

  private static ContainerStatus secondRuns() {
    return SamplePods.status(1)
        .withContainerID("id-1")
        .withState(SamplePods.running(NOON))
        .withLastState(SamplePods.ended("id-0", 1, "Error", NOON))
        .build();
  }

  private static ContainerStatus thirdToCome() {
    return SamplePods.status(1)
        .withContainerID("id-1")
        .withState(SamplePods.waiting("CrashLoopBackOff"))
        .withLastState(SamplePods.ended("id-1", 1, "Error", NOON))
        .build();
  }

  @Test
  void knowsNoRunBeforeTheFirstOne() {
    assertThat(ContainerRun.of(SamplePods.status(0).build())).isEmpty();
  }

  @Test
  void knowsTheRunsThatAStatusTells() {
    assertThat(ContainerRun.of(firstEnded()))
        .extracting(ContainerRun::attempt, ContainerRun::id)
        .containsExactly(tuple(0, "id-0"));
    assertThat(ContainerRun.of(secondRuns()))
        .extracting(ContainerRun::attempt, ContainerRun::id)
        .containsExactly(tuple(0, "id-0"), tuple(1, "id-1"));
    assertThat(ContainerRun.of(thirdToCome()))
        .extracting(ContainerRun::attempt, ContainerRun::id)
        .containsExactly(tuple(1, "id-1"));
  }

  @Test
  void knowsWhichLogIsWhose() {
    ContainerRun first = ContainerRun.of(firstEnded()).get(0);
    ContainerRun second = ContainerRun.of(secondRuns()).get(1);

    assertThat(first.isPrevious(firstEnded())).contains(false);
    assertThat(first.isPrevious(secondRuns())).contains(true);
    assertThat(first.isPrevious(thirdToCome())).isEmpty();
    assertThat(second.isPrevious(secondRuns())).contains(false);
    assertThat(second.isPrevious(thirdToCome())).contains(false);
  }

  @Test
  void tellsARunWithoutAProcess() {
    ContainerStatus status =
        SamplePods.status(0)
            .withContainerID("id-0")
            .withState(SamplePods.ended("id-0", 128, "StartError", NOON))
            .build();

    assertThat(ContainerRun.of(status).get(0).neverRan()).isTrue();
    assertThat(ContainerRun.of(firstEnded()).get(0).neverRan()).isFalse();
  }
}
