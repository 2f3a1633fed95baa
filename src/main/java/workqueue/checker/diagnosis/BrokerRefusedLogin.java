package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BROKER_REFUSED_LOGIN;

import java.util.List;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Try;

/** The broker refuses the user or the password. */
final class BrokerRefusedLogin extends Cause {

  BrokerRefusedLogin() {
    super(
        BROKER_REFUSED_LOGIN,
        Scope.BROKER,
        """
        The user does not exist, its password is another, or it may not use the virtual host. RabbitMQ's `guest` may log in from the
        broker's own machine only, unless the broker is told otherwise. Where the wire shows that workers log in otherwise than they were given it, that is
        said: their login is built in.
        """,
        Remedy.by(Who.AUTHOR, "take user and password from BROKER_URL"),
        Remedy.by(Who.JOB, "correct the Secret or the URL that the workers get"),
        Remedy.by(Who.BROKER, "create the user, or set its password"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> told = seen.refused(Refusal.LOGIN);
    return told.isEmpty() && Troubled.isLookedAt(seen) ? byProbe(seen) : told;
  }

  /** What the harness itself was denied, unless a worker's log tells it. */
  private static List<Suspicion> byProbe(Examination seen) {
    return Troubled.last(seen.picture(), Try.LOG_IN, Outcome.DENIED).stream()
        .filter(any -> seen.runs().standing(BROKER_REFUSED_LOGIN).isEmpty())
        .map(
            probe ->
                Suspicion.of(BROKER_REFUSED_LOGIN, Refusal.LOGIN.message())
                    .proof(probe.seq())
                    .remedy(Refusal.LOGIN.remedy()))
        .toList();
  }
}
