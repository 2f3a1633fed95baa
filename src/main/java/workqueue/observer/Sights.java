package workqueue.observer;

import java.io.UncheckedIOException;
import java.time.Instant;
import workqueue.Redaction;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Records when an observer lost sight, and why. */
final class Sights {
  private Sights() {}

  static void lost(Recorder recorder, Source source, Instant from, String why) {
    recorder.record(source, new Gap(source, from, recorder.now(), why));
  }

  static void lost(Recorder recorder, Source source, Instant from, String what, Throwable why) {
    lost(recorder, source, from, what + ": " + words(why));
  }

  static String words(Throwable failure) {
    Throwable why = failure instanceof UncheckedIOException wrapper ? wrapper.getCause() : failure;
    String text = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    return Redaction.redact(text.lines().findFirst().orElse(text));
  }
}
