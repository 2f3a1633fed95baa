package workqueue.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import workqueue.EnvironmentTrouble;

/** How a cluster that exists is found, and what is told where it is not. */
public final class Kubeconfig {
  private Kubeconfig() {}

  /** Where kubectl would look: the first file of {@code KUBECONFIG}, or {@code ~/.kube/config}. */
  public static Path usual() {
    String named = System.getenv("KUBECONFIG");
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), ".kube", "config")
        : Path.of(named.split(java.io.File.pathSeparator, -1)[0]);
  }

  /**
   * What a context says of its cluster and its user.
   *
   * @param context empty for the current one
   * @throws EnvironmentTrouble if there is no such file or context
   */
  public static Config read(Path kubeconfig, Optional<String> context) {
    if (!Files.isReadable(kubeconfig)) {
      throw new EnvironmentTrouble(
          """
          There is no kubeconfig at %s, and wq.cluster names a cluster that exists.
          Remedy: point KUBECONFIG to one, or use -Dwq.cluster=k3s for a throwaway cluster."""
              .formatted(kubeconfig));
    }
    Config config;
    try {
      config = Config.fromKubeconfig(null, kubeconfig.toFile());
    } catch (RuntimeException malformed) {
      throw malformed(kubeconfig, malformed);
    }
    List<String> contexts =
        config.getContexts().stream().map(NamedContext::getName).sorted().toList();
    if (contexts.isEmpty()) {
      throw malformed(kubeconfig, null);
    }
    String wanted =
        context.orElseGet(
            () ->
                Optional.ofNullable(config.getCurrentContext())
                    .map(NamedContext::getName)
                    .orElse(""));
    if (!contexts.contains(wanted)) {
      throw new EnvironmentTrouble(
          """
          The kubeconfig %s has no context "%s"; it has: %s.
          Remedy: -Dwq.cluster=<one of them>, or kubectl config use-context and \
          -Dwq.cluster=current."""
              .formatted(kubeconfig, wanted, String.join(", ", contexts)));
    }
    return Config.fromKubeconfig(wanted, kubeconfig.toFile());
  }

  private static EnvironmentTrouble malformed(Path kubeconfig, Throwable cause) {
    return new EnvironmentTrouble(
        """
        The file %s is no kubeconfig: it is not YAML with clusters, users and contexts.
        Remedy: see what kubectl config view --kubeconfig=%s says."""
            .formatted(kubeconfig, kubeconfig),
        cause);
  }

  static EnvironmentTrouble explain(
      String server, Path kubeconfig, KubernetesClientException refused) {
    return explain(
        server,
        kubeconfig,
        Optional.of(refused.getCode()),
        String.valueOf(refused.getMessage()),
        refused);
  }

  /**
   * Says why a cluster cannot be used, and what helps.
   *
   * @param server its address
   * @param code of HTTP that it answered; empty if it did not
   * @param said what it answered, or what kept it from that
   * @param failure what kept it from that; null if it answered
   */
  public static EnvironmentTrouble explain(
      String server, Path kubeconfig, Optional<Integer> code, String said, Throwable failure) {
    if (code.filter(each -> each == 401).isPresent()) {
      return new EnvironmentTrouble(
          """
          The cluster at %s does not accept the credentials in %s.
          Remedy: log in again; kubectl --kubeconfig=%s get namespaces must work."""
              .formatted(server, kubeconfig, kubeconfig),
          failure);
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        return new EnvironmentTrouble(
            """
            The certificate of the cluster at %s is not trusted by %s.
            Remedy: put the authority that signed it into certificate-authority-data of the \
            context's cluster."""
                .formatted(server, kubeconfig),
            failure);
      }
      if (each instanceof ConnectException) {
        return new EnvironmentTrouble(
            """
            The cluster at %s refuses the connection.
            Remedy: start it, or correct the server's address in %s."""
                .formatted(server, kubeconfig),
            failure);
      }
    }
    return new EnvironmentTrouble(
        """
        The cluster at %s does not answer as a Kubernetes API server does: %s
        Remedy: kubectl --kubeconfig=%s version must work."""
            .formatted(server, said, kubeconfig),
        failure);
  }
}
