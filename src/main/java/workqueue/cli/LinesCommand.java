package workqueue.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.FixturesFolder;
import workqueue.conformance.Conformance;
import workqueue.tutorial.Fixtures;

/** Does something about a cluster that is told in lines, and has no verdict. */
@Command(mixinStandardHelpOptions = true, versionProvider = Versions.class)
final class LinesCommand implements Callable<Integer> {
  private final BiFunction<Conformance, Map<String, String>, List<String>> done;
  @Spec private CommandSpec spec;

  private LinesCommand(BiFunction<Conformance, Map<String, String>, List<String>> done) {
    this.done = done;
  }

  /** The images that a cluster has to be able to pull. */
  static CommandSpec images() {
    return of(Conformance::images, "Prints the images that the cluster has to be able to pull.");
  }

  /** Removes what a run that was killed has left. */
  static CommandSpec undo() {
    return of(Conformance::undo, "Removes what a run that was killed has left in a namespace.");
  }

  private static CommandSpec of(
      BiFunction<Conformance, Map<String, String>, List<String>> done, String description) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new LinesCommand(done));
    spec.usageMessage().description(description, "").abbreviateSynopsis(true).sortOptions(false);
    Options.add(spec, CheckCommand::isOfACluster);
    return spec;
  }

  @Override
  public Integer call() {
    Map<String, String> given = CheckCommand.given(spec, ConformanceMode.PREFLIGHT);
    // Nothing of it is reported.
    Conformance conformance =
        new Conformance(new Fixtures(FixturesFolder.root()), Path.of("reports"));
    done.apply(conformance, given).forEach(spec.commandLine().getOut()::println);
    return ExitCode.VALID;
  }
}
