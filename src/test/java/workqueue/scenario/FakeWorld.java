package workqueue.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Amqp;
import workqueue.broker.Broker;
import workqueue.broker.BrokerFacts;
import workqueue.broker.ServerIdentity;
import workqueue.cluster.Cluster;
import workqueue.cluster.ClusterFacts;
import workqueue.cluster.Registry;
import workqueue.cluster.ScenarioNamespace;
import workqueue.configuration.BrokerUrl;
import workqueue.observer.Observation;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/**
 * A cluster and a broker that do nothing but tell what is opened and closed of them, and runs on
 * them.
 */
public final class FakeWorld implements AutoCloseable {
  private static final String NOTHING =
      "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[],\"resources\":[]}";
  private static final BrokerUrl URL = BrokerUrl.parse("amqp://ann:s3cret@broker.example");

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final EnvironmentTrouble absent =
      new EnvironmentTrouble("The world is not there.\nRemedy: let it be.");
  private final HttpServer api;
  private final KubernetesClient client;
  private Optional<Cluster> cluster = Optional.empty();
  private volatile boolean opens = true;
  private volatile boolean closes = true;

  /** Serves an API that takes what is made and deleted, and has nothing to show. */
  public FakeWorld() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/", this::answer);
    api.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + api.getAddress().getPort())
            .withRequestRetryBackoffLimit(0)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("DELETE") && path.startsWith("/api/v1/namespaces/")) {
      told.add("closes namespace " + path.replaceFirst(".*/wq-(.*)-[^-]+$", "$1"));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean watches = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
    byte[] answer = body.length > 0 ? body : NOTHING.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, watches ? -1 : answer.length);
    if (!watches) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  /** What was opened and closed so far. */
  public List<String> told() {
    return List.copyOf(told);
  }

  /** From now on no environment can be opened. */
  public void opensNothing() {
    opens = false;
  }

  /** From now on brokers fail to close. */
  public void closesBadly() {
    closes = false;
  }

  /** Begins a run whose scenarios take place here. */
  public Run begin(Map<String, String> given, Path reports) {
    return Run.begin(given, reports, run -> OptionalInt.empty(), this::open);
  }

  private ScenarioEnvironment open(ScenarioRun scenario, EnvironmentOptions options) {
    if (!opens) {
      throw absent;
    }
    Patience patience = new Patience(1, Progress.NONE);
    Cluster cluster = cluster(scenario.shared());
    ScenarioNamespace namespace = scenario.namespace(cluster, patience);
    String name = scenario.definition().id();
    told.add("opens " + name + (options.tapped() ? " with a tap" : ""));
    Broker broker = scenario.opened(new FakeBroker(name));
    Observation observation =
        scenario.opened(Observation.open(namespace, scenario.record().recorder(), patience));
    scenario.ranIn(cluster.facts(), Optional.of(broker.facts()), "worker:1", "");
    return new ScenarioEnvironment(
        scenario,
        options,
        cluster,
        namespace,
        broker,
        Optional.empty(),
        Optional.empty(),
        observation,
        "worker:1",
        patience);
  }

  /** One for all, as it is of a run. */
  private synchronized Cluster cluster(SharedEnvironment shared) {
    if (cluster.isEmpty()) {
      cluster = Optional.of(shared.closes(new FakeCluster()));
    }
    return cluster.get();
  }

  @Override
  public void close() {
    client.close();
    api.stop(0);
  }

  private final class FakeCluster implements Cluster {
    @Override
    public KubernetesClient client() {
      return client;
    }

    @Override
    public ClusterFacts facts() {
      return new ClusterFacts("fake", "fake", "v1.99.0", 1);
    }

    @Override
    public List<String> provide(Collection<String> images) {
      return List.copyOf(images);
    }

    @Override
    public Optional<Registry> registry() {
      return Optional.empty();
    }

    @Override
    public Reach reach(String containerId, int port) {
      throw new UnsupportedOperationException("there are no containers");
    }

    @Override
    public Optional<Reach> reachHere(int port) {
      return Optional.empty();
    }

    @Override
    public void close() {
      told.add("closes the cluster");
    }
  }

  private final class FakeBroker implements Broker {
    private final String scenario;

    private FakeBroker(String scenario) {
      this.scenario = scenario;
    }

    @Override
    public BrokerFacts facts() {
      return new BrokerFacts("fake", new ServerIdentity("RabbitMQ", "9", List.of()));
    }

    @Override
    public Amqp amqp() {
      return new Amqp(URL);
    }

    @Override
    public BrokerUrl forPods() {
      return URL;
    }

    @Override
    public void close() {
      told.add("closes broker " + scenario);
      if (!closes) {
        throw new IllegalStateException("the broker does not close");
      }
    }
  }
}
