package workqueue.conformance;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Kubeconfig;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.ClusterChoice;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.Parameter;
import workqueue.configuration.WorkerChoice;
import workqueue.report.RunInfo;
import workqueue.report.RunReport;
import workqueue.tutorial.Fixtures;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/**
 * The door to the checks of a cluster that exists, for whoever runs them without JUnit.
 *
 * <p>A run leaves {@code result.json} and its history in the folder for reports, as all runs do.
 */
public final class Conformance {
  private static final String DOCUMENTED_BROKER = "rabbitmq";

  private final Fixtures fixtures;
  private final Path reports;
  private final Kubeconfig kubeconfig;
  private final Function<ConformanceMode, List<Trial>> trials;

  /**
   * @param fixtures the documented manifests
   * @param reports the folder that gets the result
   */
  public Conformance(Fixtures fixtures, Path reports) {
    this(fixtures, reports, Kubeconfig.usual());
  }

  Conformance(Fixtures fixtures, Path reports, Kubeconfig kubeconfig) {
    this(fixtures, reports, kubeconfig, Trials::in);
  }

  /**
   * @param trials of single checks, which a mode makes once it has made the proof
   */
  Conformance(
      Fixtures fixtures,
      Path reports,
      Kubeconfig kubeconfig,
      Function<ConformanceMode, List<Trial>> trials) {
    this.trials = trials;
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
    return check(parameters, ConformanceMode.PREFLIGHT);
  }

  /**
   * Proves that a cluster runs the pattern, with one broker and one Job in a namespace that exists,
   * and removes both again.
   *
   * @param parameters as {@code -D} gives them; {@code wq.cluster} names a context, and {@code
   *     wq.namespace} and {@code wq.worker.image} are there
   * @throws EnvironmentTrouble if a parameter is wrong, the cluster is not reached or the namespace
   *     is being checked already; the result then says UNKNOWN
   */
  public Outcome quick(Map<String, String> parameters) {
    return check(parameters, ConformanceMode.QUICK);
  }

  /**
   * Proves the same, and then tries one thing after the other that takes longer.
   *
   * @param parameters as for {@link #quick}
   * @throws EnvironmentTrouble as {@link #quick} does
   */
  public Outcome full(Map<String, String> parameters) {
    return check(parameters, ConformanceMode.FULL);
  }

  /**
   * Looks at a cluster in a mode.
   *
   * @throws EnvironmentTrouble as the mode's own method does
   */
  public Outcome check(Map<String, String> parameters, ConformanceMode mode) {
    RunInfo info = RunInfo.start();
    RunReport report = RunReport.begin(reports, info);
    Configuration configuration = existing(parameters, mode);
    Config config = config(kubeconfig, configuration.cluster());
    if (mode != ConformanceMode.PREFLIGHT) {
      requireNamed(mode, configuration, config);
    }
    long start = System.nanoTime();
    Visited visited =
        visit(
            config,
            kubeconfig,
            configuration,
            mode,
            namespace(configuration, config),
            PatternImages.of(configuration),
            info.id());
    visited.report(report, visited.file(), (System.nanoTime() - start) / 1e9);
    return new Outcome(
        report.finish().verdict(),
        visited.result(),
        visited.answers(),
        visited.lines(),
        report.path(),
        reports.resolve(visited.file()));
  }

