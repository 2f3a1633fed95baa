package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
  @Test
  void readsAllParts() {
    assertThat(BrokerUrl.parse("amqps://ann:s3cret@broker.example:1234/jobs"))
        .isEqualTo(new BrokerUrl(true, "ann", "s3cret", "broker.example", 1234, "jobs"));
  }

  @Test
  void fillsInWhatMayBeLeftOut() {
    assertThat(BrokerUrl.parse("amqp://broker"))
        .isEqualTo(new BrokerUrl(false, "guest", "guest", "broker", 5672, "/"));
    assertThat(BrokerUrl.parse("AMQPS://broker/"))
        .isEqualTo(new BrokerUrl(true, "guest", "guest", "broker", 5671, "/"));
  }

  @Test
  void decodesUserPasswordAndVhost() {
    assertThat(BrokerUrl.parse("amqp://a%40b:p%2Fw%3A%25+%C3%A9@h/%2Fx%20y"))
        .isEqualTo(new BrokerUrl(false, "a@b", "p/w:%+é", "h", 5672, "/x y"));
  }

  @Test
  void readsAnIpV6Address() {
    BrokerUrl url = BrokerUrl.parse("amqp://u:p@[fe80::1]:99");
    assertThat(url.host()).isEqualTo("fe80::1");
    assertThat(url.port()).isEqualTo(99);
    assertThat(url.withPassword()).isEqualTo("amqp://u:p@[fe80::1]:99");
    assertThat(BrokerUrl.parse("amqp://[::1]").port()).isEqualTo(5672);
  }

  @Test
  void takesAnEmptyPassword() {
    assertThat(BrokerUrl.parse("amqp://u:@h").password()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://guest:guest@rabbitmq-service:5672",
        "amqps://a%40b:p%2Fw%3A%25%C3%A9@h:1/%2Fx%20y",
        "amqp://u:p@[::1]:5672/v"
      })
  void writesWhatItReads(String url) {
    assertThat(BrokerUrl.parse(url).withPassword()).isEqualTo(url);
  }

  @Test
  void isTheDocumentedUrlForTheDocumentedBroker() {
    assertThat(new BrokerUrl(false, "guest", "guest", "rabbitmq-service", 5672, "/").withPassword())
        .isEqualTo("amqp://guest:guest@rabbitmq-service:5672");
  }

  @Test
  void neverShowsThePassword() {
    BrokerUrl url = BrokerUrl.parse("amqp://ann:s3cret@h:1/v");
    assertThat(url).hasToString("amqp://ann:***@h:1/v");
    assertThat(new BrokerChoice.Url(url).toString()).doesNotContain("s3cret");
  }

  @Test
  void movesToAnotherVhostOrAddress() {
    BrokerUrl url = BrokerUrl.parse("amqp://u:p@h:1/v");
    assertThat(url.onVhost("w")).hasToString("amqp://u:***@h:1/w");
    assertThat(url.at("i", 2)).hasToString("amqp://u:***@i:2/v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h                | the URL does not begin with amqp:// or amqps://.",
        "amqp:h                  | the URL does not begin with amqp:// or amqps://.",
        "amqp://                 | the URL names no host.",
        "amqp://u:p@             | the URL names no host.",
        "amqp://u:p@:5672        | the URL names no host.",
        "amqp:///v               | the URL names no host.",
        "amqp://[::1             | the URL has a [ without its ].",
        "amqp://[]               | the URL names no host.",
        "amqp://h!               | the URL names a host that is no name and no address.",
        "amqp://[::1]x           | the URL names a host that is no name and no address.",
        "amqp://h:               | the URL has a port that is not between 1 and 65535.",
        "amqp://h:0              | the URL has a port that is not between 1 and 65535.",
        "amqp://h:65536          | the URL has a port that is not between 1 and 65535.",
        "amqp://h:56a            | the URL has a port that is not between 1 and 65535.",
        "amqp://u@h              | the URL has a user but no password.",
        "amqp://:p@h             | the URL has a password but no user.",
        "amqp://h o              | the URL holds a space or a control character.",
        "amqp://u:a:b@h          | the URL has a second : before the @: write %3A for a : in a"
            + " password.",
        "amqp://u:a@b@h          | the URL has two @: write %40 for an @ in a user or a password.",
        "amqp://u:1/2@h          | the URL has an @ after a /: write %2F for a / in a password, %40"
            + " for an @ in a vhost.",
        "amqp://h/a/b            | the URL has a second /: write %2F for a / in a vhost.",
        "amqp://h?heartbeat=1    | the URL holds a ? or #: no options are read from it; in a word"
            + " write %3F or %23.",
        "amqp://u:100%@h         | the URL has a % in its password that does not begin an encoded"
            + " character: write %25 for a %.",
        "amqp://u%4:p@h          | the URL has a % in its user that does not begin an encoded"
            + " character: write %25 for a %.",
        "amqp://h/%ff            | the URL has a % in its vhost that does not begin an encoded"
            + " character: write %25 for a %."
      })
  void saysWhatIsWrong(String url, String message) {
    assertThatThrownBy(() -> BrokerUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "amqp://guest:s3cret@h,amqp://guest:***@h",
    "amqp://guest:s3/c@ret@h/v,amqp://guest:***@h/v",
    "guest:s3cret@h,guest:***@h",
    "amqp//guest:s3cret@h,amqp//guest:***@h",
    "amqp:/guest:s3cret@h,amqp:***@h",
    "amqp://guest:s3cret,amqp://guest:***",
    "amqp://guest:s3cret/v,amqp://guest:***/v",
    "amqp://h:5672/v,amqp://h:5672/v",
    "amqp://h:5672,amqp://h:5672",
    "amqp://h,amqp://h",
    "container,container"
  })
  void hidesWhatMayBeAPasswordHoweverMalformed(String url, String shown) {
    assertThat(BrokerUrlParser.redact(url)).isEqualTo(shown);
  }

  @Test
  void rejectsNonsense() {
    assertThatThrownBy(() -> new BrokerUrl(false, "u", "p", " ", 1, "/"))
        .hasMessage("A broker's URL names a host.");
    assertThatThrownBy(() -> new BrokerUrl(false, "u", "p", "h", 0, "/"))
        .hasMessage("A port is between 1 and 65535, not 0.");
    assertThatThrownBy(() -> new BrokerUrl(false, "u", "p", "h", 1, ""))
        .hasMessage("The default vhost is written /, not empty.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amqp://app:p@ss/w0rd@h:5672 | has an @ after a /: write %2F for a / in a password, %40 for an @ in a vhost.
          amqp://app:p%2Fx@h:5672/v?heartbeat=2 |
          amqp://app:s3c%ret@h | has a % in its password that does not begin an encoded character: write %25 for a %.
          amqp://h |
          another://a:b@c@d |
          """)
  void saysWhatIsWrongWithAUrlThatWorkersAreGiven(String url, String fault) {
    assertThat(BrokerUrl.fault(url)).isEqualTo(Optional.ofNullable(fault));
  }
}
