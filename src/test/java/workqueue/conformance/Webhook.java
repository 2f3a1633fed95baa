package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import workqueue.SelfSigned;

/** Admission webhooks of this JVM, which an API server asks over HTTPS. */
final class Webhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Rule> rules = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private String certificate = "";

  /** What a webhook does with an object. */
  @FunctionalInterface
  interface Rule {
    /**
     * Says what is to become of an object.
     *
     * @return the patch, as of JSON Patch
     * @throws Denied if it is not to be admitted
     */
    ArrayNode on(JsonNode object) throws Denied;
  }

  /** An object is not to be admitted. */
  static final class Denied extends Exception {
    private static final long serialVersionUID = 1L;

    Denied(String why) {
      super(why);
    }
  }

  Webhook() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(0), 0);
    server.setExecutor(threads);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /**
   * Answers from now on.
   *
   * @param address under which it is asked
   * @param folder for its key
   */
  void start(String address, Path folder) throws Exception {
    SelfSigned own = SelfSigned.at("ip:" + address, folder);
    certificate = Base64.getEncoder().encodeToString(own.pem().getBytes(StandardCharsets.UTF_8));
    server.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its certificate, as a webhook's configuration wants it. */
  String caBundle() {
    return certificate;
  }

  /** Answers so to whoever asks under this path. */
  void rule(String path, Rule rule) {
    rules.put("/" + path, rule);
  }

  /** A patch that changes nothing yet. */
  static ArrayNode unchanged() {
    return JSON.createArrayNode();
  }

  /** One more operation: what is there already is replaced. */
  static ArrayNode with(ArrayNode patch, String path, Object value) {
    patch.addObject().put("op", "add").put("path", path).set("value", JSON.valueToTree(value));
    return patch;
  }

  /** Whether it was asked under this path. */
  boolean wasAsked(String path) {
    return asked.contains("/" + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    JsonNode review = JSON.readTree(exchange.getRequestBody());
    ObjectNode response = JSON.createObjectNode();
    response.set("uid", review.at("/request/uid"));
    try {
      ArrayNode patch =
          rules.get(exchange.getRequestURI().getPath()).on(review.at("/request/object"));
      response.put("allowed", true);
      if (!patch.isEmpty()) {
        response.put("patchType", "JSONPatch");
        response.put("patch", Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(patch)));
      }
    } catch (Denied denied) {
      response.put("allowed", false).putObject("status").put("message", denied.getMessage());
    }
    ObjectNode whole = JSON.createObjectNode();
    whole.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    whole.set("response", response);
    byte[] bytes = JSON.writeValueAsBytes(whole);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
