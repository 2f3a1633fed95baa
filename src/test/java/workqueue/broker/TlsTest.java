package workqueue.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.BrokerUrl;

/** A broker behind TLS whose certificate no public authority has issued. */
class TlsTest {
  private static final String PASSWORD = "changeit";
  private static final Map<String, Object> IDENTITY = Map.of("product", "Scripted", "version", "1");

  @TempDir static Path folder;
  private static SSLContext tls;
  private static Authorities own;

  @BeforeAll
  static void make() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    Path pem = folder.resolve("authority.pem");
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("broker").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
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
