package workqueue.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** What {@code java -jar work-queue.jar} starts. */
public final class Main {
  private Main() {}

  /** Carries out a command; the JVM's exit code tells the verdict. */
  public static void main(String[] args) {
    // What no command awaits, such as a client's idle threads, keeps nobody waiting.
    System.exit(CommandLines.of(writer(System.out), writer(System.err)).execute(args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }
}
