package workqueue.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import workqueue.EnvironmentTrouble;

/**
 * How a cluster that exists is found, as {@code kubectl} finds it, and what is told where it is
 * not: by one file or several that are merged, or in a pod by its service account.
 */
public final class Kubeconfig {
  /** The name of the cluster that this program runs in, where there is no kubeconfig. */
  public static final String IN_CLUSTER = "in-cluster";

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private final List<Path> files;
  private final Path account;
  private final Map<String, String> environment;

  private Kubeconfig(List<Path> files, Path account, Map<String, String> environment) {
    this.files = List.copyOf(files);
    this.account = account;
    this.environment = Map.copyOf(environment);
  }

  /** What kubectl would read: the files of {@code KUBECONFIG}, or {@code ~/.kube/config}. */
  public static Kubeconfig usual() {
    return usual(System.getenv(), Path.of(System.getProperty("user.home")), ACCOUNT);
  }

  static Kubeconfig usual(Map<String, String> environment, Path home, Path account) {
    List<Path> named =
        Stream.of(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator, -1))
            .filter(each -> !each.isBlank())
            .map(Path::of)
            .toList();
    return new Kubeconfig(
        named.isEmpty() ? List.of(home.resolve(".kube").resolve("config")) : named,
        account,
        environment);
  }

  /** This file alone. */
  public static Kubeconfig of(Path file) {
    return new Kubeconfig(List.of(file), ACCOUNT, Map.of());
  }

  /**
   * What a context says of its cluster and its user.
   *
   * @param context empty for the current one
   * @throws EnvironmentTrouble if there is no such file or context
   */
  public Config read(Optional<String> context) {
    List<Path> there = files.stream().filter(Files::isReadable).toList();
    boolean inPod = Files.isReadable(account.resolve("token"));
    if (inPod && (there.isEmpty() || context.filter(IN_CLUSTER::equals).isPresent())) {
      return ofPod();
    }
    if (there.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          There is no kubeconfig at %s, and wq.cluster names a cluster that exists.
          Remedy: point KUBECONFIG to one, or use -Dwq.cluster=k3s for a throwaway cluster."""
              .formatted(this));
    }
    io.fabric8.kubernetes.api.model.Config merged = merged(there);
    List<String> contexts =
        merged.getContexts().stream().map(NamedContext::getName).sorted().toList();
    if (contexts.isEmpty()) {
      throw malformed(null);
    }
    String wanted = context.or(() -> Optional.ofNullable(merged.getCurrentContext())).orElse("");
    if (!contexts.contains(wanted)) {
      throw new EnvironmentTrouble(
          """
          The kubeconfig %s has no context "%s"; it has: %s.
          Remedy: -Dwq.cluster=<one of them>, or kubectl config use-context and \
          -Dwq.cluster=current."""
              .formatted(this, wanted, String.join(", ", contexts)));
    }
    merged.setCurrentContext(wanted);
    Config chosen = parsed(merged);
    // The client leaves it out where the server is reached over TLS.
    MergedKubeconfig.proxy(merged, wanted)
        .ifPresent(
            proxy -> {
              chosen.setHttpProxy(proxy);
              chosen.setHttpsProxy(proxy);
            });
    return chosen;
  }

  private Config parsed(io.fabric8.kubernetes.api.model.Config merged) {
    try {
      return Config.fromKubeconfig(Serialization.asYaml(merged));
    } catch (RuntimeException malformed) {
      throw malformed(malformed);
    }
  }

  private io.fabric8.kubernetes.api.model.Config merged(List<Path> there) {
    try {
      return MergedKubeconfig.of(there);
    } catch (UncheckedIOException | IllegalArgumentException malformed) {
      throw malformed(malformed);
    }
  }

  /** By the pod's service account, whose token is read again each time, for it is renewed. */
  private Config ofPod() {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    Config config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl(
                "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/")
            .withCaCertFile(account.resolve("ca.crt").toString())
            .withNamespace(content("namespace"))
            .withOauthTokenProvider(() -> content("token"))
            .build();
    NamedContext named = new NamedContext();
    named.setName(IN_CLUSTER);
    config.setCurrentContext(named);
    return config;
  }

  private String content(String file) {
    try {
      return Files.readString(account.resolve(file)).strip();
    } catch (IOException missing) {
      throw new EnvironmentTrouble(
          "The service account of this pod lacks %s.%nRemedy: automountServiceAccountToken: true."
              .formatted(account.resolve(file)),
          missing);
    }
  }

  private EnvironmentTrouble malformed(Throwable cause) {
    return new EnvironmentTrouble(
        """
        The file %s is no kubeconfig: it is not YAML with clusters, users and contexts.
        Remedy: see what %s says."""
            .formatted(this, kubectl("config view")),
        cause);
  }

  EnvironmentTrouble explain(String server, KubernetesClientException refused) {
    return explain(
        server, Optional.of(refused.getCode()), String.valueOf(refused.getMessage()), refused);
  }

  /**
   * Says why a cluster cannot be used, and what helps.
   *
   * @param server its address
   * @param code of HTTP that it answered; empty if it did not
   * @param said what it answered, or what kept it from that
   * @param failure what kept it from that; null if it answered
   */
  public EnvironmentTrouble explain(
      String server, Optional<Integer> code, String said, Throwable failure) {
    if (code.filter(each -> each == 401).isPresent()) {
      return new EnvironmentTrouble(
          """
          The cluster at %s does not accept the credentials in %s.
          Remedy: log in again; %s must work."""
              .formatted(server, this, kubectl("get namespaces")),
          failure);
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        return new EnvironmentTrouble(
            """
            The certificate of the cluster at %s is not trusted by %s.
            Remedy: put the authority that signed it into certificate-authority-data of the \
            context's cluster."""
                .formatted(server, this),
            failure);
      }
      if (each instanceof ConnectException) {
        return new EnvironmentTrouble(
            """
            The cluster at %s refuses the connection.
            Remedy: start it, or correct the server's address in %s."""
                .formatted(server, this),
            failure);
      }
    }
    return new EnvironmentTrouble(
        """
        The cluster at %s does not answer as a Kubernetes API server does: %s
        Remedy: %s must work."""
            .formatted(server, said, kubectl("version")),
        failure);
  }

  /** A command that reads the same; it takes one file as an option, and several by its variable. */
  private String kubectl(String command) {
    String first = command.split(" ", -1)[0];
    return files.size() == 1
        ? first.equals("config")
            ? "kubectl " + command + " --kubeconfig=" + this
            : "kubectl --kubeconfig=" + this + " " + command
        : "KUBECONFIG=" + this + " kubectl " + command;
  }

  /** The files, as KUBECONFIG names them. */
  @Override
  public String toString() {
    return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
