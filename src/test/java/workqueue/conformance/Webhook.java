package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Admission webhooks of this JVM, which an API server asks over HTTPS. */
final class Webhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final char[] PASSWORD = "changeit".toCharArray();

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
    server.setHttpsConfigurator(new HttpsConfigurator(tls(address, folder)));
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

  private SSLContext tls(String address, Path folder) throws Exception {
    Path file = folder.resolve("webhook.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "webhook",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + address,
                "-ext",
                "SAN=ip:" + address)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("webhook").getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    certificate = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
