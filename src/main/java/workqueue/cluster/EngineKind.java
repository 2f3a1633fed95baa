package workqueue.cluster;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;

/**
 * What tells engines apart where a cluster is to run in them.
 *
 * @param name with its version
 * @param system what it runs on, in its own words
 * @param rootless whether it has no privileges of the machine to give
 */
record EngineKind(String name, String system, String architecture, boolean rootless) {
  private static final String PODMAN = "Podman Engine";
  private static final String DESKTOP = "Docker Desktop";
  private static final Set<String> TRIED = Set.of("x86_64", "amd64");

  static EngineKind of(Version version, Info info) {
    List<VersionComponent> components =
        Optional.ofNullable(version.getComponents()).orElse(List.of());
    boolean podman = components.stream().anyMatch(each -> PODMAN.equals(each.getName()));
    List<String> security = Optional.ofNullable(info.getSecurityOptions()).orElse(List.of());
    return new EngineKind(
        (podman ? PODMAN : "Docker") + " " + version.getVersion(),
        String.valueOf(info.getOperatingSystem()),
        String.valueOf(info.getArchitecture()),
        // Further words may follow after a comma.
        security.stream()
            .flatMap(each -> Stream.of(each.split(",")))
            .anyMatch("name=rootless"::equals));
  }

  /**
   * Sees to it that it can run a cluster's node.
   *
   * @throws EnvironmentTrouble if it is known that it cannot
   */
  void requirePrivileges() {
    if (rootless) {
      throw new EnvironmentTrouble(
          """
          The engine %s runs rootless, and a cluster's node needs the privileges of root on its \
          machine.
          Remedy: use an engine that runs as root, by DOCKER_HOST; or a cluster that exists: \
          -Dwq.cluster=<context>."""
              .formatted(name));
    }
  }

  /** What it is, if the harness has not been run on its like. */
  Optional<String> untried() {
    boolean tried =
        !name.startsWith(PODMAN) && !system.startsWith(DESKTOP) && TRIED.contains(architecture);
    return tried
        ? Optional.empty()
        : Optional.of("%s on %s, %s".formatted(name, system, architecture));
  }
}
