package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.EnvironmentTrouble;
import workqueue.SelfSigned;

class RegistryTest {
  @ParameterizedTest
  @CsvSource({
    "worker, localhost:5000/worker:latest",
    "worker:1, localhost:5000/worker:1",
    "team/worker:1, localhost:5000/team/worker:1",
    "registry.example:5000/team/worker, localhost:5000/team/worker:latest",
    "registry.example:5000/team/worker:1, localhost:5000/team/worker:1",
    "worker@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,"
        + " localhost:5000/worker:sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  })
  void keepsAnImageFromElsewhereUnderItsOwnPathAndTag(String image, String reference) {
    assertThat(new Registry("localhost:5000").referenceTo(image)).isEqualTo(reference);
  }

  @TempDir Path folder;

  /** Serves the tags of a repository to whoever shows this. */
  private static HttpHandler tagsFor(String authorization, String challenge) {
    return exchange -> {
      boolean known = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!known) {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
      }
      byte[] body = "{\"tags\":[\"1\",\"2\"]}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known ? 200 : 401, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    };
  }

  private String started(HttpServer server, String path, HttpHandler handler) {
    server.createContext(path, handler);
    server.start();
    return "localhost:" + server.getAddress().getPort();
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private void logIn(String registry, String user, String password) throws IOException {
    String auth =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry, auth));
  }

  private Registry registry(String name) {
    return new Registry(name, folder, folder.resolve("certs.d"));
  }

  @Test
  void logsInWithWhatDockerKeeps() throws IOException {
    HttpServer server = server();
    try {
      String name =
          started(
              server,
              "/v2/",
              tagsFor(new RegistryLogin("ann", "secret").basic(), "Basic realm=\"r\""));
      assertThatThrownBy(() -> registry(name).tags("worker"))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              "The registry %1$s does not let anybody see /v2/worker/tags/list.%nRemedy: docker login %1$s"
                  .formatted(name));
      logIn(name, "ann", "secret");
      assertThat(registry(name).tags("worker")).containsExactly("1", "2");
      logIn(name, "ann", "wrong");
      assertThatThrownBy(() -> registry(name).tags("worker"))
          .hasMessageContaining("does not let ann see")
          .hasMessageNotContaining("wrong");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void fetchesTheTokenThatItIsAskedFor() throws IOException {
    HttpServer server = server();
    try {
      int port = server.getAddress().getPort();
      List<String> asked = new CopyOnWriteArrayList<>();
      server.createContext(
          "/token",
          exchange -> {
            asked.add(
                exchange.getRequestURI().getRawQuery()
                    + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      String name =
          started(
              server,
              "/v2/",
              tagsFor(
                  "Bearer t",
                  "Bearer realm=\"http://localhost:%d/token\",service=\"s\",scope=\"repository:w:pull\""
                      .formatted(port)));
      logIn(name, "ann", "secret");
      assertThat(registry(name).tags("w")).containsExactly("1", "2");
      assertThat(asked)
          .containsExactly(
              "service=s&scope=repository%3Aw%3Apull "
                  + new RegistryLogin("ann", "secret").basic());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void trustsTheAuthorityThatDockerIsToldToTrust() throws Exception {
    SelfSigned own = SelfSigned.at("dns:localhost", folder);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    try {
      String name =
          started(
              server,
              "/v2/",
              tagsFor(new RegistryLogin("ann", "secret").basic(), "Basic realm=\"r\""));
      assertThatThrownBy(() -> registry(name).tags("w"))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessageStartingWith("The certificate of the registry " + name + " is not trusted: ")
          .hasMessageEndingWith(
              "put the authority that signed it into /etc/docker/certs.d/" + name + "/ca.crt");
      Path trusted = Files.createDirectories(folder.resolve("certs.d").resolve(name));
      Files.writeString(trusted.resolve("ca.crt"), own.pem());
      logIn(name, "ann", "secret");
      assertThat(registry(name).tags("w")).containsExactly("1", "2");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aHelperThatIsMissingIsNamed() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"credsStore\":\"no-such-helper\"}");
    assertThatThrownBy(() -> RegistryLogin.of(folder, "registry.example"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageStartingWith(
            "The login for registry.example is kept by docker-credential-no-such-helper, which"
                + " cannot be run: ")
        .hasMessageEndingWith("Remedy: put it on the PATH.");
  }
}
