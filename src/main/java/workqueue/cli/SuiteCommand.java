package workqueue.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Configuration;

/** Runs the suites of a Maven profile. */
@picocli.CommandLine.Command(mixinStandardHelpOptions = true, versionProvider = Versions.class)
class SuiteCommand implements Callable<Integer> {
  /** Parameters that begin so are those of one command only. */
  private static final Set<String> OWNED =
      Set.of("wq.gate.", "wq.conformance.", "wq.chaos.", "wq.history");

  private final List<String> suites;
  @Spec private CommandSpec spec;
  @Mixin private ReportsOption reports;

  SuiteCommand(List<String> suites) {
    this.suites = suites;
  }

  /** Walks through the documented task. */
  static CommandSpec walkthrough() {
    return command(
        new SuiteCommand(List.of("workqueue.WalkthroughIT")),
        "wq.walkthrough.",
        "Carries out the documented task, step by step, in both editions.");
  }

  /** Holds a worker against the rules. */
  static CommandSpec gate() {
    return command(
        new GateCommand(),
        "wq.gate.",
        "Holds a worker against the rules of the pattern; work-queue.yaml here says what it is.");
  }

  private static CommandSpec command(SuiteCommand runs, String own, String description) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(runs);
    spec.usageMessage().description(description, "").abbreviateSynopsis(true).sortOptions(false);
    Options.add(
        spec,
        parameter ->
            OWNED.stream()
                .noneMatch(each -> !each.equals(own) && parameter.key().startsWith(each)));
    return spec;
  }

  final CommandSpec spec() {
    return spec;
  }

  /** The parameters, all of which can be used. */
  Map<String, String> parameters() {
    Map<String, String> given = Options.given(spec.commandLine().getParseResult());
    Configuration.from(given, AvailableImages.here());
    return given;
  }

  @Override
  public final Integer call() {
    Map<String, String> given = parameters();
    Path folder = reports.folder();
    return ChildJvm.isNeeded()
        ? ChildJvm.run(spec.root().commandLine().getParseResult().originalArgs())
        : run(given, folder);
  }

  /** Runs the suites, and returns the exit code. */
  int run(Map<String, String> given, Path folder) {
    return new SuiteRun(suites, given, folder, spec.commandLine().getErr()).run();
  }
}
