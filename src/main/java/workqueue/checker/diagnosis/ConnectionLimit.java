package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.CONNECTION_LIMIT;

import java.util.List;

/** The user, the virtual host or the node may have no more connections. */
final class ConnectionLimit extends Cause {

  ConnectionLimit() {
    super(
        CONNECTION_LIMIT,
        Scope.JOB,
        """
        The broker takes no more connections, because the user, the virtual host or the node has as many as it may have. Workers that keep
        a connection each reach such a limit with `parallelism`.
        """,
        Remedy.by(Who.BROKER, "raise the limit of connections"),
        Remedy.by(Who.JOB, "lower parallelism"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.refused(Refusal.CONNECTION_LIMIT);
  }
}
