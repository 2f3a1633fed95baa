package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;

/** The door to a cluster, held against what arrives on the other side of it. */
class GuestTest {
  private static final long LATENCY = 20;

  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final List<Instant> when = new CopyOnWriteArrayList<>();
  private final List<Exchange> ledger = new CopyOnWriteArrayList<>();
  private volatile int code = 200;
  private HttpServer server;
  private Guest guest;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          when.add(Instant.now());
          exchange.getRequestBody().readAllBytes();
          pause();
          byte[] body =
              "{\"kind\":\"Status\",\"message\":\"as told\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    guest = guest(server.getAddress().getPort());
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(LATENCY * 1_000_000L);
  }

  @AfterEach
  void stop() {
    guest.close();
    server.stop(0);
  }

  private Guest guest(int port) {
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + port).build();
    return new Guest(config, GuestRules.looking("team-a"), ledger::add);
  }

  @Test
  void tellsEachRequestThatWasSentAndWhatCameOfIt() {
    assertThat(guest.get("/version").isGood()).isTrue();
    assertThat(ledger.get(0).millis()).isGreaterThanOrEqualTo(LATENCY);
    code = 403;
    Guest.Answer refused = guest.post("/api/v1/namespaces/team-a/pods?dryRun=All", "{}");

    assertThat(refused.code()).contains(403);
    assertThat(refused.body()).contains("as told");
    assertThat(ledger)
        .extracting(each -> each.method() + " " + each.path())
        .isEqualTo(new ArrayList<>(arrived))
        .containsExactly("GET /version", "POST /api/v1/namespaces/team-a/pods?dryRun=All");
    assertThat(ledger).extracting(Exchange::dryRun).containsExactly(false, true);
    assertThat(ledger)
        .extracting(Exchange::code)
        .containsExactly(Optional.of(200), Optional.of(403));
    assertThat(ledger)
        .allSatisfy(
            each ->
                assertThat(each.serverTime().orElseThrow())
                    .isBetween(each.sentAt().minusSeconds(2), each.sentAt().plusSeconds(2)));
  }

  @Test
  void doesNotRepeatWhatFailed() {
    for (int failing : List.of(429, 500, 503)) {
      code = failing;
      guest.get("/version");
    }
    assertThat(arrived).hasSize(3);
    assertThat(ledger).hasSize(3);
  }

  @Test
  void sendsNothingThatItsRulesDoNotAllow() {
    assertThatThrownBy(() -> guest.post("/api/v1/namespaces/team-a/pods", "{}"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Not sent: POST /api/v1/namespaces/team-a/pods: a guest that looks makes no pods: it \
            lacks dryRun=All.
            This is a fault of the harness; report it.""");
    assertThatThrownBy(() -> guest.client().pods().inNamespace("team-b").list())
        .hasStackTraceContaining("a guest reads nothing in another namespace than team-a");
    assertThat(arrived).isEmpty();
    assertThat(ledger).isEmpty();
  }

  @Test
  void sendsNoMoreThanTwentyRequestsInAnySecond() {
    for (int i = 0; i < 50; i++) {
      guest.get("/version");
    }
    assertThat(when).hasSize(50);
    for (int i = Guest.REQUESTS_PER_SECOND; i < when.size(); i++) {
      // What arrives may be a little closer together than what was sent.
      assertThat(Duration.between(when.get(i - Guest.REQUESTS_PER_SECOND), when.get(i)))
          .isGreaterThan(Duration.ofMillis(900));
    }
  }

  @Test
  void tellsARequestThatNobodyAnswered() {
    server.stop(0);
    Guest.Answer answer = guest.get("/version");

    assertThat(answer.code()).isEmpty();
    assertThat(answer.failure()).isNotNull();
    assertThat(ledger)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.code()).isEmpty();
              assertThat(each.trouble()).isNotEmpty();
            });
  }
}
