package workqueue.cluster;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import workqueue.Counted;
import workqueue.EnvironmentTrouble;
import workqueue.ResourceStack;
import workqueue.waiting.Aside;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/**
 * A k3s of this run's own, in containers of the local engine, with a registry beside it that starts
 * when it is first asked for.
 *
 * <p>Each node is a container; all of them and the registry share a network of this run's own.
 */
public final class ThrowawayCluster implements Cluster {
  private static final String REGISTRIES_FILE = "/etc/rancher/k3s/registries.yaml";

  /** A folder that all nodes have in common, where there are several. */
  public static final String SHARED_FOLDER = "/var/lib/work-queue";

  private static final String TOKEN = "work-queue";
  private static final int REGISTRY_PORT = 5000;
  private static final String REGISTRY_NAME = "registry";
  private static final int API_PORT = 6443;
  private static final Duration START = Duration.ofMinutes(3);
  // They may have to be built first.
  private static final Duration IMAGES = Duration.ofMinutes(15);

  private final Engine engine;
  private final String image;
  private final String registryImage;
  private final Patience patience;
  private final RunLock lock;
  private final Network network;
  private final GenericContainer<?> registryContainer;
  private final int registryPort;
  private final K3sContainer server;
  private final List<String> kubelet;
  private final List<GenericContainer<?>> agents = new ArrayList<>();
  // Filled by the thread that loads early and by the one that starts agents.
  private final List<ImageLoader> loaders = new CopyOnWriteArrayList<>();
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Map<String, Translations> translations = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private KubernetesClient client;
  private ClusterFacts facts;
  private boolean wayHereSought;
  private Optional<String> wayHere = Optional.empty();

  /**
   * @param image of the nodes; any that keeps the contract of {@code rancher/k3s}
   * @param registryImage of the registry
   * @param lock the run that it belongs to
   */
  @SuppressWarnings("resource") // closed by close()
  public ThrowawayCluster(
      Engine engine, String image, String registryImage, RunLock lock, Patience patience) {
    this.engine = engine;
    this.image = image;
    this.registryImage = registryImage;
    this.patience = patience;
    this.lock = lock;
    this.network =
        Network.builder().createNetworkCmdModifier(cmd -> cmd.withLabels(lock.labels())).build();
    this.registryContainer =
        new GenericContainer<>(DockerImageName.parse(registryImage))
            .withNetwork(network)
            .withNetworkAliases(REGISTRY_NAME)
            .withTmpFs(Map.of("/var/lib/registry", "rw"))
            .withExposedPorts(REGISTRY_PORT)
            .waitingFor(Wait.forHttp("/v2/").forPort(REGISTRY_PORT));
    // The nodes are told of it before it starts.
    this.registryPort = KeptPort.give(registryContainer, REGISTRY_PORT);
    this.server =
        new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"))
            .withNetwork(network)
            .withEnv("K3S_TOKEN", TOKEN)
            .waitingFor(new ReadyLine("Node controller sync successful", patience, START));
    lock.own(registryContainer);
    lock.own(server);
    boolean unifiedCgroups = engine.hasUnifiedCgroups();
    kubelet = NodeArguments.kubelet(image, unifiedCgroups);
    telling(NodeArguments.SERVER);
    telling(kubelet);
    if (unifiedCgroups) {
      // Several kubelets on the host's hierarchy take each other's pods for abandoned ones.
      server.setBinds(new ArrayList<>());
      server.withCreateContainerCmdModifier(ThrowawayCluster::inItsOwnCgroups);
    }
  }

  private static void inItsOwnCgroups(CreateContainerCmd command) {
    command.getHostConfig().withCgroupnsMode("private");
  }

  /**
   * Has the API server keep its port on this machine when its node is started again, for scenarios
   * in which it is; to be said before the start.
   */
  public ThrowawayCluster keepingItsPort() {
    KeptPort.give(server, API_PORT);
    return this;
  }

  /**
   * Has the node with the control plane hold a file, which arguments may name; to be said before
   * the start.
   */
  public ThrowawayCluster holding(String path, String content) {
    server.withCopyToContainer(Transferable.of(content), path);
    return this;
  }

