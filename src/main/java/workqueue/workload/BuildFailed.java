package workqueue.workload;

import workqueue.Redaction;

/** Says that a Dockerfile does not build, with the last lines that the build printed. */
public final class BuildFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BuildFailed(String message) {
    super(Redaction.redact(message));
  }
}
