package workqueue.observer;

import java.util.List;
import workqueue.history.PodRef;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/** The log of one run of a container: each line is recorded once, however often it is read. */
final class AttemptLog {
  final PodRef pod;
  final ContainerRun run;
  private final Recorder recorder;
  private long recorded;
  private long told = -1;
  private boolean whole;
  private boolean lost;
  private boolean postponed;

  AttemptLog(PodRef pod, ContainerRun run, Recorder recorder) {
    this.pod = pod;
    this.run = run;
    this.recorder = recorder;
  }

  /** Takes a line while it is being followed; {@code number} counts from 1. */
  synchronized void follow(long number, LogText.Line line) {
    if (number > recorded) {
      record(number, line, false);
    }
  }

  /**
   * Takes the log as it was read from its beginning to its end.
   *
   * @param end whether the run has ended, so that nothing can follow
   */
  synchronized void read(List<LogText.Line> lines, boolean previous, boolean end) {
    for (long number = recorded + 1; number <= lines.size(); number++) {
      record(number, lines.get((int) number - 1), previous);
    }
    complete(end);
  }

  /** Nothing more is to come now, or ever. */
  synchronized void complete(boolean end) {
    if (told != recorded) {
      told = recorded;
      recorder.record(Source.LOGS, new LogComplete(pod, run.container(), run.attempt(), recorded));
    }
    whole = whole || end;
  }

  synchronized void giveUp(String why) {
    if (!settled()) {
      lost = true;
      tell("could not be read to its end", why);
    }
  }

  /** It cannot be read now, but perhaps later; this is told once. */
  synchronized void postpone(String why) {
    if (!settled() && !postponed) {
      postponed = true;
      tell("cannot be read now", why);
    }
  }

  private void tell(String trouble, String why) {
    Sights.lost(
        recorder,
        Source.LOGS,
        recorder.now(),
        "the log of %s %s: %s".formatted(this, trouble, why));
  }

  /** Whether it was read to its end, or never will be. */
  synchronized boolean settled() {
    return whole || lost;
  }

  private void record(long number, LogText.Line line, boolean previous) {
    String clean = recorder.secrets().redact(line.text());
    boolean secret = !clean.equals(line.text());
    recorder.record(
        Source.LOGS,
        new LogLine(
            pod, run.container(), run.attempt(), previous, number, clean, secret, line.at()));
    recorded = number;
  }

  @Override
  public String toString() {
    return "%s, container %s, attempt %d".formatted(pod, run.container(), run.attempt());
  }
}
