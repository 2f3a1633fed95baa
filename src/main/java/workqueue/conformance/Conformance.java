package workqueue.conformance;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Kubeconfig;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.ClusterChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.Parameter;
import workqueue.report.RunInfo;
import workqueue.report.RunReport;
import workqueue.tutorial.Fixtures;

/**
 * The door to the checks of a cluster that exists, for whoever runs them without JUnit.
 *
 * <p>A run leaves {@code result.json} and its history in the folder for reports, as all runs do.
 */
public final class Conformance {
  private final Fixtures fixtures;
  private final Path reports;
  private final Path kubeconfig;

  /**
   * @param fixtures the documented manifests
   * @param reports the folder that gets the result
   */
  public Conformance(Fixtures fixtures, Path reports) {
    this(fixtures, reports, Kubeconfig.usual());
  }

  Conformance(Fixtures fixtures, Path reports, Path kubeconfig) {
    this.fixtures = fixtures;
    this.reports = reports;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Looks at a cluster without making anything in it.
   *
   * @param parameters as {@code -D} gives them, for example {@code wq.cluster} and {@code
   *     wq.namespace}; the current context, and its own namespace, unless given
   * @throws EnvironmentTrouble if a parameter is wrong or the cluster is not reached; the result
   *     then says UNKNOWN
   */
  public Outcome preflight(Map<String, String> parameters) {
    RunReport report = RunReport.begin(reports, RunInfo.start());
    Configuration configuration = read(parameters, ConformanceMode.PREFLIGHT);
    try (Session session = session(configuration, ConformanceMode.PREFLIGHT)) {
      session.preflight();
      return session.finish(report, reports);
    }
  }

  /**
   * The least rights that a mode needs: service account, Role and RoleBinding as YAML; nothing is
   * applied.
   *
   * @param namespace in which they are to hold
   */
  public static String role(String namespace, ConformanceMode mode) {
    return Role.yaml(namespace, mode);
  }

  /**
   * A check in words: what holds, what that rests on, what is done to see it, who can fix it.
   *
   * @param check its id, for example {@code network.to-pod}
   * @throws EnvironmentTrouble if there is none of that id
   */
  public static String explain(String check) {
    Check found =
        Checks.named(check)
            .orElseThrow(
                () ->
                    new EnvironmentTrouble(
                        "There is no check \"%s\".%nAll checks: %s"
                            .formatted(
                                check,
                                Checks.list().stream()
                                    .map(Check::id)
                                    .collect(Collectors.joining(", ")))));
    return """
        %s (%s)
          holds if:    %s
          rests on:    "%s"
                       %s
          is seen by:  %s
          found:       %s
          rights:      %s
          costs:       %s
          who fixes:   %s
        """
        .formatted(
            found.id(),
            found.level().word(),
            found.holds(),
            found.restsOn().text(),
            found.restsOn().source(),
            found.done(),
            found.blamed().isEmpty()
                ? "UNKNOWN only"
                : found.blamed().stream().map(Enum::name).collect(Collectors.joining(", ")),
            found.rights().isEmpty()
                ? "those that every user has"
                : found.rights().stream()
                    .map(Object::toString)
                    .map(each -> each.replace(Role.NAMESPACE, "<namespace>"))
                    .collect(Collectors.joining(", ")),
            found.cost(),
            found.owner());
  }

  private Configuration read(Map<String, String> parameters, ConformanceMode mode) {
    Map<String, String> given = new TreeMap<>(parameters);
    given.put(Parameter.CONFORMANCE_MODE.key(), mode.word());
    given.putIfAbsent(Parameter.CLUSTER.key(), "current");
    return Configuration.from(given, AvailableImages.in(fixtures.root()));
  }

  private Session session(Configuration configuration, ConformanceMode mode) {
    if (!configuration.cluster().exists()) {
      throw new EnvironmentTrouble(
          """
          wq.cluster=k3s is a throwaway cluster, and what is checked is one that exists.
          Remedy: wq.cluster=current or a kubeconfig context; or mvn verify -Pconformance, which \
          checks a throwaway one.""");
    }
    Optional<String> context =
        configuration.cluster() instanceof ClusterChoice.Context named
            ? Optional.of(named.name())
            : Optional.empty();
    return Session.open(
        Kubeconfig.read(kubeconfig, context), kubeconfig, configuration, fixtures, mode);
  }
}
