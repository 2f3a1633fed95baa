package workqueue.checker;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workqueue.checker.Finding.Role;
import workqueue.history.History;

/**
 * Whether it is worth waiting for the Jobs of a record that is still being written.
 *
 * @param findings what is known so far, causes first
 */
public record Outlook(Prospect prospect, List<Finding> findings) {

  /** What may still come of the Jobs. */
  public enum Prospect {
    /** All Jobs are complete. */
    DONE,
    /** They may still complete: wait on. */
    OPEN,
    /** They cannot complete by themselves any more: stop waiting. */
    HOPELESS
  }

  /** Causes that do not go away without somebody doing something. */
  private static final Set<FindingCode> LASTING =
      EnumSet.of(
          FindingCode.BACKOFF_LIMIT_EXCEEDED,
          FindingCode.DEADLINE_EXCEEDED,
          FindingCode.POD_FAILURE_POLICY,
          FindingCode.JOB_FAILED,
          FindingCode.VANISHED,
          FindingCode.WAITING_FOR_WORK,
          FindingCode.SUSPENDED,
          FindingCode.NO_WORKERS,
          FindingCode.CONTROLLER_INACTIVE,
          FindingCode.TAKEN_OVER,
          FindingCode.QUOTA_EXCEEDED,
          FindingCode.ADMISSION_DENIED,
          FindingCode.IMAGE_NOT_PULLABLE,
          FindingCode.COMMAND_NOT_RUNNABLE,
          FindingCode.UNSCHEDULABLE);

  public Outlook {
    findings = List.copyOf(findings);
  }

  public static Outlook of(History history) {
    return of(history, Diagnosis.WINDOW);
  }

  /**
   * The outlook.
   *
   * @param window how long a state that others might mend must have lasted to be hopeless
   */
  public static Outlook of(History history, Duration window) {
    return of(new Picture(history), window);
  }

  static Outlook of(Picture picture, Duration window) {
    List<Finding> findings = picture.diagnosis(window).findings();
    return new Outlook(prospect(picture, window), findings);
  }

  /** The codes of the causes known so far. */
  public Set<FindingCode> roots() {
    return new Diagnosis(findings).roots();
  }

  private static Prospect prospect(Picture picture, Duration window) {
    boolean seen = !picture.jobs().isEmpty();
    if (seen && picture.jobs().stream().allMatch(job -> job.state().complete())) {
      return Prospect.DONE;
    }
    if (picture.jobs().stream().anyMatch(job -> job.state().failedForGood())) {
      return Prospect.HOPELESS;
    }
    return lasting(picture, window).findAny().isPresent() ? Prospect.HOPELESS : Prospect.OPEN;
  }

  /** What keeps the Jobs from completing and does not pass by itself. */
  static Stream<Finding> lasting(Picture picture, Duration window) {
    return picture.diagnosis(window).findings().stream()
        .filter(finding -> LASTING.contains(finding.code()))
        .filter(finding -> Waits.lasted(picture, finding, window));
  }

  /** Whether this passes by itself now and then, so that it is lasting only after a window. */
  static boolean mayPass(FindingCode code) {
    return Waits.MAY_PASS.contains(code);
  }

  /** Which states must have lasted a while before they are taken for lasting. */
  private static final class Waits {
    private static final Set<FindingCode> MAY_PASS =
        EnumSet.of(
            FindingCode.QUOTA_EXCEEDED,
            FindingCode.UNSCHEDULABLE,
            FindingCode.IMAGE_NOT_PULLABLE,
            FindingCode.COMMAND_NOT_RUNNABLE);

    static boolean lasted(Picture picture, Finding finding, Duration window) {
      if (finding.role() == Role.CONSEQUENCE || !MAY_PASS.contains(finding.code())) {
        return finding.role() == Role.ROOT || finding.code() == FindingCode.WAITING_FOR_WORK;
      }
      boolean active = picture.jobs().stream().anyMatch(job -> runs(job));
      return !active
          && picture.jobs().stream()
              .allMatch(
                  job ->
                      !Duration.between(job.lastProgress().at(), picture.now())
                          .minus(window)
                          .isNegative());
    }

    private static boolean runs(JobView job) {
      return job.attempts().stream().anyMatch(Attempt::running);
    }
  }
}
