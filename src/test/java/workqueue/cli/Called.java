package workqueue.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line that was carried out in this JVM.
 *
 * @param out what the command itself said; what a run narrates goes to the JVM's own
 */
record Called(int code, String out, String err) {

  static Called with(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLines.of(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new Called(code, out.toString(), err.toString());
  }

  /** One that was not understood. */
  static Called refused(String message) {
    return new Called(2, "", message);
  }
}
