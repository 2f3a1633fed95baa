package workqueue.cli;

import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import workqueue.EnvironmentTrouble;
import workqueue.Redaction;
import workqueue.bundle.ChangedBundle;
import workqueue.configuration.ConformanceMode;

/** Puts the commands together. */
final class CommandLines {
  static final String NAME = "work-queue";

  private CommandLines() {}

  /** All commands, which print to these. */
  static CommandLine of(PrintWriter out, PrintWriter err) {
    CommandLine all =
        new CommandLine(new WorkQueueCommand())
            .addSubcommand(new JudgeCommand())
            .addSubcommand("walkthrough", SuiteCommand.walkthrough())
            .addSubcommand("gate", SuiteCommand.gate())
            .addSubcommand(
                new CommandLine(new ConformanceCommand())
                    .addSubcommand(
                        ConformanceMode.PREFLIGHT.word(),
                        CheckCommand.of(
                            ConformanceMode.PREFLIGHT,
                            "Says what stands against the pattern on a cluster; makes nothing there."))
                    .addSubcommand(
                        ConformanceMode.QUICK.word(),
                        CheckCommand.of(
                            ConformanceMode.QUICK,
                            "Proves that a cluster runs the pattern, by one broker and one Job."))
                    .addSubcommand(
                        ConformanceMode.FULL.word(),
                        CheckCommand.of(
                            ConformanceMode.FULL,
                            "Proves the same, and then tries what takes longer, one after the other."))
                    .addSubcommand(new RoleCommand())
                    .addSubcommand("images", LinesCommand.images())
                    .addSubcommand(new ExplainCommand())
                    .addSubcommand("undo", LinesCommand.undo())
                    .addSubcommand(new VerifyCommand())
                    .addSubcommand(new DiffCommand()))
            .addSubcommand(new BootstrapCommand())
            .addSubcommand("completion", completion());
    // The script's own options.
    all.getSubcommands().get("bootstrap").setUnmatchedOptionsArePositionalParams(true);
    all.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new BadInput())
        .setExecutionExceptionHandler(CommandLines::failed);
    return all;
  }

  private static CommandSpec completion() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new GenerateCompletion());
    spec.usageMessage()
        .description("Prints a script for bash and zsh: source <(%s completion)".formatted(NAME));
    return spec;
  }

  /** What kept a command from doing its work is told in its own words; what is a bug in full. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof EnvironmentTrouble) {
      command.getErr().println(Options.named(Redaction.redact(failure.getMessage())));
    } else if (failure instanceof ChangedBundle) {
      command.getErr().println(failure.getMessage());
      return ExitCode.INVALID;
    } else {
      failure.printStackTrace(command.getErr());
    }
    return ExitCode.UNKNOWN;
  }
}
