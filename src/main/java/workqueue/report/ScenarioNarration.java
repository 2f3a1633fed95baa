package workqueue.report;

import java.time.Duration;

/** Tells of one scenario, whose steps follow each other. */
public interface ScenarioNarration {

  /**
   * A step begins.
   *
   * @param number its place, from 1
   * @param title what it does, in a few words
   */
  void begins(int number, String id, String title);

  /**
   * The present step still waits; may be called as often as one looks, and is told now and then.
   *
   * @param what what is waited for, for example {@code an AMQP login}
   * @param lastState what was seen last, for example {@code connection refused}
   * @param limit when the wait gives up
   */
  void waits(String what, String lastState, Duration waited, Duration limit);

  /** Something worth a line that is no step: where things lie, what was kept. */
  void says(String text);

  /**
   * A step ended, or was not reached.
   *
   * @param number its place, from 1
   */
  void ends(int number, StepResult result);
}
