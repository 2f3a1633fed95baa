package workqueue.observer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads a log that the kubelet gives with timestamps. */
final class LogText {
  private LogText() {}

  /** A line, and when the container runtime got it. */
  record Line(Instant at, String text) {}

  /** The kubelet's own words where a log should be. */
  static final class KubeletTrouble extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME_END = "://";

    KubeletTrouble(String words) {
      super("the kubelet says: " + words);
    }

    /** Whether it is about the container with this id, as the runtime calls it. */
    boolean isAbout(String id) {
      int scheme = id.indexOf(SCHEME_END);
      return getMessage().contains(id.substring(scheme < 0 ? 0 : scheme + SCHEME_END.length()));
    }

    boolean saysThatTheContainerIsGone() {
      String words = getMessage().toLowerCase(Locale.ROOT);
      return words.contains("notfound")
          || words.contains("not found")
          || words.contains("no such container");
    }
  }

  static List<Line> all(InputStream in) {
    List<Line> lines = new ArrayList<>();
    each(in, lines::add);
    return lines;
  }

  /**
   * Tells each line as it comes, until the log ends.
   *
   * @throws UncheckedIOException if it breaks off, or something else than a log comes
   */
  static void each(InputStream in, Consumer<Line> listener) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        listener.accept(parse(line));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The kubelet gives its own troubles as if they were the log, but without a time. */
  private static Line parse(String line) throws IOException {
    int space = line.indexOf(' ');
    Instant at = Times.of(space < 0 ? line : line.substring(0, space));
    if (at == null) {
      throw new KubeletTrouble(line);
    }
    return new Line(at, space < 0 ? "" : line.substring(space + 1));
  }
}
