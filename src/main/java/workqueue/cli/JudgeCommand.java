package workqueue.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import workqueue.configuration.Parameter;
import workqueue.history.HistoryFiles;

/** Judges recorded histories again: neither cluster nor Docker is used. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Judges recorded histories again; neither cluster nor Docker is used.")
final class JudgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ReportsOption reports;

  @Parameters(
      arity = "1..*",
      paramLabel = "<history>",
      description = "A file *.ndjson, or a folder of them, for example reports/histories.")
  private List<Path> given;

  @Override
  public Integer call() {
    for (Path each : given) {
      if (!Files.exists(each)) {
        throw new ParameterException(
            spec.commandLine(),
            "%s: there is no such file or folder; it is looked up from %s."
                .formatted(each, Path.of("").toAbsolutePath()));
      }
    }
    // Refused before anything is written.
    HistoryFiles.of(given);
    return judge(given, reports.folder(), spec.commandLine().getErr());
  }

  /** Judges these files and folders, and returns the exit code. */
  static int judge(List<Path> histories, Path reports, PrintWriter err) {
    return new SuiteRun(
            List.of("workqueue.JudgeIT"),
            Map.of(
                Parameter.HISTORY.key(),
                histories.stream().map(Path::toString).collect(Collectors.joining(","))),
            reports,
            err)
        .run();
  }
}
