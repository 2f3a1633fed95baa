package workqueue.observer;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Collectors;
import workqueue.Redaction;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.WaitedInVain;

/** Records when an observer lost sight, and why. */
final class Sights {
  private Sights() {}

  static void lost(Recorder recorder, Source source, Instant from, String why) {
    recorder.record(source, new Gap(source, from, recorder.now(), why));
  }

  static void lost(Recorder recorder, Source source, Instant from, String what, Throwable why) {
    lost(recorder, source, from, what + ": " + words(why));
  }

  /** The first line, and what was seen last if something was waited for. */
  static String words(Throwable failure) {
    Throwable why = failure instanceof UncheckedIOException wrapper ? wrapper.getCause() : failure;
    String text = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    int lines = why instanceof WaitedInVain ? 2 : 1;
    return Redaction.redact(text.lines().limit(lines).collect(Collectors.joining(" ")));
  }
}
