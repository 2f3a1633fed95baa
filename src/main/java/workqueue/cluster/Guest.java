package workqueue.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import workqueue.EnvironmentTrouble;

/**
 * The one door through which requests go to a cluster that exists and belongs to others: what its
 * rules do not allow is never sent, no more than 20 requests are sent in any second, none is
 * repeated but with a fresh token, and each is told.
 */
public final class Guest implements AutoCloseable {
  /** How many requests are sent in a second at most. */
  public static final int REQUESTS_PER_SECOND = 20;

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration TURN = Duration.ofSeconds(30);
  private static final String DOOR = "guest";

  private final GuestRules rules;
  private final Consumer<Exchange> ledger;
  // The client gives a request another number when it sends it, so it is known by what it asks.
  private final Map<String, Queue<Instant>> sent = new ConcurrentHashMap<>();
  private final Semaphore turns = new Semaphore(REQUESTS_PER_SECOND, true);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "guest-pace");
            thread.setDaemon(true);
            return thread;
          });
  private final Door door = new Door();
  private final KubernetesClient client;
  private final String server;

  /**
   * An answer of the API server.
   *
   * @param code of HTTP; empty if there was no answer
   * @param body as it came; where none came, what kept it from coming
   * @param failure what kept it from coming; null if it came
   */
  public record Answer(Optional<Integer> code, String body, Throwable failure) {

    public boolean isGood() {
      return code.isPresent() && code.get() / 100 == 2;
    }

    /** The object that came; nothing, if none did. */
    public JsonNode json() {
      return ApiJson.read(body);
    }

    /** What one that is no good says: a Status' message, or else its first words. */
    public String said() {
      String message = json().path("message").asText();
      return message.isEmpty() ? body.strip().lines().findFirst().orElse("no answer") : message;
    }
  }

  /**
   * Does not ask the cluster anything yet.
   *
   * @param ledger is told each request that was sent, from any thread
   */
  public Guest(Config config, GuestRules rules, Consumer<Exchange> ledger) {
    this.rules = rules;
    this.ledger = ledger;
    this.server = config.getMasterUrl().replaceAll("/+$", "");
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Connection.tuned(config)).withRequestRetryBackoffLimit(0).build())
            .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor(DOOR, door))
            .build();
  }

  /** The client, whose requests go through this door as well. */
  public KubernetesClient client() {
    return client;
  }

  public Answer get(String path) {
    return get(path, "application/json");
  }

  /**
   * Reads something.
   *
   * @param path with its query, from the server's root
   * @param accept the forms in which it may come
   */
  public Answer get(String path, String accept) {
    return send("GET", path, "", accept);
  }

  /**
   * Sends an object or a review.
   *
   * @param path with its query, from the server's root
   * @param json the object
   */
  public Answer post(String path, String json) {
    return send("POST", path, json, "application/json");
  }

  /**
   * Begins the removal of an object and of what it owns.
   *
   * @param path of the object
   * @param uid of the object: another one of the same name stays
   */
  public Answer delete(String path, String uid) {
    return delete(path, uid, Optional.empty());
  }

  /**
   * The same of a pod.
   *
   * @param grace in whole seconds; the one that it asks for if empty
   */
  public Answer delete(String path, String uid, Optional<Duration> grace) {
    return send(
        "DELETE",
        path,
        """
        {"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background",%s\
        "preconditions":{"uid":"%s"}}"""
            .formatted(
                grace.map(each -> "\"gracePeriodSeconds\":" + each.toSeconds() + ",").orElse(""),
                uid),
        "application/json");
  }

  private Answer send(String method, String path, String json, String accept) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(server + path)
            .timeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .method(method, "application/json", json.isEmpty() ? null : json)
            .header("Accept", accept)
            .build();
    try {
      HttpResponse<String> response =
          client
              .getHttpClient()
              .sendAsync(request, String.class)
              .get(2 * ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(Optional.of(response.code()), String.valueOf(response.body()), null);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof EnvironmentTrouble trouble) {
        throw trouble;
      }
      door.failed(request, failed.getCause());
      return new Answer(Optional.empty(), said(failed.getCause()), failed.getCause());
    } catch (TimeoutException late) {
      door.failed(request, late);
      return new Answer(Optional.empty(), "no answer in " + 2 * ANSWER.toSeconds() + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EnvironmentTrouble("Interrupted while asking " + server + ".", interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
    clock.shutdownNow();
  }

  private static String said(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.getClass().getSimpleName()
        : root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static String query(URI uri) {
    return uri.getQuery() == null ? "" : uri.getQuery();
  }

  private String pathOf(URI uri) {
    String base = URI.create(server).getPath();
    String path = uri.getPath();
    return path.startsWith(base) ? path.substring(base.length()) : path;
  }

  private final class Door implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String path = pathOf(request.uri());
      String query = query(request.uri());
      String body = request.bodyString() == null ? "" : request.bodyString();
      rules
          .refusal(request.method(), path, query, body)
          .ifPresent(
              why -> {
                throw new EnvironmentTrouble(
                    "Not sent: %s %s: %s.%nThis is a fault of the harness; report it."
                        .formatted(request.method(), path, why));
              });
      awaitTurn();
      Future<?> unused = clock.schedule(() -> turns.release(), 1, TimeUnit.SECONDS);
      sent.computeIfAbsent(key(request), any -> new ConcurrentLinkedQueue<>()).add(Instant.now());
    }

    private void awaitTurn() {
      try {
        if (turns.tryAcquire(TURN.toSeconds(), TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new EnvironmentTrouble(
          "Not sent: no turn came for a request in %d s.".formatted(TURN.toSeconds()));
    }

    @Override
    public void after(
        HttpRequest request,
        HttpResponse<?> response,
        AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      tell(request, Optional.of(response.code()), date(response), "");
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
      failed(request, failure);
    }

    /** Tells a request that was sent and got no answer, once. */
    private void failed(HttpRequest request, Throwable failure) {
      Queue<Instant> open = sent.get(key(request));
      if (open != null && !open.isEmpty()) {
        tell(request, Optional.empty(), Optional.empty(), said(failure));
      }
    }

    private static String key(HttpRequest request) {
      return request.method() + " " + request.uri();
    }

    private void tell(
        HttpRequest request, Optional<Integer> code, Optional<Instant> date, String trouble) {
      Instant now = Instant.now();
      Queue<Instant> open = sent.getOrDefault(key(request), new ConcurrentLinkedQueue<>());
      Instant from = Optional.ofNullable(open.poll()).orElse(now);
      String query = query(request.uri());
      ledger.accept(
          new Exchange(
              request.method(),
              pathOf(request.uri()) + (query.isEmpty() ? "" : "?" + query),
              GuestRules.isDryRun(query),
              code,
              from,
              Duration.between(from, now).toMillis(),
              date,
              trouble));
    }

    private Optional<Instant> date(HttpResponse<?> response) {
      try {
        return Optional.ofNullable(response.header("Date"))
            .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
            .map(ZonedDateTime::toInstant);
      } catch (DateTimeParseException nonsense) {
        return Optional.empty();
      }
    }
  }
}
