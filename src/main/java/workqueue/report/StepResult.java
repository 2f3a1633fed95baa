package workqueue.report;

import java.util.List;
import java.util.Objects;
import workqueue.history.HarnessEvent.Deviation;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.History;

/**
 * What became of one documented step.
 *
 * @param id the step's id, for example {@code start-broker}
 * @param seconds how long it took; 0 if it was not run
 * @param adapted every deviation from the documented step; empty if there was none
 * @param message why it failed, or was not run although none before it failed; null otherwise
 */
public record StepResult(
    String id, Status status, double seconds, List<Deviation> adapted, String message) {

  /** How a step ended. */
  public enum Status {
    /** It was done, and its check held. */
    PASSED("passed"),
    /** It could not be done, or its check did not hold. */
    FAILED("failed"),
    /** A step before it failed, or it needs more than there is here. */
    NOT_RUN("not-run");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The word for it in the result file and on the console. */
    public String word() {
      return word;
    }
  }

  public StepResult {
    if (id.isBlank()) {
      throw new IllegalArgumentException("A step has an id.");
    }
    Objects.requireNonNull(status);
    Seconds.check(seconds);
    adapted = List.copyOf(adapted);
    boolean says = message != null && !message.isBlank();
    if ((status == Status.FAILED && !says) || (status == Status.PASSED && says)) {
      throw new IllegalArgumentException(
          "A failed step says why, and one that passed does not: "
              + id
              + " "
              + status.word()
              + ": "
              + message);
    }
  }

  /** What the record says of a step. */
  public static StepResult of(StepEnded event) {
    Status status =
        switch (event.end()) {
          case SHOWN -> Status.PASSED;
          case NOT_SHOWN, NOT_DONE -> Status.FAILED;
          case NOT_RUN -> Status.NOT_RUN;
        };
    return new StepResult(
        event.step(),
        status,
        event.seconds(),
        event.deviations(),
        event.message().isEmpty() ? null : event.message());
  }

  /** What a history says of the steps that were walked, in their order. */
  public static List<StepResult> allIn(History history) {
    return history.all(StepEnded.class).stream().map(each -> of(each.event())).toList();
  }

  /** A step that was done, and whose check held. */
  public static StepResult passed(String id, double seconds, List<Deviation> adapted) {
    return new StepResult(id, Status.PASSED, seconds, adapted, null);
  }

  /** A step that failed with this message. */
  public static StepResult failed(
      String id, double seconds, List<Deviation> adapted, String message) {
    return new StepResult(id, Status.FAILED, seconds, adapted, message);
  }

  /** A step that failed with the message of what was thrown, or its type if it has none. */
  public static StepResult failed(
      String id, double seconds, List<Deviation> adapted, Throwable cause) {
    return failed(id, seconds, adapted, Messages.of(cause));
  }

  /** A step that was not reached. */
  public static StepResult notRun(String id) {
    return new StepResult(id, Status.NOT_RUN, 0, List.of(), null);
  }
}
