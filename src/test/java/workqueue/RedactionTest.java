package workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void hidesThePasswordAndKeepsTheRest() {
    assertThat(Redaction.redact("cannot log in to amqp://guest:gu%40est@rabbitmq-service:5672/a"))
        .isEqualTo("cannot log in to amqp://guest:***@rabbitmq-service:5672/a");
  }

  @Test
  void hidesAPasswordThatHoldsAnAtSignOrAColon() {
    assertThat(Redaction.redact("amqp://u:p@ss:w@host:1 and https://a:b@c"))
        .isEqualTo("amqp://u:***@host:1 and https://a:***@c");
  }

  @Test
  void leavesTextWithoutPasswordsAlone() {
    assertThat(Redaction.redact("amqp://rabbitmq-service:5672/a@b"))
        .isEqualTo("amqp://rabbitmq-service:5672/a@b");
  }
}
