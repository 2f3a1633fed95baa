package workqueue.observer;

import java.time.Duration;
import workqueue.broker.Amqp;
import workqueue.broker.Broker;
import workqueue.cluster.PodShell;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Tries what pods depend on, when something looks wrong, and records what came of it. */
public final class Probes {
  private static final Duration LOOK_UP = Duration.ofSeconds(20);
  private static final int UNKNOWN_NAME = 2;

  private final Recorder recorder;

  public Probes(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * Looks a name up in a pod, as its own programs would.
   *
   * @param pod the name of the pod that the shell leads into; its image needs {@code getent}
   */
  public Recorded<Probe> lookUp(String name, PodShell shell, String pod) {
    try {
      return record(lookedUp(name, pod, shell.run("getent", LOOK_UP, "getent", "hosts", name)));
    } catch (RuntimeException failure) {
      return record(new Probe(Try.LOOK_UP, name, pod, Outcome.NOT_TRIED, Sights.words(failure)));
    }
  }

  /** Logs in to the broker from this machine. */
  public Recorded<Probe> logIn(Broker broker) {
    Amqp amqp = broker.amqp();
    return record(loggedIn(amqp.url().toString(), amqp.logIn()));
  }

  static Probe lookedUp(String name, String pod, PodShell.Outcome outcome) {
    Outcome came =
        switch (outcome.code()) {
          case 0 -> Outcome.OK;
          case UNKNOWN_NAME -> Outcome.NOT_FOUND;
          default -> Outcome.NOT_TRIED;
        };
    return new Probe(Try.LOOK_UP, name, pod, came, outcome.gist());
  }

  static Probe loggedIn(String url, Amqp.Login login) {
    return new Probe(
        Try.LOG_IN,
        url,
        "harness",
        login.refusal().map(refusal -> outcome(refusal, login.detail())).orElse(Outcome.OK),
        login.detail());
  }

  private static Outcome outcome(Amqp.Refusal refusal, String words) {
    return switch (refusal) {
      case LOGIN, VHOST -> Outcome.DENIED;
      case NO_AMQP -> Outcome.NO_ANSWER;
      case UNREACHABLE -> {
        if (words.contains("no host of that name")) {
          yield Outcome.NOT_FOUND;
        }
        yield words.contains("refused") ? Outcome.REFUSED : Outcome.NO_ANSWER;
      }
    };
  }

  private Recorded<Probe> record(Probe probe) {
    return recorder.record(Source.PROBES, probe);
  }
}
