package workqueue.gate;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Names of queues that no worker can know beforehand. */
public final class QueueName {
  private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
  private static final int LENGTH = 5;

  private QueueName() {}

  /** For example {@code items-kqtzb}. */
  public static String any() {
    return new SecureRandom()
        .ints(LENGTH, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining("", "items-", ""));
  }
}
