package workqueue.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workqueue.configuration.FixturesFolder;

/** Gets what a throwaway cluster needs; the script says more of itself. */
@Command(
    name = "bootstrap",
    description =
        "Gets what a throwaway cluster needs: a Docker engine and images. Its own --help tells its options.")
final class BootstrapCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<option>", hidden = true)
  private List<String> given = List.of();

  @Override
  public Integer call() {
    List<String> command =
        new ArrayList<>(List.of(FixturesFolder.root().resolve("bootstrap").toString()));
    command.addAll(given);
    try {
      return Processes.await(new ProcessBuilder(command).inheritIO());
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
