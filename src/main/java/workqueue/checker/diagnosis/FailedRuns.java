package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.Recorded;
import workqueue.history.Termination;
import workqueue.history.WorkerEvent.LogLine;

/** Why runs of workers' containers ended badly, told from how they ended and what they printed. */
final class FailedRuns {
  private static final Map<FindingCode, Pattern> PRINTED =
      Map.of(
          FindingCode.SERVICE_NOT_RESOLVED,
          words(
              "hostname lookup failed|could not resolve|name or service not known"
                  + "|failure in name resolution|getaddrinfo|no such host|unknownhost"),
          FindingCode.URL_MALFORMED,
          words(
              "(invalid|malformed|bad|cannot parse|could not parse|unparsable|failed to parse)"
                  + ".{0,20} (uri|url|port)\\b|net/url: |amqp scheme|port could not be cast"
                  + "|invalid percent-encod|invalid url escape|port out of range"),
          FindingCode.QUEUE_MISSING,
          words("not_found - no queue|no such queue|queue: '.{0,255}' not found"),
          FindingCode.BROKER_UNREACHABLE,
          words(
              "socket error|connection refused|econnrefused|no route to host|request timed out"
                  + "|connection (to broker )?(closed unexpectedly|reset)|amqpconnectionerror"
                  + "|could not connect|network is unreachable|opening socket"),
          FindingCode.COMMAND_NOT_RUNNABLE,
          words("execvp: |exec format error|exec: .*not found|: (permission denied|not found)$"));
  // A look-up that fails also says that it could not connect: the nearer reason goes first.
  private static final List<FindingCode> ORDER =
      List.of(
          FindingCode.URL_MALFORMED,
          FindingCode.SERVICE_NOT_RESOLVED,
          FindingCode.QUEUE_MISSING,
          FindingCode.COMMAND_NOT_RUNNABLE,
          FindingCode.BROKER_UNREACHABLE);

  private final List<Run> all = new ArrayList<>();
  private final Map<FindingCode, List<Run>> standing;

  /**
   * A run that ended badly.
   *
   * @param cause null if neither its end nor its log tells
   * @param standing whether its pod got no further after it, or its Job failed
   * @param proof its end, and the line that tells the cause if one does
   */
  record Run(
      JobView job,
      Attempt attempt,
      FindingCode cause,
      boolean standing,
      String said,
      List<Long> proof) {}

  FailedRuns(Picture picture) {
    for (JobView job : picture.jobs()) {
      boolean failed = job.state().failedForGood();
      boolean complete = job.state().complete();
      for (PodView pod : job.pods) {
        List<Run> runs =
            pod.attempts().stream()
                .filter(Attempt::failed)
                .map(each -> run(job, each, failed || (!complete && gotNoFurther(each))))
                .toList();
        all.addAll(withoutOvercome(runs));
      }
    }
    standing =
        all.stream()
            .filter(run -> run.standing() && run.cause() != null)
            .collect(Collectors.groupingBy(Run::cause));
  }

  /** A cause that a later run of the pod did not meet any more, for it met another, is overcome. */
  private static List<Run> withoutOvercome(List<Run> runs) {
    if (runs.size() < 2) {
      return runs;
    }
    Optional<FindingCode> met =
        runs.stream().map(Run::cause).filter(Objects::nonNull).reduce((earlier, later) -> later);
    return runs.stream()
        .map(
            run ->
                met.isEmpty() || run.cause() == null || run.cause() == met.get()
                    ? run
                    : new Run(
                        run.job(), run.attempt(), run.cause(), false, run.said(), run.proof()))
        .toList();
  }

  List<Run> all() {
    return all;
  }

  List<Run> standing(FindingCode cause) {
    return standing.getOrDefault(cause, List.of());
  }

  private static Run run(JobView job, Attempt attempt, boolean standing) {
    Termination end = attempt.end().orElseThrow();
    if (end.reason().equals("OOMKilled")) {
      return new Run(
          job,
          attempt,
          FindingCode.OUT_OF_MEMORY,
          standing,
          "OOMKilled",
          List.of(attempt.endSeq()));
    }
    if (!attempt.began()) {
      return new Run(
          job,
          attempt,
          keptFromRunning(attempt, end),
          standing,
          end.message(),
          List.of(attempt.endSeq()));
    }
    for (Recorded<LogLine> line : attempt.lines()) {
      Optional<Refusal> refusal = Refusal.in(line.event().text());
      if (refusal.isPresent()) {
        return printed(job, attempt, refusal.get().code(), standing, line);
      }
    }
    for (FindingCode code : ORDER) {
      for (Recorded<LogLine> line : attempt.lines()) {
        if (PRINTED.get(code).matcher(line.event().text()).find()) {
          return printed(job, attempt, code, standing, line);
        }
      }
    }
    boolean notFound = end.exitCode() == 126 || end.exitCode() == 127;
    return new Run(
        job,
        attempt,
        notFound ? FindingCode.COMMAND_NOT_RUNNABLE : null,
        standing,
        "exit code " + end.exitCode(),
        List.of(attempt.endSeq()));
  }

  private static Run printed(
      JobView job, Attempt attempt, FindingCode code, boolean standing, Recorded<LogLine> line) {
    return new Run(
        job, attempt, code, standing, line.event().text(), List.of(line.seq(), attempt.endSeq()));
  }

  /**
   * What kept a container from running. A pod on its way out loses its volumes before its
   * containers, and a newer kubelet gives a container that it no longer starts an end of its own
   * (137, ContainerStatusUnknown): that is no fault of the command.
   */
  private static FindingCode keptFromRunning(Attempt attempt, Termination end) {
    if (end.message().contains("OOM-killed")) {
      return FindingCode.OUT_OF_MEMORY;
    }
    boolean onItsWayOut =
        attempt.lostSightOf()
            || end.message().contains("error mounting")
            || attempt.endedOnceDeleted();
    return onItsWayOut ? null : FindingCode.COMMAND_NOT_RUNNABLE;
  }

  /** Whether no later run of its pod goes on or went well. */
  private static boolean gotNoFurther(Attempt attempt) {
    for (Attempt other : attempt.pod.attempts()) {
      if (other.number > attempt.number && (other.running() || other.succeeded())) {
        return false;
      }
    }
    return !attempt.pod.succeeded();
  }

  private static Pattern words(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
