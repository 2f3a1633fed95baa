package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class KubeconfigTest {
  @TempDir Path folder;

  private Kubeconfig named(Path... files) {
    return Kubeconfig.usual(
        Map.of(
            "KUBECONFIG",
            String.join(File.pathSeparator, List.of(files).stream().map(Path::toString).toList())),
        folder,
        folder.resolve("no-account"));
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  void filesAreMergedAndTheFirstToNameSomethingCounts() throws IOException {
    Path first =
        write(
            "a/config",
            """
            current-context: there
            users: [{name: u, user: {token: of-the-first}}]
            """);
    Path second =
        write(
            "b/config",
            """
            current-context: here
            clusters:
            - {name: c, cluster: {server: "https://second:6443", certificate-authority: ca.crt}}
            users: [{name: u, user: {token: of-the-second, client-certificate: x}}]
            contexts:
            - {name: here, context: {cluster: c, user: u, namespace: n1}}
            - {name: there, context: {cluster: c, user: u, namespace: n2}}
            """);
    Config config = named(first, folder.resolve("not-there"), second).read(Optional.empty());
    assertThat(config.getNamespace()).isEqualTo("n2");
    assertThat(config.getMasterUrl()).isEqualTo("https://second:6443/");
    assertThat(config.getAutoOAuthToken()).isEqualTo("of-the-first");
    assertThat(config.getClientCertFile()).isNull();
    // Beside the file that names it.
    assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("b/ca.crt").toString());
    assertThat(named(first, second).read(Optional.of("here")).getNamespace()).isEqualTo("n1");
  }

  @Test
  void withoutTheVariableItIsTheOneInTheHomeFolder() throws IOException {
    write(
        ".kube/config",
        """
        current-context: x
        clusters: [{name: c, cluster: {server: "https://home:1"}}]
        contexts: [{name: x, context: {cluster: c}}]
        """);
    Kubeconfig usual = Kubeconfig.usual(Map.of(), folder, folder.resolve("no-account"));
    assertThat(usual.read(Optional.empty()).getMasterUrl()).isEqualTo("https://home:1/");
    assertThat(usual).hasToString(folder.resolve(".kube/config").toString());
  }

  @Test
  void aFileThatIsEmptySaysNothing() throws IOException {
    Path empty = write("empty", "");
    Path full =
        write(
            "full",
            """
            current-context: x
            clusters: [{name: c, cluster: {server: "https://full:1"}}]
            contexts: [{name: x, context: {cluster: c}}]
            """);
    assertThat(named(empty, full).read(Optional.empty()).getMasterUrl())
        .isEqualTo("https://full:1/");
    assertThatThrownBy(() -> named(empty).read(Optional.of("x")))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageStartingWith("The file " + empty + " is no kubeconfig");
  }

  @Test
  void tellsOfSeveralFilesHowToReadThemAll() throws IOException {
    Path first = write("a", "current-context: x\n");
    Path second = write("b", "- 1\n- 2\n");
    assertThatThrownBy(() -> named(first, second).read(Optional.empty()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The file %1$s is no kubeconfig: it is not YAML with clusters, users and contexts.
            Remedy: see what KUBECONFIG=%1$s kubectl config view says."""
                .formatted(first + File.pathSeparator + second));
  }

  @Test
  void aPodUsesItsServiceAccount() throws IOException {
    write("account/token", "first\n");
    write("account/namespace", "team-a");
    write("account/ca.crt", "");
    Kubeconfig inPod =
        Kubeconfig.usual(
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443"),
            folder,
            folder.resolve("account"));
    for (Optional<String> context : List.of(Optional.<String>empty(), Optional.of("in-cluster"))) {
      Config config = inPod.read(context);
      assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:443/");
      assertThat(config.getNamespace()).isEqualTo("team-a");
      assertThat(config.getCurrentContext().getName()).isEqualTo("in-cluster");
      assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
      write("account/token", "renewed");
      assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("renewed");
      write("account/token", "first\n");
    }
  }

  @Test
  void aPluginIsRunForTheToken() throws IOException {
    Path plugin =
        write(
            "plugins/login",
            """
            #!/bin/sh
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",\
            "status":{"token":"of-the-plugin"}}'
            """);
    assertThat(plugin.toFile().setExecutable(true)).isTrue();
    Path file =
        write(
            "config",
            """
            current-context: x
            clusters: [{name: c, cluster: {server: "https://plugin:1"}}]
            users:
            - name: u
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: ./plugins/login
                  interactiveMode: Never
            contexts: [{name: x, context: {cluster: c, user: u}}]
            """);
    Config config = named(file).read(Optional.empty());
    assertThat(config.getAutoOAuthToken()).isEqualTo("of-the-plugin");
  }

  @Test
  void requestsGoThroughTheProxyThatAClusterNames() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] version = "{\"major\":\"1\",\"minor\":\"37\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, version.length);
          exchange.getResponseBody().write(version);
          exchange.close();
        });
    proxy.start();
    try {
      Path file =
          write(
              "config",
              """
              current-context: x
              clusters:
              - name: c
                cluster: {server: "http://cluster.example:80", proxy-url: "http://127.0.0.1:%d"}
              contexts: [{name: x, context: {cluster: c}}]
              """
                  .formatted(proxy.getAddress().getPort()));
      try (var client =
          new KubernetesClientBuilder().withConfig(named(file).read(Optional.empty())).build()) {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("37");
      }
      assertThat(asked).containsExactly("http://cluster.example:80/version");
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void soDoThoseOverTls() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread acceptor =
          new Thread(
              () -> {
                try (Socket caller = proxy.accept();
                    BufferedReader lines =
                        new BufferedReader(
                            new InputStreamReader(
                                caller.getInputStream(), StandardCharsets.UTF_8))) {
                  asked.complete(lines.readLine());
                } catch (IOException closed) {
                  asked.completeExceptionally(closed);
                }
              });
      acceptor.setDaemon(true);
      acceptor.start();
      Path file =
          write(
              "config",
              """
              current-context: x
              clusters:
              - name: c
                cluster: {server: "https://cluster.example:443", proxy-url: "http://127.0.0.1:%d"}
              contexts: [{name: x, context: {cluster: c}}]
              """
                  .formatted(proxy.getLocalPort()));
      Config config = named(file).read(Optional.empty());
      config.setRequestRetryBackoffLimit(0);
      try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
        assertThatThrownBy(client::getKubernetesVersion)
            .isInstanceOf(KubernetesClientException.class);
      }
      assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("CONNECT cluster.example:443 HTTP/1.1");
    }
  }
}
