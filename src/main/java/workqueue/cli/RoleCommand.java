package workqueue.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
  /** The suites that can stay in a namespace that exists. */
  private static final List<String> SUITES = List.of("walkthrough", "gate");

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
      description = "preflight, quick, full, walkthrough or gate (quick)")
  private String mode;

  @Override
  public Integer call() {
    List<String> modes = Stream.concat(ConformanceMode.words().stream(), SUITES.stream()).toList();
    if (!modes.contains(mode)) {
      throw new EnvironmentTrouble(
          "--mode=%s: there is no such mode. Did you mean %s?"
              .formatted(mode, Nearest.of(mode, modes)));
    }
    spec.commandLine()
        .getOut()
        .print(
            ConformanceMode.of(mode)
                .map(wanted -> Conformance.role(namespace, wanted))
                .orElseGet(() -> Conformance.roleOfSuites(namespace)));
    spec.commandLine().getOut().flush();
    return ExitCode.VALID;
  }
}
