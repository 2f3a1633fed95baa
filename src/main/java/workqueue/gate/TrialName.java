package workqueue.gate;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Names of what a trial gives its worker, which no worker can know beforehand. */
public final class TrialName {
  private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
  private static final int LENGTH = 5;

  private TrialName() {}

  /** Of a queue, for example {@code items-kqtzb}. */
  public static String queue() {
    return any("items");
  }

  /** Of a user of the broker, for example {@code user-kqtzb}. */
  public static String user() {
    return any("user");
  }

  /** Of the Service that leads to the broker, for example {@code broker-kqtzb}. */
  public static String service() {
    return any("broker");
  }

  private static String any(String what) {
    return new SecureRandom()
        .ints(LENGTH, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining("", what + "-", ""));
  }
}