  /**
   * Has the server started with further arguments, in the words of k3s; to be said before the
   * start.
   */
  public ThrowawayCluster telling(List<String> arguments) {
    server.setCommand(
        Stream.concat(Arrays.stream(server.getCommandParts()), arguments.stream())
            .toArray(String[]::new));
    return this;
  }

  /**
   * Starts server and agents, and loads images as soon as the server's containerd takes them.
   *
   * @param nodes how many, the server counted; 1 or more
   * @param images of this machine's engine that the scenarios are known to need; asked for while
   *     the server starts, as they may still be built
   * @throws EnvironmentTrouble if it does not come up; nothing is left behind then
   */
  public ThrowawayCluster start(int nodes, Supplier<List<String>> images) {
    try {
      engine.kind().requirePrivileges();
      // Even asking a container for its image's name pulls the image.
      engine.require(image);
      String registries = registriesFile();
      server.withCopyToContainer(Transferable.of(registries), REGISTRIES_FILE);
      if (nodes > 1) {
        shareFolder(server, null);
      }
      CompletableFuture<Void> loading = Aside.run(() -> loadEarly(images));
      startContainer(server, "the cluster's node");
      joined(
          new ClusterNode(engine, server, true), onNetwork(server.getContainerId()).getIpAddress());
      client = new KubernetesClientBuilder().withConfig(configuration()).build();
      for (int agent = 1; agent < nodes; agent++) {
        agents.add(startAgent(registries));
      }
      patience.await("the images to be loaded into the node", IMAGES, loading);
      awaitNodes(nodes);
      awaitNames();
      facts = ClusterFacts.of("throwaway", client.getKubernetesVersion().getGitVersion(), nodes);
      return this;
    } catch (RuntimeException failure) {
      try {
        close();
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public ClusterFacts facts() {
    return facts;
  }

  /** The server first. */
  @Override
  public List<ClusterNode> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public List<String> provide(Collection<String> images) {
    for (ImageLoader loader : loaders) {
      loader.load(images);
    }
    return List.copyOf(images);
  }

  @Override
  public synchronized Optional<Registry> registry() {
    if (!registryContainer.isRunning()) {
      engine.require(registryImage);
      startContainer(registryContainer, "the registry");
    }
    return Optional.of(new Registry("localhost:" + registryPort));
  }

  /** The name of the server's container. */
  public String serverContainer() {
    return server.getContainerName().substring(1);
  }

  /** The network that its containers share; what joins it is reached from pods. */
  public Network network() {
    return network;
  }

  @Override
  public Reach reach(String containerId, int port) {
    return new Reach(onNetwork(containerId).getIpAddress(), port);
  }

  @Override
  public synchronized Optional<Reach> reachHere(int port) {
    if (!wayHereSought) {
      wayHere = WayHere.from(server, gateway(), patience);
      wayHereSought = true;
    }
    return wayHere.map(address -> new Reach(address, port));
  }

  private String gateway() {
    return onNetwork(server.getContainerId()).getGateway();
  }

  @Override
  public Optional<String> podBehind(InetSocketAddress peer, int port) {
    String node = NetUtil.toAddressString(peer.getAddress());
    return Optional.ofNullable(translations.get(node))
        .flatMap(each -> each.podBehind(node, peer.getPort(), port));
  }

  private void joined(ClusterNode node, String address) {
    nodes.add(node);
    translations.put(address, new Translations(() -> node.require("conntrack", "-L", "-p", "tcp")));
  }

  @Override
  public void close() {
    closed = true;
    ResourceStack parts = new ResourceStack("the throwaway cluster");
    parts.push(network);
    parts.push(registryContainer::stop);
    parts.push(server::stop);
    agents.forEach(agent -> parts.push(agent::stop));
    if (client != null) {
      parts.push(client);
    }
    parts.close();
  }

  private Config configuration() {
    return Connection.tuned(Config.fromKubeconfig(server.getKubeConfigYaml()));
  }

  private String registriesFile() {
    return """
        mirrors:
          "localhost:%d":
            endpoint:
              - "http://%s:%d"
        """
        .formatted(registryPort, REGISTRY_NAME, REGISTRY_PORT);
  }

  /** Loads while the control plane still starts; containerd answers long before it. */
  private void loadEarly(Supplier<List<String>> images) {
    patience.await(
        "the node's containerd",
        START,
        Duration.ofMillis(100),
        () -> {
          if (closed) {
            return Sight.<Boolean>hopeless("the cluster did not start");
          }
          return Sight.when(server.isCreated() && answersCtr(server), "ctr does not answer yet");
        });
    ImageLoader loader = new ImageLoader(engine, server.getContainerId());
    loader.load(images.get());
    loaders.add(loader);
  }

  private static boolean answersCtr(GenericContainer<?> node) throws InterruptedException {
    try {
      return node.execInContainer("ctr", "version").getExitCode() == 0;
    } catch (IOException | RuntimeException notYet) {
      return false;
    }
  }

  private GenericContainer<?> startAgent(String registries) {
    String serverUrl =
        "https://" + onNetwork(server.getContainerId()).getIpAddress() + ":" + API_PORT;
    GenericContainer<?> agent =
        new GenericContainer<>(DockerImageName.parse(server.getDockerImageName()))
            .withNetwork(network)
            .withPrivilegedMode(true)
            .withTmpFs(Map.of("/run", "", "/var/run", ""))
            .withEnv("K3S_URL", serverUrl)
            .withEnv("K3S_TOKEN", TOKEN)
            .withCommand(Stream.concat(Stream.of("agent"), kubelet.stream()).toArray(String[]::new))
            .withCopyToContainer(Transferable.of(registries), REGISTRIES_FILE)
            .withCreateContainerCmdModifier(ThrowawayCluster::inItsOwnCgroups);
    shareFolder(agent, sharedVolume());
    lock.own(agent);
    startContainer(agent, "the cluster's further node");
    loaders.add(new ImageLoader(engine, agent.getContainerId()));
    joined(new ClusterNode(engine, agent, false), onNetwork(agent.getContainerId()).getIpAddress());
    return agent;
  }

  /**
   * Has a node share a folder with the others.
   *
   * @param volume the server's; null for a new one, which goes with the server's container
   */
  private static void shareFolder(GenericContainer<?> node, String volume) {
    node.withCreateContainerCmdModifier(
        command ->
            command
                .getHostConfig()
                .withMounts(
                    List.of(
                        new Mount()
                            .withType(MountType.VOLUME)
                            .withSource(volume)
                            .withTarget(SHARED_FOLDER))));
  }

  private String sharedVolume() {
    return engine.client().inspectContainerCmd(server.getContainerId()).exec().getMounts().stream()
        .filter(each -> SHARED_FOLDER.equals(each.getDestination().getPath()))
        .map(InspectContainerResponse.Mount::getName)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The server shares no folder"));
  }

  private void awaitNodes(int wanted) {
    patience.await(
        Counted.of(wanted, "node") + " to be Ready",
        START,
        Duration.ofMillis(200),
        () -> {
          List<String> ready =
              client.nodes().list().getItems().stream()
                  .filter(Readiness::isNodeReady)
                  .map(node -> node.getMetadata().getName())
                  .toList();
          return ready.size() >= wanted
              ? Sight.found(ready)
              : Sight.<List<String>>notYet("Ready are " + ready);
        });
  }

  /** Pods that start before the cluster's DNS answers do not find their broker. */
  private void awaitNames() {
    patience.await(
        "the cluster's DNS to be ready",
        START,
        Duration.ofMillis(200),
        () -> {
          List<? extends HasMetadata> told = ServiceAddresses.objects(client, "kube-system");
          return Sight.when(
              !ServiceAddresses.readyOf("kube-dns", told.stream()).isEmpty(),
              "Service kube-dns has no ready endpoint");
        });
  }

  /** A container's place on the network that all share. */
  private ContainerNetwork onNetwork(String containerId) {
    return engine
        .client()
        .inspectContainerCmd(containerId)
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .filter(each -> network.getId().equals(each.getNetworkID()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(containerId + " is not on the run's network"));
  }

  private void startContainer(GenericContainer<?> container, String role) {
    try {
      container.start();
    } catch (RuntimeException failure) {
      throw StartTrouble.of(role, container, failure);
    }
  }
}
