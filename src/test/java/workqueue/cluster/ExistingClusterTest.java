package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.SelfSigned;

/** What is told of a cluster that cannot be used, by an API server that only knows that much. */
class ExistingClusterTest {
  private static final String VERSION =
      "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.2\"}";

  @TempDir static Path keys;
  @TempDir Path folder;

  private static HttpsServer server;
  private static String url;
  private static volatile boolean lettingIn;
  private static volatile Predicate<String> allowed;
  private static final Queue<String> CHANGES = new ConcurrentLinkedQueue<>();

  private Path kubeconfig;

  @BeforeAll
  static void serve() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(SelfSigned.at("ip:127.0.0.1", keys).context()));
    server.createContext("/", ExistingClusterTest::answer);
    server.start();
    url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @AfterAll
  static void end() {
    server.stop(0);
  }

  @BeforeEach
  void allowAll() {
    kubeconfig = folder.resolve("config");
    lettingIn = true;
    allowed = right -> true;
    CHANGES.clear();
  }

  @Test
  void connectsWhereAllIsThere() throws IOException {
    writeKubeconfig(url, true);
    try (ExistingCluster cluster = connect(Optional.of("here"))) {
      assertThat(cluster.facts().version()).isEqualTo("v1.36.2");
      assertThat(cluster.facts().nodes()).isEqualTo(1);
    }
  }

  @Test
  void providesWhatTheEngineHoldsUnderTheNameByWhichNodesPullIt(@TempDir Path nothing)
      throws IOException {
    writeKubeconfig(url, true);
    FakeEngine engine = new FakeEngine().with("sha256:1", null, Map.of(), "job-wq-1:1");
    Registry registry =
        new Registry("registry.example:5000", nothing.resolve("logins"), nothing.resolve("ca"));
    try (ExistingCluster cluster =
        ExistingCluster.connect(
            Kubeconfig.of(kubeconfig),
            Optional.of("here"),
            Optional.of(registry),
            Optional.of(engine.engine()))) {
      List<String> provided = cluster.provide(List.of("job-wq-1:1", "rabbitmq:4"));
      assertThat(provided).containsExactly("registry.example:5000/job-wq-1:1", "rabbitmq:4");
      assertThat(cluster.provide(List.of("job-wq-1:1"))).containsExactly(provided.get(0));
      assertThat(engine.pushed()).containsExactly(provided.get(0));
    }
  }

  @Test
  void tellsThatThereIsNoKubeconfig() {
    assertTrouble(
        """
        There is no kubeconfig at %s, and wq.cluster names a cluster that exists.
        Remedy: point KUBECONFIG to one, or use -Dwq.cluster=k3s for a throwaway cluster."""
            .formatted(kubeconfig));
  }

  @Test
  void tellsThatAFileIsNoKubeconfig() throws IOException {
    for (String content : List.of("", "hello", "a: [1", "kind: Pod\n", "- 1\n- 2\n")) {
      Files.writeString(kubeconfig, content);
      assertTrouble(
          """
          The file %s is no kubeconfig: it is not YAML with clusters, users and contexts.
          Remedy: see what kubectl config view --kubeconfig=%s says."""
              .formatted(kubeconfig, kubeconfig));
    }
  }

  @Test
  void tellsWhichContextsThereAre() throws IOException {
    writeKubeconfig(url, true);
    assertThatThrownBy(() -> connect(Optional.of("heer")))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The kubeconfig %s has no context "heer"; it has: here, there.
            Remedy: -Dwq.cluster=<one of them>, or kubectl config use-context and \
            -Dwq.cluster=current."""
                .formatted(kubeconfig));
  }

  @Test
  void tellsThatTheConnectionIsRefused() throws IOException {
    String closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = "https://127.0.0.1:" + socket.getLocalPort() + "/";
    }
    writeKubeconfig(closed, true);
    assertTrouble(
        """
        The cluster at %s refuses the connection.
        Remedy: start it, or correct the server's address in %s."""
            .formatted(closed, kubeconfig));
  }

  @Test
  void tellsThatTheCertificateIsNotTrusted() throws IOException {
    writeKubeconfig(url, false);
    assertTrouble(
        """
        The certificate of the cluster at %s is not trusted by %s.
        Remedy: put the authority that signed it into certificate-authority-data of the \
        context's cluster."""
            .formatted(url, kubeconfig));
  }

  @Test
  void tellsThatTheCredentialsAreNotAccepted() throws IOException {
    lettingIn = false;
    writeKubeconfig(url, true);
    assertTrouble(
        """
        The cluster at %s does not accept the credentials in %s.
        Remedy: log in again; kubectl --kubeconfig=%s get namespaces must work."""
            .formatted(url, kubeconfig, kubeconfig));
  }

  @Test
  void tellsWhichRightsAreMissing() throws IOException {
    allowed =
        right ->
            !((right.contains("\"namespaces\"") && right.contains("\"create\""))
                || right.contains("\"exec\"")
                || (right.contains("\"endpointslices\"") && right.contains("\"update\""))
                || (right.contains("\"jobs\"") && right.contains("\"watch\"")));
    writeKubeconfig(url, true);
    assertTrouble(
        """
        The credentials for %s lack rights that the harness needs: create namespaces, \
        create pods/exec, get pods/exec, watch jobs.batch, update endpointslices.discovery.k8s.io.
        Remedy: have them granted cluster-wide, for namespaces are made for each scenario; or \
        give -Dwq.namespace=<one that exists>; nothing was created."""
            .formatted(url));
    assertThat(CHANGES).isEmpty();
  }

  private void assertTrouble(String message) {
    assertThatThrownBy(() -> connect(Optional.empty()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(message);
  }

  private ExistingCluster connect(Optional<String> context) {
    return ExistingCluster.connect(
        Kubeconfig.of(kubeconfig), context, Optional.empty(), Optional.empty());
  }

  private void writeKubeconfig(String address, boolean trusting) throws IOException {
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
          - name: c
            cluster: {server: "%s", insecure-skip-tls-verify: %s}
        users:
          - name: u
            user: {token: t}
        contexts:
          - name: here
            context: {cluster: c, user: u}
          - name: there
            context: {cluster: c, user: u}
        """
            .formatted(address, trusting));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int code = 200;
    String answer;
    if (!lettingIn) {
      code = 401;
      answer = status(code, "Unauthorized");
    } else if (path.equals("/version")) {
      answer = VERSION;
    } else if (path.endsWith("/selfsubjectaccessreviews")) {
      code = 201;
      answer =
          "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\","
              + "\"spec\":{},\"status\":{\"allowed\":"
              + allowed.test(body)
              + "}}";
    } else if (path.equals("/api/v1/nodes")) {
      answer =
          "{\"apiVersion\":\"v1\",\"kind\":\"NodeList\",\"items\":[{\"metadata\":{\"name\":\"n\"}}]}";
    } else if (path.equals("/apis/discovery.k8s.io/v1")) {
      answer =
          "{\"kind\":\"APIResourceList\",\"groupVersion\":\"discovery.k8s.io/v1\",\"resources\":"
              + "[{\"name\":\"endpointslices\",\"kind\":\"EndpointSlice\",\"namespaced\":true}]}";
    } else {
      CHANGES.add(exchange.getRequestMethod() + " " + path);
      code = 404;
      answer = status(code, "NotFound");
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String status(int code, String reason) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\""
        + reason
        + "\",\"code\":"
        + code
        + "}";
  }
}
