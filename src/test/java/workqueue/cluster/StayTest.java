package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.PodOverlay;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/** What a run sends that stays in a namespace of others, as it arrives at an API server. */
class StayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final List<JsonNode> made = new CopyOnWriteArrayList<>();
  private final List<JsonNode> deleted = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean taken;
  private volatile boolean answerLost;
  private volatile String anchoredBy = "wq-other";
  private HttpServer server;
  private Guest guest;
  private Stay stay;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Belongings belongings = new Belongings();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
    guest =
        new Guest(
            config,
            new GuestRules("team-a", Stay.MAKES, belongings::has, belongings::hasNamed),
            exchange -> {});
    stay =
        new Stay(
            guest,
            "team-a",
            "wq-run",
            List.of("pull"),
            Optional.of(new PodOverlay(Map.of("spec", Map.of("nodeSelector", Map.of("a", "b"))))),
            belongings);
  }

  @AfterEach
  void stop() {
    guest.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    arrived.add(exchange.getRequestMethod() + " " + path);
    byte[] body = exchange.getRequestBody().readAllBytes();
    int code = 200;
    ObjectNode answer = JSON.createObjectNode();
    if (exchange.getRequestMethod().equals("POST")) {
      code = taken ? 409 : answerLost ? 504 : 201;
      answer = (ObjectNode) JSON.readTree(body);
      made.add(answer.deepCopy());
      answer.withObject("/metadata").put("uid", "uid-" + answer.at("/metadata/name").asText());
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      deleted.add(JSON.readTree(body));
      code = refusals.getAndDecrement() > 0 ? 503 : 200;
    } else if (path.endsWith("/configmaps/wq-conformance")) {
      answer.putObject("metadata").put("uid", "uid-there");
      answer.putObject("data").put("run", anchoredBy);
    } else {
      answer.put("kind", "List").putArray("items");
    }
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Job job() {
    return new JobBuilder()
        .withNewMetadata()
        .withName("job-wq-1")
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .addNewContainer()
        .withName("c")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Test
  void whatIsMadeIsLabelledOwnedEndsByItselfAndHasTheOverlay() {
    stay.begin();
    stay.create(job());
    assertThat(arrived)
        .containsExactly(
            "POST /api/v1/namespaces/team-a/configmaps",
            "POST /apis/batch/v1/namespaces/team-a/jobs");
    assertThat(made.get(0).at("/metadata/name").asText()).isEqualTo("wq-conformance");
    JsonNode sent = made.get(1);
    assertThat(sent.at("/metadata/labels/work-queue.run").asText()).isEqualTo("wq-run");
    assertThat(sent.at("/metadata/ownerReferences/0/uid").asText()).isEqualTo("uid-wq-conformance");
    assertThat(sent.at("/metadata/ownerReferences/0/blockOwnerDeletion").asBoolean()).isFalse();
    JsonNode template = sent.at("/spec/template");
    assertThat(template.at("/metadata/labels/work-queue.run").asText()).isEqualTo("wq-run");
    assertThat(template.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(3600);
    assertThat(template.at("/spec/imagePullSecrets/0/name").asText()).isEqualTo("pull");
    assertThat(template.at("/spec/nodeSelector/a").asText()).isEqualTo("b");
    assertThat(stay.owns("job-wq-1-x7k2p")).isTrue();
    assertThat(stay.owns("job-wq-1-0-x7k2p")).isTrue();
    assertThat(stay.owns("job-wq-theirs")).isFalse();
    assertThat(stay.owns("job-wq-1-of-theirs")).isFalse();
  }

  @Test
  void whatCannotBeRemovedAtOnceIsRemovedLater() {
    stay.begin();
    stay.create(job());
    arrived.clear();
    refusals.set(3);
    stay.end(new Patience(1, Progress.NONE));
    assertThat(arrived.stream().filter(each -> each.startsWith("DELETE")))
        .containsExactly(
            "DELETE /apis/batch/v1/namespaces/team-a/jobs/job-wq-1",
            "DELETE /api/v1/namespaces/team-a/configmaps/wq-conformance",
            "DELETE /apis/batch/v1/namespaces/team-a/jobs/job-wq-1",
            "DELETE /api/v1/namespaces/team-a/configmaps/wq-conformance",
            "DELETE /apis/batch/v1/namespaces/team-a/jobs/job-wq-1");
  }

  @Test
  void anAnchorWhoseAnswerWasLostIsRemovedAsWell() {
    answerLost = true;
    anchoredBy = "wq-run";
    stay.begin();
    stay.end(new Patience(1, Progress.NONE));
    assertThat(arrived).contains("DELETE /api/v1/namespaces/team-a/configmaps/wq-conformance");
    assertThat(deleted.get(0).at("/preconditions/uid").asText()).isEqualTo("uid-there");
  }

  @Test
  void aFaultThatTheApiRefusesIsToldAndNotTakenForOne() {
    stay.begin();
    Job own = stay.create(job());
    refusals.set(1);
    assertThatThrownBy(() -> stay.delete(own, Optional.empty()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageStartingWith("Job job-wq-1 in namespace team-a cannot be deleted: ");
    assertThat(stay.delete(own, Optional.empty())).isTrue();
  }

  @Test
  void allOfItIsRemovedLastFirstByItsUid() {
    stay.begin();
    stay.create(job());
    arrived.clear();
    stay.end(new Patience(1, Progress.NONE));
    assertThat(arrived.subList(0, 2))
        .containsExactly(
            "DELETE /apis/batch/v1/namespaces/team-a/jobs/job-wq-1",
            "DELETE /api/v1/namespaces/team-a/configmaps/wq-conformance");
    assertThat(deleted)
        .extracting(each -> each.at("/preconditions/uid").asText())
        .containsExactly("uid-job-wq-1", "uid-wq-conformance");
  }

  @Test
  void aPodOfTheRunIsDeletedByItsUidAndNobodyElsesIs() {
    stay.begin();
    stay.delete(pod(Map.of(RunLock.LABEL, "wq-run")), Optional.of(Duration.ofSeconds(1)));
    assertThat(deleted.get(0).at("/preconditions/uid").asText()).isEqualTo("uid-p");
    assertThat(deleted.get(0).path("gracePeriodSeconds").asInt()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                stay.delete(
                    new PodBuilder(pod(Map.of()))
                        .editMetadata()
                        .withUid("uid-of-others")
                        .endMetadata()
                        .build(),
                    Optional.empty()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageContaining("a guest removes nothing that it did not make");
    assertThat(deleted).hasSize(1);
  }

  private static Pod pod(Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .withUid("uid-p")
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  @Test
  void aSecondRunIsRefused() {
    taken = true;
    assertThatThrownBy(stay::begin)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Namespace team-a is being checked already: ConfigMap wq-conformance is there, of run \
            wq-other.
            Remedy: wait for its end; or, if it was killed: kubectl delete configmap -n team-a \
            wq-conformance""");
  }
}