  /** Nothing is made where somebody just happens to be. */
  private static void requireNamed(
      ConformanceMode mode, Configuration configuration, Config config) {
    List<String> missing = new ArrayList<>();
    if (configuration.cluster() instanceof ClusterChoice.Current) {
      missing.add("wq.cluster=" + config.getCurrentContext().getName());
    }
    if (configuration.guest().namespace().isEmpty()) {
      missing.add("wq.namespace=<one that exists>");
    }
    if (!(configuration.worker() instanceof WorkerChoice.Image)) {
      missing.add("wq.worker.image=<an image of fixtures/worker that the cluster can pull>");
    }
    if (!missing.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          A %s check makes a broker and a Job, so it has to be told where, and of which image.
          Remedy: give %s; or run a preflight, which makes nothing."""
              .formatted(mode.word(), String.join(", ", missing)));
    }
  }

  /** What the kubeconfig says of a cluster that exists. */
  public static Config config(Kubeconfig kubeconfig, ClusterChoice cluster) {
    return kubeconfig.read(
        cluster instanceof ClusterChoice.Context named
            ? Optional.of(named.name())
            : Optional.empty());
  }

  /**
   * Visits a cluster.
   *
   * @param kubeconfig where its configuration is from, for messages
   * @param namespace in which the guest stays
   * @param run whose objects are made
   * @return what it came to; the record is written to the folder for reports
   * @throws EnvironmentTrouble if the cluster is not reached
   */
  public Visited visit(
      Config config,
      Kubeconfig kubeconfig,
      Configuration configuration,
      ConformanceMode mode,
      String namespace,
      PatternImages images,
      String run) {
    try (Session session =
        new Session(config, kubeconfig, configuration, fixtures, mode, namespace, images, run)) {
      session.visit(trials.apply(mode));
      return session.finish(reports);
    }
  }

  /**
   * Removes what a run that was killed has left in a namespace.
   *
   * @param parameters as {@code -D} gives them: {@code wq.cluster} and {@code wq.namespace}
   * @return what was found and done, in lines for a terminal
   * @throws EnvironmentTrouble if the cluster is not reached, or something is still there after a
   *     minute and a half
   */
  public List<String> undo(Map<String, String> parameters) {
    Configuration configuration = existing(parameters, ConformanceMode.PREFLIGHT);
    Config config = config(kubeconfig, configuration.cluster());
    return new Undo(
            config,
            namespace(configuration, config),
            new Patience(configuration.timeoutScale(), Progress.NONE))
        .undo();
  }

  /**
   * The images that a cluster has to be able to pull, one a line.
   *
   * @param parameters as {@code -D} gives them
   */
  public List<String> images(Map<String, String> parameters) {
    PatternImages images = PatternImages.of(read(parameters, ConformanceMode.PREFLIGHT));
    return List.of(images.broker(), images.worker());
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
   * The rights that walkthrough and gate use where they stay in a namespace, in the same form.
   *
   * @param namespace in which they are to hold
   */
  public static String roleOfSuites(String namespace) {
    return Role.yamlOfSuites(namespace);
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
    List<String> rights =
        Stream.concat(
                found.rights(ConformanceMode.FULL).stream().map(Object::toString),
                found.optional().stream().map(each -> each + " (optional)"))
            .map(each -> each.replace(Role.NAMESPACE, "<namespace>"))
            .toList();
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
            rights.isEmpty() ? "those that every user has" : String.join(", ", rights),
            found.cost(),
            found.owner());
  }

  /**
   * The configuration of a cluster that exists.
   *
   * @throws EnvironmentTrouble if it is one of a throwaway cluster
   */
  private static Configuration existing(Map<String, String> parameters, ConformanceMode mode) {
    Configuration configuration = read(parameters, mode);
    if (!configuration.cluster().exists()) {
      throw new EnvironmentTrouble(
          """
          wq.cluster=k3s is a throwaway cluster, and what is checked is one that exists.
          Remedy: wq.cluster=current or a kubeconfig context; or mvn verify -Pconformance, which \
          checks a throwaway one.""");
    }
    return configuration;
  }

  private static String namespace(Configuration configuration, Config config) {
    return configuration
        .guest()
        .namespace()
        .or(() -> Optional.ofNullable(config.getNamespace()))
        .orElse("default");
  }

  /** What the parameters say, where the defaults are those of a check. */
  public static Configuration read(Map<String, String> parameters, ConformanceMode mode) {
    Map<String, String> given = new TreeMap<>(parameters);
    given.put(Parameter.CONFORMANCE_MODE.key(), mode.word());
    given.putIfAbsent(Parameter.CLUSTER.key(), "current");
    // Images that were built on this machine are on no other.
    given.putIfAbsent(Parameter.BROKER_IMAGE.key(), DOCUMENTED_BROKER);
    return Configuration.from(given, AvailableImages.here());
  }
}
