package workqueue.walkthrough;

import workqueue.Redaction;
import workqueue.report.NotDone;

/** Says that a documented step needs more than there is here, which is no fault of anything. */
final class StepNotRun extends RuntimeException implements NotDone {
  private static final long serialVersionUID = 1L;

  StepNotRun(String why) {
    super(Redaction.redact(why));
  }
}
