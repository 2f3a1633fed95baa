package workqueue.observer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogLine;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

class WorkerLogsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final Pod pod =
      SamplePods.withStatus(
          SamplePods.status(0)
              .withContainerID("containerd://id-1")
              .withState(SamplePods.ended("containerd://id-1", 0, "Completed", NOON)));
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean there = true;
  private HttpServer server;
  private KubernetesClient client;
  private WorkerLogs logs;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith("/log")) {
            answerWithTheLog(exchange);
          } else if (exchange.getRequestURI().getPath().endsWith("/pods")) {
            List<Pod> found = there ? List.of(pod) : List.of();
            answer(
                exchange,
                200,
                Serialization.asJson(
                    new PodListBuilder()
                        .withNewMetadata()
                        .withResourceVersion("7")
                        .endMetadata()
                        .withItems(found)
                        .build()));
          } else if (there) {
            answer(exchange, 200, Serialization.asJson(pod));
          } else {
            refuse(exchange, "pods \"job-wq-1-abcde\" not found");
          }
        });
    server.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
    // Stretched: the machine may be busy.
    logs = new WorkerLogs(client, recorder, new Patience(10, Progress.NONE));
  }

  @AfterEach
  void stop() {
    logs.close();
    client.close();
    server.stop(0);
  }

  private void answerWithTheLog(HttpExchange exchange) throws IOException {
    if (refusals.getAndDecrement() > 0) {
      refuse(exchange, "pod \"job-wq-1-abcde\" does not exist");
    } else {
      answer(exchange, 200, "2026-01-31T12:00:00Z Processing apple\n");
    }
  }

  private static void refuse(HttpExchange exchange, String why) throws IOException {
    answer(
        exchange,
        404,
        "{\"kind\":\"Status\",\"code\":404,\"message\":\"%s\"}"
            .formatted(why.replace("\"", "\\\"")));
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private History history() {
    return recorder.history(new Header("test", NOON, null, null, null));
  }

  private List<String> lines() {
    return history().all(LogLine.class).stream().map(each -> each.event().text()).toList();
  }

  @Test
  void aKubeletThatWasJustRestartedIsAskedUntilItKnowsItsPods() {
    refusals.set(3);

    logs.settle(List.of(pod), LIMIT);

    assertThat(lines()).containsExactly("Processing apple");
    assertThat(history().gaps(Source.LOGS)).isEmpty();
  }

  @Test
  void theLogOfAPodThatIsGoneIsGivenUpAtOnce() {
    there = false;
    refusals.set(Integer.MAX_VALUE);

    logs.settle(List.of(pod), LIMIT);

    assertThat(history().gaps(Source.LOGS))
        .singleElement()
        .satisfies(
            gap ->
                assertThat(gap.event().why())
                    .startsWith(
                        "the log of demo/job-wq-1-abcde, container c, attempt 0 could not be read"
                            + " to its end: ")
                    .contains("it cannot come any more. Seen: the pod is gone: "));
    assertThat(Integer.MAX_VALUE - refusals.get()).isEqualTo(1);
  }
}
