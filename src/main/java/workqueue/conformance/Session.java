package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.cluster.Belongings;
import workqueue.cluster.Exchange;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.GuestRules;
import workqueue.cluster.Kubeconfig;
import workqueue.configuration.Configuration;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.GuestChoice;
import workqueue.configuration.PodOverlay;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.HistoryFile;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.tutorial.Fixtures;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/** A visit to a cluster while it lasts: the door to it, and the record. */
final class Session implements AutoCloseable {
  /** Of records that are only looked at. */
  static final Header HEADER =
      new Header(Checks.SUITE, Instant.EPOCH, Environment.unknown(), Evidence.none(), List.of());

  private static final Duration LOGIN = Duration.ofMinutes(5);
  private static final Duration DEADLINE = Duration.ofMinutes(15);
  private static final Set<String> MADE =
      Set.of("configmaps", "services", "statefulsets", "pods", "jobs");
  private static final int PODS = 11;
  private static final int PODS_AT_ONCE = 4;

  private final Recorder recorder = new Recorder(Clock.systemUTC());
  private final Instant startedAt = recorder.now();
  private final ConformanceMode mode;
  private final String namespace;
  private final Optional<PodOverlay> overlay;
  private final Pattern documented;
  private final Pattern pattern;
  private final Parts parts;
  private final Patience patience;
  private final Belongings made = new Belongings();
  private final Thread atStop = new Thread(this::remove, "conformance-stop");
  private final Guest guest;
  private final String version;

  /**
   * Asks the cluster for its version.
   *
   * @param kubeconfig where the configuration is from, for messages
   * @throws workqueue.EnvironmentTrouble if it does not tell
   */
  Session(
      Config config,
      Kubeconfig kubeconfig,
      Configuration configuration,
      Fixtures fixtures,
      ConformanceMode mode,
      String namespace,
      PatternImages images,
      String run) {
    this.mode = mode;
    this.namespace = namespace;
    this.overlay = configuration.guest().overlay();
    this.documented =
        Pattern.of(
            fixtures,
            namespace,
            images,
            new GuestChoice(
                configuration.guest().namespace(),
                mode,
                configuration.guest().pullSecrets(),
                Optional.empty()));
    this.pattern = Pattern.of(fixtures, namespace, images, configuration.guest());
    this.patience = new Patience(configuration.timeoutScale(), Progress.NONE);
    this.parts =
        Parts.of(
            run,
            pattern,
            fixtures.root().resolve("conformance").resolve("scout.py"),
            patience.limit(LOGIN).toSeconds(),
            patience.limit(DEADLINE).toSeconds());
    String context = config.getCurrentContext() == null ? "" : config.getCurrentContext().getName();
    recorder.record(
        Source.API,
        new GuestArrived(
            mode.word(),
            context,
            namespace,
            PODS,
            PODS_AT_ONCE,
            configuration.guest().overlay().map(PodOverlay::patch).orElse(null)));
    this.guest =
        new Guest(
            config,
            mode == ConformanceMode.PREFLIGHT
                ? GuestRules.looking(namespace)
                : new GuestRules(namespace, MADE, made::has, made::hasNamed),
            this::record);
    this.version = version(config, kubeconfig);
  }

  private String version(Config config, Kubeconfig kubeconfig) {
    try {
      Answer answer = guest.get("/version");
      JsonNode told = answer.json().path("gitVersion");
      if (!answer.isGood() || !told.isTextual()) {
        throw kubeconfig.explain(
            config.getMasterUrl(), answer.code(), answer.said(), answer.failure());
      }
      return told.asText();
    } catch (RuntimeException failure) {
      guest.close();
      throw failure;
    }
  }

  /**
   * Does all that the mode is about.
   *
   * @param trials of single checks, once the proof was made
   */
  void visit(List<Trial> trials) {
    Rights rights = new Rights(guest, recorder, namespace);
    new Preflight(guest, recorder, namespace, pattern, rights)
        .look(Checks.rights(mode), Checks.optionalRights(mode));
    if (mode != ConformanceMode.PREFLIGHT) {
      Runtime.getRuntime().addShutdownHook(atStop);
      try {
        new Quick(new Reading(guest, recorder, rights), namespace, parts, patience, made, trials)
            .prove(recorder.history(HEADER));
      } finally {
        forgetStop();
      }
    }
  }

  /** What was made does not outlive this JVM, unless that is killed. */
  private void remove() {
    made.remove(guest);
  }

  private void forgetStop() {
    try {
      Runtime.getRuntime().removeShutdownHook(atStop);
    } catch (IllegalStateException stopping) {
      // the hook is what runs
    }
  }

  /** What was recorded comes to this; the record is written. */
  Visited finish(Path reports) {
    Header header =
        new Header(
            Checks.SUITE + "." + mode.word(),
            startedAt,
            new Environment(new Environment.Cluster("existing", "", version, null), null, null),
            Evidence.none(),
            List.of());
    Visited visited = Visited.of(recorder.history(header));
    HistoryFile.write(visited.history(), reports.resolve(visited.file()));
    OverlayFiles.of(visited.history(), documented, overlay)
        .ifPresent(files -> files.write(reports.resolve("overlay")));
    return visited;
  }

  private void record(Exchange exchange) {
    recorder.record(
        Source.API,
        new RequestMade(
            exchange.method(),
            exchange.path(),
            exchange.dryRun(),
            exchange.code().orElse(null),
            exchange.millis(),
            exchange.sentAt(),
            exchange.serverTime().orElse(null),
            exchange.trouble()));
  }

  @Override
  public void close() {
    guest.close();
  }
}
