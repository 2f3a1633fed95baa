package workqueue.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import workqueue.Items;
import workqueue.history.ClaimSpec;
import workqueue.history.Environment;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;

/** Writes histories of a sound run that claim something of it. */
final class Histories {
  private Histories() {}

  /** One that claims that its queue is drained, which it is; and expects this verdict on that. */
  static Path write(Path file, String expected) {
    return write(file, "job1", expected);
  }

  /** One of whose queue nothing was seen. */
  static Path ofAnotherQueue(Path file) {
    return write(file, "another", "VALID");
  }

  private static Path write(Path file, String queue, String expected) {
    HistoryFile.write(
        new History(
            new Header(
                "outcome.told",
                HistoryBuilder.START,
                new Environment(
                    new Environment.Cluster("throwaway", "kubernetes", "v1.37.2", 1), null, null),
                Evidence.ofTutorial(),
                List.of(new ClaimSpec("drains", Map.of("queue", queue), expected))),
            HistoryBuilder.soundRun(Items.ofTutorial(2)).history().events()),
        file);
    return file;
  }
}
