package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.SelfSigned;
import workqueue.configuration.BrokerUrl;

/** A broker behind TLS whose certificate no public authority has issued. */
class TlsTest {
  private static final Map<String, Object> IDENTITY = Map.of("product", "Scripted", "version", "1");

  @TempDir static Path folder;
  private static SSLContext tls;
  private static Authorities own;

  @BeforeAll
  static void make() throws Exception {
    SelfSigned made = SelfSigned.at("ip:127.0.0.1", folder);
    tls = made.context();
    Path pem = Files.writeString(folder.resolve("authority.pem"), made.pem());
    own = new Authorities(Optional.of(pem));
  }

  private static BrokerUrl url(String host, int port) {
    return new BrokerUrl(true, "ann", "s3cret", host, port, "/");
  }

  @Test
  void isReachedWhereItsAuthorityIsNamed() throws IOException {
    try (ScriptedBroker broker = new ScriptedBroker(tls, IDENTITY)) {
      assertThat(new Amqp(url("127.0.0.1", broker.port()), own).requireLogin())
          .hasToString("Scripted 1");
    }
  }

  @Test
  void isRefusedWhereItsAuthorityIsNotTrusted() throws IOException {
    try (ScriptedBroker broker = new ScriptedBroker(tls, IDENTITY)) {
      assertThatThrownBy(() -> new Amqp(url("127.0.0.1", broker.port())).requireLogin())
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              """
              The broker amqps://ann:***@127.0.0.1:%d shows a certificate that is not trusted: no \
              authority that is trusted here has issued it
              Remedy: name the file with the certificate of its authority by -Dwq.broker.ca=<PEM>, and in \
              -Dwq.broker=<URL> the host that the certificate is for."""
                  .formatted(broker.port()));
    }
  }

  @Test
  void isRefusedWhereItsCertificateIsForAnotherHost() throws IOException {
    try (ScriptedBroker broker = new ScriptedBroker(tls, IDENTITY)) {
      assertThatThrownBy(() -> new Amqp(url("localhost", broker.port()), own).requireLogin())
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              """
              The broker amqps://ann:***@localhost:%d shows a certificate that is not trusted: No name \
              matching localhost found
              Remedy: name the file with the certificate of its authority by -Dwq.broker.ca=<PEM>, and in \
              -Dwq.broker=<URL> the host that the certificate is for."""
                  .formatted(broker.port()));
    }
  }

  @Test
  void aPortWithoutTlsIsNamed() throws IOException {
    try (ScriptedBroker broker = new ScriptedBroker(IDENTITY, method -> null)) {
      assertThatThrownBy(() -> new Amqp(url("127.0.0.1", broker.port())).requireLogin())
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              """
              The broker amqps://ann:***@127.0.0.1:%d cannot be reached: it does not speak TLS
              Remedy: start it, or correct host and port in -Dwq.broker=<URL>."""
                  .formatted(broker.port()));
    }
  }

  @Test
  void podsHaveItsAuthorityWhereAmqpToolsLook() {
    PodSpec pod =
        new PodSpecBuilder()
            .addNewContainer()
            .withName("c")
            .endContainer()
            .addNewContainer()
            .withName("sidecar")
            .endContainer()
            .build();
    PodSpec mounting = AuthorityFile.mountedIn(pod);
    assertThat(mounting.getVolumes()).hasSize(1);
    assertThat(mounting.getContainers())
        .allSatisfy(
            each ->
                assertThat(each.getVolumeMounts())
                    .singleElement()
                    .satisfies(
                        mount -> {
                          assertThat(mount.getMountPath()).isEqualTo("/etc/ssl/certs/cacert.pem");
                          assertThat(mount.getSubPath()).isEqualTo("cacert.pem");
                          assertThat(mount.getReadOnly()).isTrue();
                        }));
  }
}
