package workqueue.fault;

import java.time.Duration;

/** Faults of the wire between workers and broker, by the tap that lies between them. */
public final class WireFaults {
  private final Site site;
  private final Strikes strikes;

  WireFaults(Site site, Strikes strikes) {
    this.site = site;
    this.strikes = strikes;
  }

  /**
   * From now on nothing passes on any connection, old or new, and none is closed, as if the broker
   * had vanished without a word; healing lets pass what was held back.
   */
  public Fault silence() {
    return strikes.lasting(
        Kind.SILENCE,
        site.broker().service(),
        "nothing passes",
        () -> {
          site.tap().silence(true);
          return "the tap passes nothing on";
        },
        () -> {
          site.tap().silence(false);
          return "the tap passes on";
        });
  }

  /** Resets all connections, and refuses new ones until it is healed. */
  public Fault partition() {
    return strikes.lasting(
        Kind.PARTITION,
        site.broker().service(),
        "connections are reset and refused",
        () -> {
          site.tap().refuse(true);
          site.tap().resetAll();
          return "the tap refuses";
        },
        () -> {
          site.tap().refuse(false);
          return "the tap accepts";
        });
  }

  /** From now on everything takes this much longer on its way, in either direction. */
  public Fault delay(Duration time) {
    return strikes.lasting(
        Kind.DELAY,
        site.broker().service(),
        time.toMillis() + " ms each way",
        () -> {
          site.tap().delay(time);
          return "the tap delays what comes from now on";
        },
        () -> {
          site.tap().delay(Duration.ZERO);
          return "the tap passes on at once";
        });
  }

  /** Resets all connections that there are; new ones are let in. */
  public Fault reset() {
    return strikes.once(
        Kind.RESET_CONNECTIONS,
        site.broker().service(),
        "all that there are",
        () -> {
          site.tap().resetAll();
          return "their sockets are reset";
        });
  }
}
