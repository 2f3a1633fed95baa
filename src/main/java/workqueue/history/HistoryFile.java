package workqueue.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a history as NDJSON: the header on the first line, then one event a line.
 *
 * <p>What was read is written again byte for byte.
 */
public final class HistoryFile {
  private static final String RECORD_AGAIN =
      "Record it again: run the scenario, its history is written to reports/histories.";

  private HistoryFile() {}

  /** Writes the history; folders that are missing are made, a file that is there is replaced. */
  public static void write(History history, Path file) {
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        out.append(Lines.ofHeader(history.header())).append('\n');
        for (Recorded<?> event : history.events()) {
          out.append(Lines.ofEvent(event)).append('\n');
        }
      }
    } catch (IOException trouble) {
      throw new UncheckedIOException("Cannot write the history " + file, trouble);
    }
  }

  /**
   * Reads a history.
   *
   * @throws UnreadableHistory if there is none in the file, or a damaged or newer one
   */
  public static History read(Path file) {
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException missing) {
      throw new UnreadableHistory(
          file + ": there is no such file.\nName a history: mvn verify -Pjudge -Dwq.history=<file>",
          missing);
    } catch (MalformedInputException notText) {
      throw new UnreadableHistory(
          file + ": this is not text in UTF-8, so it is no history.\n" + RECORD_AGAIN, notText);
    } catch (IOException trouble) {
      throw new UncheckedIOException("Cannot read the history " + file, trouble);
    }
  }

  /** The history as it would be written. */
  public static String toText(History history) {
    StringBuilder text = new StringBuilder(Lines.ofHeader(history.header())).append('\n');
    history.events().forEach(event -> text.append(Lines.ofEvent(event)).append('\n'));
    return text.toString();
  }

  /**
   * Reads a history from text.
   *
   * @param name what messages call it
   */
  public static History fromText(String name, String text) {
    try {
      return read(name, new StringReader(text));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static History read(String name, Reader in) throws IOException {
    LineReader lines = new LineReader(new BufferedReader(in));
    String first = lines.next();
    if (first == null) {
      throw new UnreadableHistory(name + ": the file is empty.\n" + RECORD_AGAIN, null);
    }
    Header header = parse(name, lines, () -> Lines.header(first));
    List<Recorded<?>> events = new ArrayList<>();
    long before = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = line;
      Recorded<?> event = parse(name, lines, () -> Lines.event(text));
      if (event.seq() <= before) {
        throw damaged(
            name,
            lines.number,
            "the sequence jumps back from " + before + " to " + event.seq(),
            "Lines were moved or two files were joined. " + RECORD_AGAIN,
            null);
      }
      before = event.seq();
      events.add(event);
    }
    return new History(header, events);
  }

  private static <T> T parse(String name, LineReader lines, Parser<T> parser) {
    try {
      T parsed = parser.parse();
      if (lines.cut) {
        throw new Lines.Unfit("the line does not end: the file was cut off", RECORD_AGAIN, null);
      }
      return parsed;
    } catch (Lines.Unfit unfit) {
      String what = lines.cut ? "the line does not end: the file was cut off" : unfit.getMessage();
      throw damaged(name, lines.number, what, lines.cut ? RECORD_AGAIN : unfit.remedy(), unfit);
    }
  }

  private static UnreadableHistory damaged(
      String name, long line, String what, String remedy, Throwable cause) {
    return new UnreadableHistory(name + ", line " + line + ": " + what + ".\n" + remedy, cause);
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse() throws Lines.Unfit;
  }

  /** Tells a line that ends from one that the file's end cut off. */
  private static final class LineReader {
    private final BufferedReader in;
    private long number;
    private boolean cut;

    LineReader(BufferedReader in) {
      this.in = in;
    }

    String next() throws IOException {
      StringBuilder line = new StringBuilder();
      int c = in.read();
      if (c < 0) {
        return null;
      }
      number++;
      for (; c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      cut = c < 0;
      return line.toString();
    }
  }
}
