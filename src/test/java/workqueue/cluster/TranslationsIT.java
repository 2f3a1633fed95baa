package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import workqueue.configuration.ChosenImages;
import workqueue.configuration.Images;
import workqueue.waiting.Aside;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

/** Pods of two nodes that connect to this JVM are told apart behind their nodes' addresses. */
class TranslationsIT {
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String RUN = "wq-nat-" + Long.toString(System.nanoTime() % 1_000_000, 36);
  private static final int PODS = 4;
  private static final int CONNECTIONS = 5;

  /** Says its pod's name on each of its connections, and keeps them open or not. */
  private static final String SPEAK =
      """
      for i in $(seq %d); do exec {fd}<>/dev/tcp/$HERE/$PORT; echo $HOSTNAME >&$fd; %s; done
      sleep 300""";

  private static Pod pod(String name, String node, String image, String close, Cluster.Reach here) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .withTerminationGracePeriodSeconds(0L)
        .addNewContainer()
        .withName("c")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand("bash", "-c", SPEAK.formatted(CONNECTIONS, close))
        .withEnv(
            new EnvVar("HERE", here.ip(), null),
            new EnvVar("PORT", Integer.toString(here.port()), null))
        .endContainer()
        .endSpec()
        .build();
  }

  private static String hear(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  @Test
  void podsAreToldApartBehindTheirNodes() throws IOException {
    Images images = ChosenImages.get();
    List<Socket> sockets = new ArrayList<>();
    try (RunLock lock = RunLock.take(RunLock.usualFolder(), RUN);
        ThrowawayCluster cluster =
            new ThrowawayCluster(
                Engine.connect(PATIENCE), images.cluster(), images.registry(), lock, PATIENCE);
        ServerSocket here = new ServerSocket(0, 100)) {
      cluster.start(2, () -> List.of(images.classicBase()));
      cluster.provide(List.of(images.classicBase()));
      here.setSoTimeout((int) LIMIT.toMillis());
      Cluster.Reach reach = cluster.reachHere(here.getLocalPort()).orElseThrow();
      try (ScenarioNamespace namespace =
          ScenarioNamespace.open(cluster.client(), "nat.test", RUN, PATIENCE)) {
        var pods = cluster.client().pods().inNamespace(namespace.name());
        List<String> nodes =
            cluster.client().nodes().list().getItems().stream()
                .map(each -> each.getMetadata().getName())
                .toList();
        assertThat(nodes).hasSize(2);
        for (int i = 0; i < PODS; i++) {
          // Those of odd number close their connections at once: what was is known still.
          String close = i % 2 == 1 ? "exec {fd}>&-" : "true";
          String node = nodes.get(i / 2);
          pods.resource(pod("speaker-" + i, node, images.classicBase(), close, reach)).create();
        }
        List<CompletableFuture<Map.Entry<String, Optional<String>>>> heard = new ArrayList<>();
        for (int i = 0; i < PODS * CONNECTIONS; i++) {
          Socket socket = here.accept();
          sockets.add(socket);
          InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
          String name = hear(socket);
          heard.add(
              Aside.supply(() -> Map.entry(name, cluster.podBehind(peer, here.getLocalPort()))));
        }
        Map<String, String> addresses = new TreeMap<>();
        for (int i = 0; i < PODS; i++) {
          String name = "speaker-" + i;
          addresses.put(
              name, PATIENCE.await(name, LIMIT, () -> address(pods.withName(name).get())));
        }
        assertThat(heard)
            .map(CompletableFuture::join)
            .allSatisfy(each -> assertThat(each.getValue()).contains(addresses.get(each.getKey())));
        assertThat(addresses.values()).doesNotHaveDuplicates();
        assertThat(heard).map(each -> each.join().getKey()).containsAll(addresses.keySet());
      }
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  private static Sight<String> address(Pod pod) {
    String address = pod.getStatus().getPodIP();
    return address == null ? Sight.notYet("no address yet") : Sight.found(address);
  }
}
