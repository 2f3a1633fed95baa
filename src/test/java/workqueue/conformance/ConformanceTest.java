package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Kubeconfig;
import workqueue.tutorial.Fixtures;

/** What is told of a cluster that cannot be visited: one message, and nothing made. */
class ConformanceTest {
  private final List<String> arrived = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private HttpServer server;
  private Path kubeconfig;
  private String url;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    kubeconfig = folder.resolve("config");
    write(url);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tellsWhichContextsThereAre() {
    refused(
        Map.of("wq.cluster", "prod"),
        """
        The kubeconfig %s has no context "prod"; it has: here.
        Remedy: -Dwq.cluster=<one of them>, or kubectl config use-context and -Dwq.cluster=current."""
            .formatted(kubeconfig));
  }

  @Test
  void tellsThatTheClusterIsAway() throws IOException {
    String closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }
    write(closed);
    refused(
        Map.of(),
        """
        The cluster at %s refuses the connection.
        Remedy: start it, or correct the server's address in %s."""
            .formatted(closed, kubeconfig));
  }

  @Test
  void tellsThatTheTokenIsExpired() {
    answering(401, "{\"kind\":\"Status\",\"message\":\"Unauthorized\"}");
    refused(
        Map.of(),
        """
        The cluster at %s does not accept the credentials in %s.
        Remedy: log in again; kubectl --kubeconfig=%s get namespaces must work."""
            .formatted(url, kubeconfig, kubeconfig));
    // Once more with a token that is read again.
    assertThat(arrived).containsOnly("GET /version").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void tellsThatSomethingElseAnswers() {
    answering(200, "<html>Welcome</html>");
    refused(
        Map.of(),
        """
        The cluster at %s does not answer as a Kubernetes API server does: <html>Welcome</html>
        Remedy: kubectl --kubeconfig=%s version must work."""
            .formatted(url, kubeconfig));
    assertThat(arrived).containsExactly("GET /version");
  }

  @Test
  void tellsThatAThrowawayClusterIsNobodys() {
    refused(
        Map.of("wq.cluster", "k3s"),
        """
        wq.cluster=k3s is a throwaway cluster, and what is checked is one that exists.
        Remedy: wq.cluster=current or a kubeconfig context; or mvn verify -Pconformance, which \
        checks a throwaway one.""");
  }

  @Test
  void tellsAllMistakesInTheParametersAtOnce() {
    refused(
        Map.of("wq.namespace", "Team_A", "wq.pull.secrets", "a,,b", "wq.namespce", "x"),
        """
        Nothing was started, for the parameters cannot be used:
          1. wq.namespce is no parameter. Did you mean wq.namespace?
          2. wq.namespace=Team_A: allowed is the name of a namespace: up to 63 small letters, digits \
        and hyphens.
          3. wq.pull.secrets=a,,b: allowed are names of Secrets, separated by commas, for example \
        pull,push.
        All parameters:""");
  }

  private void refused(Map<String, String> parameters, String message) {
    Path reports = folder.resolve("reports");
    Conformance conformance =
        new Conformance(Fixtures.ofRepository(), reports, Kubeconfig.of(kubeconfig));
    assertThatThrownBy(() -> conformance.preflight(parameters))
        .isInstanceOf(EnvironmentTrouble.class)
        .satisfies(
            each -> {
              if (message.endsWith(":")) {
                assertThat(each).hasMessageStartingWith(message);
              } else {
                assertThat(each).hasMessage(message);
              }
            });
    assertThat(reports.resolve("result.json"))
        .satisfies(
            file ->
                assertThat(new ObjectMapper().readTree(file.toFile()).path("verdict").asText())
                    .isEqualTo("UNKNOWN"));
    assertThat(arrived).noneMatch(each -> each.startsWith("POST"));
  }

  private void answering(int code, String body) {
    server.createContext(
        "/",
        exchange -> {
          arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private void write(String address) throws IOException {
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
        - {name: c, cluster: {server: "%s"}}
        users:
        - {name: u, user: {token: t}}
        contexts:
        - {name: here, context: {cluster: c, user: u}}
        """
            .formatted(address));
  }
}
