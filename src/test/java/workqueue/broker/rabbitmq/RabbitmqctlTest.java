package workqueue.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Depth;

class RabbitmqctlTest {
  private static final String OUTPUT =
      """
      [
      {"name":"foo","messages_ready":0,"messages_unacknowledged":0,"consumers":0}
      ,{"name":"job1","messages_ready":3,"messages_unacknowledged":2,"consumers":2}
      ]
      """;

  @Test
  void readsTheDepthOfTheQueue() {
    assertThat(Rabbitmqctl.depth(Rabbitmqctl.row(OUTPUT, "job1"))).isEqualTo(new Depth(3, 2, 2));
  }

  @Test
  void passesOverALineBeforeTheListing() {
    assertThat(Rabbitmqctl.depth(Rabbitmqctl.row("Timeout: 60.0 seconds ...\n" + OUTPUT, "foo")))
        .isEqualTo(new Depth(0, 0, 0));
  }

  @Test
  void saysWhenThereIsNoSuchQueue() {
    assertThatThrownBy(() -> Rabbitmqctl.row(OUTPUT, "job2"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("The broker has no queue job2.");
  }

  @Test
  void saysWhenTheOutputIsNoListing() {
    assertThatThrownBy(() -> Rabbitmqctl.row("Error: unable to connect\n", "job1"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("rabbitmqctl list_queues printed no JSON: Error: unable to connect");
  }

  @Test
  void whatIsToldOfAQuorumQueueMayBeOldSoThatItIsNoDepth() {
    Rabbitmqctl control =
        new Rabbitmqctl(
            command ->
                """
                [
                {"name":"job1","type":"quorum","messages_ready":3,"messages_persistent":""}
                ,{"name":"foo","type":"classic","messages_ready":1,"messages_persistent":1}
                ]
                """);

    assertThatThrownBy(() -> control.depth("/", "job1"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "rabbitmqctl list_queues tells of quorum queue job1 what was so up to 5 s ago.");
    assertThat(control.depth("/", "foo").ready()).isEqualTo(1);
    assertThat(control.persistent("/", "job1")).isEqualTo(Depth.UNKNOWN);
    assertThat(control.persistent("/", "foo")).isEqualTo(1);
  }

  @Test
  void aDepthSaysWhatItDoesNotKnow() {
    assertThat(new Depth(8, Depth.UNKNOWN, 0)).hasToString("8 ready, ? unacked, 0 consumers");
  }

  @Test
  void tellsAWatermarkAsItsSetterTakesIt() {
    assertThat(Rabbitmqctl.watermark("0.4\n")).isEqualTo("0.4");
    assertThat(Rabbitmqctl.watermark("{absolute,2147483648}\n")).isEqualTo("absolute 2147483648");
    assertThat(Rabbitmqctl.watermark("{absolute,\"2GB\"}\n")).isEqualTo("absolute 2GB");
  }
}
