package workqueue.report;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import workqueue.Redaction;
import workqueue.history.HarnessEvent.Deviation;
import workqueue.history.HarnessEvent.StepChecked;

/** Runs steps as Allure's steps; outside an Allure test it only runs them. */
public final class AllureSteps {
  private final AllureLifecycle allure;

  /** Steps of the test that runs in the present thread. */
  public AllureSteps() {
    this(Allure.getLifecycle());
  }

  AllureSteps(AllureLifecycle allure) {
    this.allure = allure;
  }

  /** What is done in a step. */
  @FunctionalInterface
  public interface Body<E extends Exception> {
    void run(Step step) throws E;
  }

  /** The step while it runs. */
  public interface Step {
    /** Notes a deviation from the documented step, as parameters of Allure's step. */
    void adapted(Deviation adapted);

    /** Notes what was compared with what is documented, as a step of Allure's step. */
    void checked(StepChecked check);
  }

  /** A step that nobody reads of. */
  private static final class Unreported implements Step {
    @Override
    public void adapted(Deviation adapted) {}

    @Override
    public void checked(StepChecked check) {}
  }

  /** A step of Allure's. */
  private final class Reported implements Step {
    private final String id;

    private Reported(String id) {
      this.id = id;
    }

    @Override
    public void adapted(Deviation adapted) {
      allure.updateStep(id, step -> note(step, adapted));
    }

    @Override
    public void checked(StepChecked check) {
      String its = UUID.randomUUID().toString();
      allure.startStep(
          id, its, named(check.what()).setStatus(check.passes() ? Status.PASSED : Status.FAILED));
      if (check.expected() != null) {
        allure.updateStep(
            its, step -> step.getParameters().add(parameter("expected", check.expected())));
      }
      allure.updateStep(its, step -> step.getParameters().add(parameter("actual", check.actual())));
      allure.stopStep(its);
    }
  }

  /**
   * Runs a step; it is passed, failed if an {@link AssertionError} came of it, skipped if it says
   * itself that it was {@link NotDone}, and broken if anything else came of it.
   */
  public <E extends Exception> void run(String title, Body<E> body) throws E {
    if (allure.getCurrentTestCaseOrStep().isEmpty()) {
      body.run(new Unreported());
      return;
    }
    String id = UUID.randomUUID().toString();
    allure.startStep(id, named(title));
    try {
      body.run(new Reported(id));
      allure.updateStep(id, step -> step.setStatus(Status.PASSED));
    } catch (Throwable thrown) {
      Status status =
          thrown instanceof NotDone
              ? Status.SKIPPED
              : thrown instanceof AssertionError ? Status.FAILED : Status.BROKEN;
      allure.updateStep(id, step -> step.setStatus(status).setStatusDetails(details(thrown)));
      throw thrown;
    } finally {
      allure.stopStep(id);
    }
  }

  /** Notes a step that was not reached, as skipped. */
  public void notRun(String title) {
    if (allure.getCurrentTestCaseOrStep().isPresent()) {
      String id = UUID.randomUUID().toString();
      allure.startStep(id, named(title).setStatus(Status.SKIPPED));
      allure.stopStep(id);
    }
  }

  private static io.qameta.allure.model.StepResult named(String title) {
    return new io.qameta.allure.model.StepResult().setName(Redaction.redact(title));
  }

  /** Two parameters a deviation, numbered where there are several. */
  private static void note(io.qameta.allure.model.StepResult step, Deviation adapted) {
    int before = step.getParameters().size() / 2;
    String number = before == 0 ? "" : " " + (before + 1);
    step.getParameters().add(parameter("documented" + number, adapted.documented()));
    step.getParameters()
        .add(parameter("done" + number, adapted.done() + " (" + adapted.why() + ")"));
  }

  static Parameter parameter(String name, String value) {
    return new Parameter().setName(name).setValue(Redaction.redact(value));
  }

  private static StatusDetails details(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return new StatusDetails()
        .setMessage(Messages.of(thrown))
        .setTrace(Redaction.redact(trace.toString()));
  }
}
