package workqueue.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptationTest {
  @Test
  void tellsWhatWasDocumentedAndWhatWasDone() {
    assertThat(Adaptation.python())
        .isEqualTo(
            new Adaptation(
                "package python",
                "package python3",
                "the base image's release has no package python"));
    assertThat(Adaptation.baseImage(Edition.CLASSIC, "base:1").documented())
        .isEqualTo("image ubuntu:18.04");
    assertThat(Adaptation.brokerImage("broker:1", "IfNotPresent").done())
        .isEqualTo("image broker:1, imagePullPolicy IfNotPresent");
    assertThat(Adaptation.events(8, 5))
        .isEqualTo(
            new Adaptation(
                "8 events that name the Job's pods",
                "5 such events",
                "Kubernetes promises no event; the pods were seen by themselves"));
    assertThat(Adaptation.registry("registry:5000/job-wq-1").done())
        .isEqualTo("registry:5000/job-wq-1");
    assertThat(Adaptation.namespace("wq-1").done()).isEqualTo("namespace wq-1");
    assertThat(Adaptation.client("kubectl apply -f ./job.yaml", "create by the API").documented())
        .isEqualTo("kubectl apply -f ./job.yaml");
    assertThat(Adaptation.withoutTerminal().why()).isEqualTo("nobody is there to type");
    assertThat(Adaptation.numberOf("completions", 8, 20))
        .isEqualTo(new Adaptation("completions 8", "completions 20", "wq.completions"));
  }

  @Test
  void tellsSecondsAsOneWritesThem() {
    assertThat(Adaptation.workerSeconds(Duration.ofSeconds(1)).done())
        .isEqualTo("the worker takes 1 seconds");
    assertThat(Adaptation.workerSeconds(Duration.ofMillis(250)).done())
        .isEqualTo("the worker takes 0.25 seconds");
    assertThat(Adaptation.workerSeconds(Duration.ofSeconds(100)).done())
        .isEqualTo("the worker takes 100 seconds");
    assertThat(Adaptation.workerSeconds(Duration.ZERO).done())
        .isEqualTo("the worker takes 0 seconds");
  }

  @Test
  void hidesPasswords() {
    assertThat(new Adaptation("amqp://a:b@c", "d", "e").documented()).isEqualTo("amqp://a:***@c");
  }

  @Test
  void rejectsWhatIsNoAdaptation() {
    assertThatThrownBy(() -> new Adaptation("a", "a", "why"))
        .hasMessage("Not an adaptation, for it was done: a");
    assertThatThrownBy(() -> new Adaptation("a", " ", "why"))
        .hasMessage("An adaptation says in words: done");
  }
}
