package workqueue.corpus;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Adds recorded histories to the corpus, for {@code fixtures/record}. */
public final class AddToCorpus {
  private final Corpus corpus;
  private final PrintStream out;
  private final PrintStream err;
  private int added;
  private int refused;

  AddToCorpus(Path root, PrintStream out, PrintStream err) {
    this.corpus = new Corpus(root);
    this.out = out;
    this.err = err;
  }

  /** Takes the folder of the corpus, the label, which may be empty, and files or folders. */
  public static void main(String[] arguments) throws IOException {
    List<Path> given = Stream.of(arguments).skip(2).map(Path::of).toList();
    System.exit(
        new AddToCorpus(Path.of(arguments[0]), System.out, System.err).add(given, arguments[1]));
  }

  /** Adds what is given; returns the exit code, 0 if all of it was added. */
  int add(List<Path> given, String label) throws IOException {
    for (Path file : files(given)) {
      try {
        out.println("added " + corpus.add(file, label));
        added++;
      } catch (Refused reason) {
        refuse(reason.getMessage());
      }
    }
    out.printf("%d added, %d refused%n", added, refused);
    return refused == 0 ? 0 : 1;
  }

  private List<Path> files(List<Path> given) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path each : given) {
      List<Path> found = files(each);
      if (!Files.exists(each)) {
        refuse(each + ": there is no such file or folder.");
      } else if (found.isEmpty()) {
        refuse(
            "%s: there is no history, no file *%s, in it.%nRun a suite, for example mvn verify -Poutcome."
                .formatted(each, Corpus.RECORDED));
      }
      files.addAll(found);
    }
    return files;
  }

  private static List<Path> files(Path given) throws IOException {
    if (!Files.exists(given)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(given)) {
      return files
          .filter(Files::isRegularFile)
          .filter(each -> each.getFileName().toString().endsWith(Corpus.RECORDED))
          .sorted()
          .toList();
    }
  }

  private void refuse(String message) {
    err.println("refused " + message);
    refused++;
  }
}
