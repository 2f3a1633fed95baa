package workqueue.conformance;

import java.time.Duration;

/** A consumer that waits for minutes before there is an item. */
final class IdleConsumer implements Trial {
  private static final Duration IDLE = Duration.ofSeconds(150);
  private static final Duration WHOLE = Duration.ofMinutes(5);

  @Override
  public String check() {
    return "network.idle";
  }

  @Override
  public void run(OwnObjects own, Parts parts) {
    own.passingProbe(parts.idleScout(IDLE), WHOLE);
  }
}
