package workqueue.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.EnvironmentTrouble;

/** A cluster that a kubeconfig context names; nothing in it is touched but what the run makes. */
public final class ExistingCluster implements Cluster {
  private final KubernetesClient client;
  private final ClusterFacts facts;
  private final Optional<Registry> registry;
  private final Optional<Engine> engine;
  private final Map<String, String> pushed = new HashMap<>();

  private ExistingCluster(
      KubernetesClient client,
      ClusterFacts facts,
      Optional<Registry> registry,
      Optional<Engine> engine) {
    this.client = client;
    this.facts = facts;
    this.registry = registry;
    this.engine = engine;
  }

  /**
   * Connects, and sees whether all that the harness will do there is allowed, before anything is
   * made.
   *
   * @param kubeconfig the file
   * @param context a context in it, or empty for its current one
   * @param registry one that this machine pushes to and the cluster pulls from, if there is one
   * @param engine holds the images that are pushed, where there is a registry
   * @throws EnvironmentTrouble if the file, the connection or the rights do not suffice
   */
  public static ExistingCluster connect(
      Path kubeconfig,
      Optional<String> context,
      Optional<Registry> registry,
      Optional<Engine> engine) {
    Config config = Kubeconfig.read(kubeconfig, context);
    KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Connection.tuned(config)).build();
    try {
      String version = client.getKubernetesVersion().getGitVersion();
      requireRights(client, config.getMasterUrl());
      int nodes = client.nodes().list().getItems().size();
      return new ExistingCluster(
          client, ClusterFacts.of("existing", version, nodes), registry, engine);
    } catch (KubernetesClientException refused) {
      client.close();
      throw Kubeconfig.explain(config.getMasterUrl(), kubeconfig, refused);
    } catch (RuntimeException failure) {
      client.close();
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

  @Override
  public List<String> provide(Collection<String> images) {
    if (registry.isEmpty() || engine.isEmpty()) {
      return List.copyOf(images);
    }
    return images.stream().map(this::pushed).toList();
  }

  @Override
  public Optional<Registry> registry() {
    return registry;
  }

  @Override
  public Reach reach(String containerId, int port) {
    return new Reach(
        addressTowards(client.getConfiguration().getMasterUrl()), mapped(containerId, port));
  }

  /** As a container's mapped port: by the address that this machine has towards the cluster. */
  @Override
  public Optional<Reach> reachHere(int port) {
    return Optional.of(new Reach(addressTowards(client.getConfiguration().getMasterUrl()), port));
  }

  @Override
  public void close() {
    client.close();
  }

  private int mapped(String containerId, int port) {
    return engine
        .orElseThrow()
        .client()
        .inspectContainerCmd(containerId)
        .exec()
        .getNetworkSettings()
        .getPorts()
        .getBindings()
        .entrySet()
        .stream()
        .filter(binding -> binding.getKey().getPort() == port && binding.getValue() != null)
        .map(binding -> Integer.parseInt(binding.getValue()[0].getHostPortSpec()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Port " + port + " is not published."));
  }

  /** This machine's address as the cluster sees it; the engine's bridge if the cluster is local. */
  private String addressTowards(String apiServer) {
    try (DatagramSocket socket = new DatagramSocket()) {
      URI uri = URI.create(apiServer);
      InetAddress server = InetAddress.getByName(uri.getHost());
      if (server.isLoopbackAddress()) {
        return engine
            .orElseThrow()
            .client()
            .inspectNetworkCmd()
            .withNetworkId("bridge")
            .exec()
            .getIpam()
            .getConfig()
            .get(0)
            .getGateway();
      }
      socket.connect(new InetSocketAddress(server, Math.max(uri.getPort(), 443)));
      return socket.getLocalAddress().getHostAddress();
    } catch (UnknownHostException | SocketException unknown) {
      throw new EnvironmentTrouble(
          "This machine's address towards " + apiServer + " cannot be told.", unknown);
    }
  }

  /** The image's name in the registry, to which it is pushed once. */
  private synchronized String pushed(String image) {
    return pushed.computeIfAbsent(image, this::push);
  }

  private String push(String image) {
    Engine holder = engine.orElseThrow();
    Registry target = registry.orElseThrow();
    if (!holder.holds(image)) {
      return image;
    }
    String reference = target.referenceTo(image);
    int colon = reference.lastIndexOf(':');
    holder
        .client()
        .tagImageCmd(image, reference.substring(0, colon), reference.substring(colon + 1))
        .exec();
    try {
      target.push(holder, reference);
    } finally {
      holder.untag(reference);
    }
    return reference;
  }

  private static void requireRights(KubernetesClient client, String server) {
    List<String> missing = new ArrayList<>();
    for (Right right : Right.all(ServiceAddresses.areInSlices(client))) {
      SelfSubjectAccessReview review =
          client
              .authorization()
              .v1()
              .selfSubjectAccessReview()
              .create(
                  new SelfSubjectAccessReviewBuilder()
                      .withNewSpec()
                      .withNewResourceAttributes()
                      .withGroup(right.group())
                      .withResource(right.resource())
                      .withSubresource(right.subresource())
                      .withVerb(right.verb())
                      .endResourceAttributes()
                      .endSpec()
                      .build());
      if (!Boolean.TRUE.equals(review.getStatus().getAllowed())) {
        missing.add(right.toString());
      }
    }
    if (!missing.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          The credentials for %s lack rights that the harness needs: %s.
          Remedy: have them granted cluster-wide, for namespaces are made for each scenario; \
          nothing was created."""
              .formatted(server, String.join(", ", missing)));
    }
  }
}
