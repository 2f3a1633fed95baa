package workqueue.observer;

import io.fabric8.kubernetes.client.KubernetesClientException;
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
    String text = text(why);
    int lines = why instanceof WaitedInVain ? 2 : 1;
    return Redaction.redact(text.lines().limit(lines).collect(Collectors.joining(" ")));
  }

  /** What an API server says in an answer, without the request and all else of that. */
  private static String text(Throwable why) {
    if (why instanceof KubernetesClientException refused
        && refused.getStatus() != null
        && refused.getStatus().getMessage() != null) {
      return refused.getStatus().getMessage();
    }
    return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
  }
}
