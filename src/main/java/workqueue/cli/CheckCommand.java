package workqueue.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.FixturesFolder;
import workqueue.configuration.Parameter;
import workqueue.conformance.Conformance;
import workqueue.conformance.Outcome;
import workqueue.tutorial.Fixtures;

/** Checks a cluster that exists, and packs what is to be handed on. */
@Command(mixinStandardHelpOptions = true, versionProvider = Versions.class)
final class CheckCommand implements Callable<Integer> {
  /** Parameters that begin so are about something else. */
  private static final Set<String> OTHERS =
      Set.of(
          "wq.gate.",
          "wq.chaos.",
          "wq.history",
          "wq.scenario",
          "wq.repeat",
          "wq.keep",
          "wq.queue.",
          "wq.cluster.",
          "wq.conformance.mode");

  private final ConformanceMode mode;
  @Spec private CommandSpec spec;
  @Mixin private ReportsOption reports;

  private CheckCommand(ConformanceMode mode) {
    this.mode = mode;
  }

  /** The command of a mode, which has its name. */
  static CommandSpec of(ConformanceMode mode, String description) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new CheckCommand(mode));
    spec.usageMessage().description(description, "").abbreviateSynopsis(true).sortOptions(false);
    Options.add(spec, CheckCommand::isOfACluster);
    return spec;
  }

  /** Whether a parameter says something of a cluster that exists. */
  static boolean isOfACluster(Parameter parameter) {
    return OTHERS.stream().noneMatch(parameter.key()::startsWith);
  }

  @Override
  public Integer call() {
    Map<String, String> given = given(spec, mode);
    Path folder = reports.folder();
    SuiteRun.forgetTheRunBefore(folder, false);
    Conformance conformance = new Conformance(new Fixtures(FixturesFolder.root()), folder);
    Outcome outcome = conformance.check(given, mode);
    outcome.lines().forEach(spec.commandLine().getOut()::println);
    Path bundle = new HandedOn(folder, outcome).pack(mode);
    spec.commandLine().getOut().println("Bundle: " + bundle);
    return ExitCode.of(Optional.of(outcome.verdict()));
  }

  /** The parameters, refused before anything is written where they cannot be used. */
  static Map<String, String> given(CommandSpec spec, ConformanceMode mode) {
    Map<String, String> given = Options.given(spec.commandLine().getParseResult());
    Conformance.read(given, mode);
    return given;
  }
}
