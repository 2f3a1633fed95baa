package workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String PASSWORD = "tr\u00fcb/s4l~17";

  private final Secrets secrets = new Secrets();

  SecretsTest() {
    secrets.keep(PASSWORD);
  }

  @Test
  void findsAPasswordAsItIs() {
    assertThat(secrets.redact("logging in with " + PASSWORD + ", user guest"))
        .isEqualTo("logging in with ***, user guest");
  }

  @Test
  void findsItPercentEncodedAsMuchAsAnybodyLikes() {
    assertThat(secrets.redact("to amqp://u:tr%C3%BCb%2Fs4l~17@broker"))
        .isEqualTo("to amqp://u:***@broker");
    assertThat(secrets.redact("%74r%c3%bcb/s4%6C%7e17")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "u:", "\0u\0", "user:", "worker:"})
  void findsItInBase64WhateverComesBeforeIt(String before) {
    byte[] told = (before + PASSWORD + " and more").getBytes(StandardCharsets.UTF_8);
    assertThat(secrets.redact("Basic " + Base64.getEncoder().encodeToString(told)))
        .matches("Basic \\*\\*\\*=*");
    assertThat(
            secrets.redact("Basic " + Base64.getUrlEncoder().withoutPadding().encodeToString(told)))
        .isEqualTo("Basic ***");
    assertThat(secrets.redact("path/" + Base64.getEncoder().withoutPadding().encodeToString(told)))
        .isEqualTo("***");
  }

  @Test
  void findsEachOfSeveralInOneLine() {
    secrets.keep("$another$");
    assertThat(secrets.redact("$another$ is not " + PASSWORD + " but $another$"))
        .isEqualTo("*** is not *** but ***");
  }

  @Test
  void leavesAloneWhatIsLikeIt() {
    String text =
        "tr\u00fcb/s4l~1 TR\u00dcB/S4L~17 "
            + Base64.getEncoder()
                .encodeToString("tr\u00fcb/s4l~18".getBytes(StandardCharsets.UTF_8));
    assertThat(secrets.redact(text)).isEqualTo(text);
  }

  @Test
  void takesNoShortWordForAPassword() {
    secrets.keep("guest");
    assertThat(secrets.redact("user guest logs in")).isEqualTo("user guest logs in");
  }
}
