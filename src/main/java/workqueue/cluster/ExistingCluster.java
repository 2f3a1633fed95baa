package workqueue.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.netty.util.NetUtil;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.PodOverlay;
import workqueue.waiting.Patience;

/** A cluster that a kubeconfig context names; nothing in it is touched but what the run makes. */
public final class ExistingCluster implements Cluster {
  private final KubernetesClient client;
  private final ClusterFacts facts;
  private final Optional<Registry> registry;
  private final Optional<Engine> engine;
  private final Optional<Stay> stay;
  private final Set<Right> lacking;
  private final Map<String, String> pushed = new HashMap<>();

  private ExistingCluster(
      KubernetesClient client,
      ClusterFacts facts,
      Optional<Registry> registry,
      Optional<Engine> engine,
      Optional<Stay> stay,
      Set<Right> lacking) {
    this.client = client;
    this.facts = facts;
    this.registry = registry;
    this.engine = engine;
    this.stay = stay;
    this.lacking = Set.copyOf(lacking);
  }

  /**
   * Where a run stays on a cluster that exists.
   *
   * @param namespace one that exists
   * @param run whose objects are made there
   * @param pullSecrets that pods are told of
   * @param overlay what they get besides
   * @param ledger is told each request, from any thread
   */
  public record Staying(
      String namespace,
      String run,
      List<String> pullSecrets,
      Optional<PodOverlay> overlay,
      Consumer<Exchange> ledger) {
    public Staying {
      pullSecrets = List.copyOf(pullSecrets);
    }
  }

  /**
   * Connects for a run that stays in a namespace that exists: all its requests go through the door
   * of a {@link Guest}, and it asks for no right outside of that namespace.
   *
   * @param config of the cluster and its user
   * @param kubeconfig where that is from, for messages
   * @param registry one that this machine pushes to and the cluster pulls from, if there is one
   * @param engine holds the images that are pushed, where there is a registry
   * @throws EnvironmentTrouble if the connection or the rights do not suffice
   */
  public static ExistingCluster stay(
      Config config,
      Kubeconfig kubeconfig,
      Optional<Registry> registry,
      Optional<Engine> engine,
      Staying staying) {
    Belongings belongings = new Belongings();
    Guest guest =
        new Guest(
            config,
            new GuestRules(staying.namespace(), Stay.MAKES, belongings::has, belongings::hasNamed),
            staying.ledger());
    try {
      KubernetesClient client = guest.client();
      String version = client.getKubernetesVersion().getGitVersion();
      requireRightsToStay(client, config.getMasterUrl(), staying.namespace());
      List<Right> entering = Right.toPart("", "pods", "exec", "create", "get");
      Set<Right> lacking =
          missing(client, entering, staying.namespace()).isEmpty() ? Set.of() : Set.of(Right.EXEC);
      return new ExistingCluster(
          client,
          ClusterFacts.of("existing", version, null),
          registry,
          engine,
          Optional.of(
              new Stay(
                  guest,
                  staying.namespace(),
                  staying.run(),
                  staying.pullSecrets(),
                  staying.overlay(),
                  belongings)),
          lacking);
    } catch (KubernetesClientException refused) {
      guest.close();
      throw kubeconfig.explain(config.getMasterUrl(), refused);
    } catch (RuntimeException failure) {
      guest.close();
      throw failure;
    }
  }

  /**
   * Connects, and sees whether all that the harness will do there is allowed, before anything is
   * made.
   *
   * @param kubeconfig the file or files
   * @param context a context in them, or empty for its current one
   * @param registry one that this machine pushes to and the cluster pulls from, if there is one
   * @param engine holds the images that are pushed, where there is a registry
   * @throws EnvironmentTrouble if the file, the connection or the rights do not suffice
   */
  public static ExistingCluster connect(
      Kubeconfig kubeconfig,
      Optional<String> context,
      Optional<Registry> registry,
      Optional<Engine> engine) {
    Config config = kubeconfig.read(context);
    KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Connection.tuned(config)).build();
    try {
      String version = client.getKubernetesVersion().getGitVersion();
      requireRights(client, config.getMasterUrl());
      int nodes = client.nodes().list().getItems().size();
      return new ExistingCluster(
          client,
          ClusterFacts.of("existing", version, nodes),
          registry,
          engine,
          Optional.empty(),
          Set.of());
    } catch (KubernetesClientException refused) {
      client.close();
      throw kubeconfig.explain(config.getMasterUrl(), refused);
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
  public ScenarioNamespace open(String scenario, String run, Patience patience) {
    return stay.map(each -> ScenarioNamespace.within(each, patience))
        .orElseGet(() -> Cluster.super.open(scenario, run, patience));
  }

  @Override
  public boolean may(Right right) {
    return !lacking.contains(right);
  }

  @Override
  public void close() {
    if (stay.isPresent()) {
      stay.get().guest().close();
    } else {
      client.close();
    }
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
      return NetUtil.toAddressString(socket.getLocalAddress());
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
    if (reference.equals(image)) {
      target.push(holder, reference);
      return reference;
    }
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
    String missing = missing(client, Right.all(ServiceAddresses.areInSlices(client)), null);
    if (!missing.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          The credentials for %s lack rights that the harness needs: %s.
          Remedy: have them granted cluster-wide, for namespaces are made for each scenario; or \
          give -Dwq.namespace=<one that exists>; nothing was created."""
              .formatted(server, missing));
    }
  }

  private static void requireRightsToStay(
      KubernetesClient client, String server, String namespace) {
    String missing = missing(client, Right.ofStay(ServiceAddresses.areInSlices(client)), namespace);
    if (!missing.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          The credentials for %1$s lack rights in namespace %2$s that the harness needs: %3$s.
          Remedy: java -jar work-queue.jar conformance role --namespace %2$s --mode gate | kubectl \
          apply -f -; nothing was created."""
              .formatted(server, namespace, missing));
    }
  }

  /** What of these is missing, in words; in all namespaces where none is given. */
  private static String missing(KubernetesClient client, List<Right> rights, String namespace) {
    return rights.stream()
        .filter(right -> !may(client, right, namespace))
        .map(Right::toString)
        .collect(Collectors.joining(", "));
  }

  private static boolean may(KubernetesClient client, Right right, String namespace) {
    SelfSubjectAccessReview review =
        client
            .authorization()
            .v1()
            .selfSubjectAccessReview()
            .create(
                new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withNewResourceAttributes()
                    .withNamespace(namespace)
                    .withGroup(right.group())
                    .withResource(right.resource())
                    .withSubresource(right.subresource())
                    .withVerb(right.verb())
                    .endResourceAttributes()
                    .endSpec()
                    .build());
    return Boolean.TRUE.equals(review.getStatus().getAllowed());
  }
}
