package workqueue.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import workqueue.bundle.Bundle;
import workqueue.bundle.Comparison;

/** Says what came out otherwise in another bundle, for example after a cluster was upgraded. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = "Says, check by check, what came out otherwise in the second of two bundles.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all came out the same",
      "1:something did not; or a bundle was changed",
      "2:a bundle cannot be read"
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<before>", description = "A bundle.")
  private Path before;

  @Parameters(index = "1", paramLabel = "<after>", description = "Another, of a later run.")
  private Path after;

  @Override
  public Integer call() {
    Bundle first = Bundle.read(before);
    Bundle second = Bundle.read(after);
    tell(before, first);
    tell(after, second);
    PrintWriter out = spec.commandLine().getOut();
    Comparison comparison = Comparison.of(first.result(), second.result());
    comparison.differing().forEach(line -> out.println("  " + line));
    out.println(
        "%d differ, %d are the same".formatted(comparison.differing().size(), comparison.same()));
    return comparison.differing().isEmpty() ? ExitCode.VALID : ExitCode.INVALID;
  }

  private void tell(Path file, Bundle bundle) {
    spec.commandLine()
        .getOut()
        .println(
            "%s: %s, %s"
                .formatted(
                    file,
                    bundle.result().path("verdict").asText(),
                    Comparison.where(bundle.result())));
  }
}
