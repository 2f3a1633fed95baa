package workqueue.checker.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode.Nature;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;
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

  public Outlook {
    findings = List.copyOf(findings);
  }

  public static Outlook of(History history) {
    return of(history, Diagnosis.WINDOW);
  }

  /**
   * The outlook.
   *
   * @param window how long a state that others might fix must have lasted to be hopeless
   */
  public static Outlook of(History history, Duration window) {
    return of(new Picture(history), window);
  }

  public static Outlook of(Picture picture, Duration window) {
    List<Finding> findings = Diagnosis.of(picture, window).findings();
    return new Outlook(prospect(picture, window), findings);
  }

  /** The codes of the causes known so far. */
  public Set<FindingCode> roots() {
    return new Diagnosis(findings).roots();
  }

  /**
   * Whether more waiting would not show anything else: it is over, or hopeless, or workers were
   * seen to use what is not theirs, which they go on to do even where somebody might still stop
   * them.
   */
  public boolean isDecided() {
    return prospect != Prospect.OPEN || roots().contains(FindingCode.OTHER_QUEUE);
  }

  private static Prospect prospect(Picture picture, Duration window) {
    boolean seen = !picture.jobs().isEmpty();
    if (seen && picture.jobs().stream().allMatch(job -> job.state().complete())) {
      return Prospect.DONE;
    }
    if (picture.jobs().stream().anyMatch(job -> job.state().failedForGood())) {
      return Prospect.HOPELESS;
    }
    boolean starved =
        picture.jobs().stream().anyMatch(job -> Starved.of(picture, job, window).isPresent());
    return starved || lasting(picture, window).findAny().isPresent()
        ? Prospect.HOPELESS
        : Prospect.OPEN;
  }

  /** What keeps the Jobs from completing and does not pass by itself. */
  static Stream<Finding> lasting(Picture picture, Duration window) {
    return Diagnosis.of(picture, window).findings().stream()
        .filter(finding -> keepsFromCompleting(finding.code()))
        .filter(finding -> lasted(picture, finding, window));
  }

  private static boolean keepsFromCompleting(FindingCode code) {
    return code.nature() == Nature.LASTS || code.mayPass();
  }

  private static boolean lasted(Picture picture, Finding finding, Duration window) {
    if (!finding.code().mayPass()) {
      return finding.role() == Role.ROOT || finding.code() == FindingCode.WAITING_FOR_WORK;
    }
    Duration patience = picture.patience(window);
    return finding.role() == Role.ROOT
        && picture.jobs().stream().noneMatch(job -> othersRun(picture, job, finding))
        && picture.jobs().stream()
            .allMatch(job -> Stuck.since(job.lastProgress().at(), picture, patience));
  }

  /** Whether a worker runs that the finding is not about, and has something to work on. */
  private static boolean othersRun(Picture picture, JobView job, Finding finding) {
    return job.attempts().stream()
        .filter(Attempt::running)
        .filter(attempt -> !finding.pods().contains(attempt.pod.ref.name()))
        .anyMatch(attempt -> mayWork(picture, job, attempt.pod));
  }

  private static boolean mayWork(Picture picture, JobView job, PodView pod) {
    boolean nothingReady =
        picture
            .queue(job.queue())
            .last()
            .map(sample -> Integer.valueOf(0).equals(sample.event().ready()))
            .orElse(false);
    boolean tapped = picture.connections().seen();
    return !nothingReady || !tapped || !WireView.of(picture).heldBy(pod.ref.name()).isEmpty();
  }
}
