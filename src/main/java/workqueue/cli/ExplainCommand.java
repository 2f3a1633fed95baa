package workqueue.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import workqueue.conformance.Conformance;

/** Tells a check in words. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Tells of a check what holds, what that rests on, how it is seen, and who can fix it.")
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "<check>", description = "Its id, for example network.to-pod.")
  private String check;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(Conformance.explain(check));
    spec.commandLine().getOut().flush();
    return ExitCode.VALID;
  }
}
