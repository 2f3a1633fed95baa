package workqueue.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.Nearest;
import workqueue.conformance.Conformance;

/** Prints the least rights that a mode needs; applies nothing. */
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Prints ServiceAccount, Role and RoleBinding for a mode; applies nothing.")
final class RoleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--namespace",
      required = true,
      paramLabel = "<namespace>",
      description = "In which the Role is to hold")
  private String namespace;

  @Option(
      names = "--mode",
      defaultValue = "quick",
      paramLabel = "<mode>",
      description = "preflight or quick (quick)")
  private String mode;

  @Override
  public Integer call() {
    ConformanceMode wanted =
        ConformanceMode.of(mode)
            .orElseThrow(
                () ->
                    new EnvironmentTrouble(
                        "--mode=%s: there is no such mode. Did you mean %s?"
                            .formatted(
                                mode,
                                Nearest.of(
                                    mode,
                                    Arrays.stream(ConformanceMode.values())
                                        .map(ConformanceMode::word)
                                        .toList()))));
    spec.commandLine().getOut().print(Conformance.role(namespace, wanted));
    spec.commandLine().getOut().flush();
    return ExitCode.VALID;
  }
}
