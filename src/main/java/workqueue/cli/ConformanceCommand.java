package workqueue.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is said where none of its commands is named. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    synopsisSubcommandLabel = "<command>",
    description = "Whether a cluster runs the pattern, and what can be handed on as proof of it.",
    commandListHeading = "%nCommands:%n")
final class ConformanceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw WorkQueueCommand.missing(spec);
  }
}
