package workqueue.history;

import java.time.Instant;
import workqueue.Redaction;

/** What workers print. An attempt is one run of a container; the first is 0. */
public sealed interface WorkerEvent extends Event {

  /**
   * A line that a worker printed.
   *
   * @param previous whether it was read from a container that had been replaced
   * @param line its number in this attempt's log, from 1
   * @param text without passwords
   * @param secret whether a password was taken out of the text
   * @param loggedAt when the container runtime got it; null if not known
   */
  record LogLine(
      PodRef pod,
      String container,
      int attempt,
      boolean previous,
      long line,
      String text,
      boolean secret,
      Instant loggedAt)
      implements WorkerEvent {
    public LogLine {
      Text.present("pod", pod);
      container = Text.required("container", container);
      String clean = Text.clean(text);
      secret = secret || (text != null && !text.equals(Redaction.redact(text)));
      text = clean;
    }

    public static LogLine of(
        PodRef pod, String container, int attempt, long line, String text, Instant loggedAt) {
      return new LogLine(pod, container, attempt, false, line, text, false, loggedAt);
    }
  }

  /** The log of an attempt was read to the end it had then; one that runs on may print more. */
  record LogComplete(PodRef pod, String container, int attempt, long lines) implements WorkerEvent {
    public LogComplete {
      Text.present("pod", pod);
      container = Text.required("container", container);
    }
  }
}
