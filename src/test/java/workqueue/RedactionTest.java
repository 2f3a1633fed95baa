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
  void takesNoMaskForAPassword() {
    for (String mask :
        new String[] {
          "*",
          "******",
          "%2A%2A",
          "xxxxx",
          "[FILTERED]",
          "<password>",
          "(secret)",
          "%28secret%29",
          "%5BREDACTED%5D"
        }) {
      String masked = "lost \"amqp://u:%s@host:5672/jobs\", amqp://u:%<s@host".formatted(mask);
      assertThat(Redaction.redact(masked)).isEqualTo(masked);
    }
  }

  @Test
  void hidesAPasswordThatIsLikeAMask() {
    assertThat(Redaction.redact("amqp://u:**@ss@host amqp://u:xxxxxx@host amqp://u:redacted@host"))
        .isEqualTo("amqp://u:***@host amqp://u:***@host amqp://u:***@host");
  }

  @Test
  void leavesTextWithoutPasswordsAlone() {
    assertThat(Redaction.redact("amqp://rabbitmq-service:5672/a@b"))
        .isEqualTo("amqp://rabbitmq-service:5672/a@b");
  }
}
