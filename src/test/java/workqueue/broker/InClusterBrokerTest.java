package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workqueue.waiting.Sight;

/** When a broker in the cluster is waited for, and when it is given up. */
class InClusterBrokerTest {
  private static final String WAITS = "pod rabbitmq Pending, ImagePullBackOff: no such image";

  private static Pod waiting(String reason) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("rabbitmq")
        .withUid("uid")
        .endMetadata()
        .withNewStatus()
        .withPhase("Pending")
        .addNewContainerStatus()
        .withRestartCount(0)
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .withMessage("no such image")
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Event failedPulls(int count) {
    return new EventBuilder()
        .withReason("Failed")
        .withMessage("Failed to pull image \"rabbitmq:none\"")
        .withCount(count)
        .withNewInvolvedObject()
        .withUid("uid")
        .endInvolvedObject()
        .build();
  }

  @Test
  void anImageThatCannotBePulledIsNotWaitedForAgainAndAgain() {
    List<Pod> pods = List.of(waiting("ImagePullBackOff"));
    assertThat(InClusterBroker.ready(pods, () -> List.of(failedPulls(2))))
        .isEqualTo(Sight.hopeless(WAITS));
    assertThat(InClusterBroker.ready(pods, () -> List.of(failedPulls(1))))
        .isEqualTo(Sight.notYet(WAITS));
  }

  @Test
  void aNameThatIsNoneIsGivenUpAtOnce() {
    assertThat(InClusterBroker.ready(List.of(waiting("InvalidImageName")), List::of))
        .isEqualTo(Sight.hopeless("pod rabbitmq Pending, InvalidImageName: no such image"));
  }

  @Test
  void aPodThatIsToComeIsWaitedFor() {
    assertThat(InClusterBroker.ready(List.of(), List::of)).isEqualTo(Sight.notYet("no pod"));
  }

  @Test
  void aLoginThatIsRefusedIsNoneThatIsToCome() {
    assertThat(refused(Amqp.Refusal.LOGIN).sight(true))
        .isEqualTo(Sight.hopeless("the login is refused: so it is"));
    assertThat(refused(Amqp.Refusal.UNREACHABLE).sight(true)).isEqualTo(Sight.notYet("so it is"));
    assertThat(new Amqp.Login(Optional.empty(), "4.3.1").sight(true)).isEqualTo(Sight.found(true));
  }

  private static Amqp.Login refused(Amqp.Refusal why) {
    return new Amqp.Login(Optional.of(why), "so it is");
  }
}
