package workqueue.fault;

import workqueue.EnvironmentTrouble;

/** Says that what a fault was to strike had ended before. */
public final class TargetGone extends EnvironmentTrouble {
  private static final long serialVersionUID = 1L;

  TargetGone(String message) {
    super(message);
  }
}
