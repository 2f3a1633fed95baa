package workqueue.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Several kubeconfig files as one: what the first of them says of a name counts, and paths are
 * those beside the file that has them.
 */
final class MergedKubeconfig {
  private MergedKubeconfig() {}

  /**
   * Merges the files.
   *
   * @throws IllegalArgumentException if one is no kubeconfig
   * @throws UncheckedIOException if one cannot be read
   */
  static Config of(List<Path> files) {
    List<Config> all = new ArrayList<>();
    for (Path each : files) {
      Config read = read(each);
      Path folder = each.toAbsolutePath().getParent();
      list(read.getClusters()).forEach(named -> resolve(named.getCluster(), folder));
      list(read.getUsers()).forEach(named -> resolve(named.getUser(), folder));
      all.add(read);
    }
    Config merged = new Config();
    merged.setApiVersion("v1");
    merged.setKind("Config");
    merged.setClusters(first(all, Config::getClusters, NamedCluster::getName));
    merged.setUsers(first(all, Config::getUsers, NamedAuthInfo::getName));
    merged.setContexts(first(all, Config::getContexts, NamedContext::getName));
    all.stream()
        .map(Config::getCurrentContext)
        .filter(each -> each != null && !each.isEmpty())
        .findFirst()
        .ifPresent(merged::setCurrentContext);
    return merged;
  }

  /** The proxy through which the cluster of a context is reached; empty if it names none. */
  static Optional<String> proxy(Config merged, String context) {
    return merged.getContexts().stream()
        .filter(each -> each.getName().equals(context) && each.getContext() != null)
        .map(each -> each.getContext().getCluster())
        .flatMap(
            cluster -> merged.getClusters().stream().filter(each -> each.getName().equals(cluster)))
        .map(each -> each.getCluster().getProxyUrl())
        .filter(each -> each != null && !each.isEmpty())
        .findFirst();
  }

  private static Config read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // As to kubectl, a file that is empty says nothing, and is no error.
      if (Files.size(file) == 0) {
        return new Config();
      }
      Object read = Serialization.unmarshal(in, Config.class);
      if (read instanceof Config config) {
        return config;
      }
      throw new IllegalArgumentException(file + " is no kubeconfig");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException(file + " is no kubeconfig", malformed);
    }
  }

  private static <T> List<T> first(
      List<Config> all, Function<Config, List<T>> part, Function<T, String> name) {
    Map<String, T> first = new LinkedHashMap<>();
    all.forEach(
        each -> list(part.apply(each)).forEach(one -> first.putIfAbsent(name.apply(one), one)));
    return new ArrayList<>(first.values());
  }

  private static <T> List<T> list(List<T> maybe) {
    return maybe == null ? List.of() : maybe;
  }

  private static void resolve(Cluster cluster, Path folder) {
    if (cluster != null) {
      resolve(folder, cluster::getCertificateAuthority, cluster::setCertificateAuthority);
    }
  }

  private static void resolve(AuthInfo user, Path folder) {
    if (user == null) {
      return;
    }
    resolve(folder, user::getClientCertificate, user::setClientCertificate);
    resolve(folder, user::getClientKey, user::setClientKey);
    resolve(folder, user::getTokenFile, user::setTokenFile);
    ExecConfig exec = user.getExec();
    // Like a shell: only a command with a slash is a path.
    if (exec != null && exec.getCommand() != null && exec.getCommand().contains("/")) {
      resolve(folder, exec::getCommand, exec::setCommand);
    }
  }

  private static void resolve(Path folder, Supplier<String> get, Consumer<String> set) {
    String path = get.get();
    if (path != null && !path.isEmpty()) {
      set.accept(folder.resolve(path).normalize().toString());
    }
  }
}
