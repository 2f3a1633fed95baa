package workqueue.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is said where no command is named. */
@Command(
    name = CommandLines.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    synopsisSubcommandLabel = "<command>",
    description = {
      "Tries the work queue of the Kubernetes task \"Coarse parallel processing using a work queue\".",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:VALID: everything that was claimed is proved by what was seen",
      "1:INVALID: something that was seen contradicts a claim",
      "2:UNKNOWN: it could not be seen; or the input cannot be used"
    },
    footer = {
      "",
      "work-queue stands for java -jar work-queue.jar. `<command> --help` tells its options."
    },
    commandListHeading = "%nCommands:%n")
final class WorkQueueCommand implements Runnable {
  /** Says that one of the command's own commands is missing. */
  static ParameterException missing(CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(),
        "A command is missing: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw missing(spec);
  }
}
