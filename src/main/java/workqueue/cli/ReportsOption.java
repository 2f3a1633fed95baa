package workqueue.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a command reports. */
final class ReportsOption {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--reports",
      paramLabel = "<folder>",
      defaultValue = "reports",
      description = "The folder for result.json and all else that is reported (reports)")
  private Path folder;

  /** The folder, which may still have to be made. */
  Path folder() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ParameterException(
          command.commandLine(),
          "--reports="
              + folder
              + ": this is a file; allowed is a folder, which is made if need be.");
    }
    return folder;
  }
}
