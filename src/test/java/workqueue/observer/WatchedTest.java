package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.history.Source;

class WatchedTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final Recorder recorder = new Recorder(Clock.fixed(NOON, ZoneOffset.UTC));
  private final List<String> told = new ArrayList<>();
  private List<Pod> listed = List.of();
  private final Watched<Pod> pods =
      new Watched<>(
          Source.PODS,
          recorder,
          null,
          () -> listed,
          pod -> told.add("seen " + pod.getMetadata().getResourceVersion()),
          pod -> told.add("gone " + pod.getMetadata().getUid()));

  private static Pod version(int number) {
    return SamplePods.worker()
        .editMetadata()
        .withResourceVersion(Integer.toString(number))
        .endMetadata()
        .build();
  }

  private History history() {
    return recorder.history(new Header("test", NOON, null, null, null));
  }

  @Test
  void passesOnEachVersionOnceAndNeverGoesBack() {
    pods.onAdd(version(9));
    pods.onUpdate(version(9), version(9));
    listed = List.of(version(11));
    pods.look();
    pods.onUpdate(version(9), version(10));
    pods.onUpdate(version(10), version(11));
    pods.onUpdate(version(11), version(12));

    assertThat(told).containsExactly("seen 9", "seen 11", "seen 12");
  }

  @Test
  void buriesWhatWasDeletedOnceWithItsLastState() {
    pods.onAdd(version(1));
    pods.onDelete(version(2), false);
    pods.onDelete(version(2), false);
    pods.onUpdate(version(1), version(3));

    assertThat(told).containsExactly("seen 1", "seen 2", "gone pod-uid");
  }

  @Test
  void listsWhatIsThereNowOnlyWhereItCannotBeWatched() {
    pods.onAdd(version(1));
    listed = List.of(version(2));

    assertThat(pods.current()).containsExactly(version(1));
    pods.onBeforeList("");
    pods.onList("1", false);
    assertThat(pods.current()).containsExactly(version(1));
    pods.onBeforeList("1");
    assertThat(pods.current()).containsExactly(version(2));
    assertThat(history().events()).isEmpty();
  }

  @Test
  void findsByListingWhatIsGone() {
    pods.onAdd(version(1));
    pods.look();

    assertThat(told).containsExactly("seen 1", "gone pod-uid");
    assertThat(pods.all()).isEmpty();
  }

  @Test
  void recordsAGapWhenEverythingIsListedAnew() {
    pods.onBeforeList(null);
    pods.onList("1", false);
    assertThat(history().gaps(Source.PODS)).isEmpty();

    pods.onBeforeList("1");
    pods.onList("5", false);
    assertThat(history().all(Gap.class))
        .singleElement()
        .satisfies(
            gap ->
                assertThat(gap.event())
                    .isEqualTo(
                        new Gap(
                            Source.PODS,
                            NOON,
                            NOON,
                            "the watch was lost and everything was listed again")));
  }

  @Test
  void recordsAGapWhenAListIsRefused() {
    Watched<Pod> forbidden =
        new Watched<>(
            Source.PODS,
            recorder,
            null,
            () -> {
              throw new IllegalStateException("forbidden by amqp://a:secret@b");
            },
            pod -> {},
            pod -> {});

    forbidden.look();

    assertThat(history().gaps(Source.PODS).get(0).event().why())
        .isEqualTo("they cannot be listed: forbidden by amqp://a:***@b");
  }

  @Test
  void recordsAGapForAnObjectThatCannotBeRead() {
    Watched<Pod> strict =
        new Watched<>(
            Source.PODS,
            recorder,
            null,
            List::of,
            pod -> {
              throw new IllegalArgumentException("no phase");
            },
            pod -> {});

    strict.onAdd(version(1));

    assertThat(history().gaps(Source.PODS).get(0).event().why())
        .isEqualTo("Pod job-wq-1-abcde cannot be read: no phase");
  }

  @Test
  void triesAgainUnlessTheServerRefusesIt() {
    assertThat(Watched.mayPass(new IOException("reset"))).isTrue();
    assertThat(Watched.mayPass(answer(500))).isTrue();
    assertThat(Watched.mayPass(new IllegalStateException(answer(503)))).isTrue();

    assertThat(Watched.mayPass(answer(403))).isFalse();
    assertThat(Watched.mayPass(new IllegalStateException(answer(401)))).isFalse();
    assertThat(Watched.mayPass(answer(404))).isFalse();
  }

  private static KubernetesClientException answer(int code) {
    return new KubernetesClientException("an answer", code, null);
  }
}
