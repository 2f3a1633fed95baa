package workqueue.broker;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Passwords that nobody guesses, and that no other word in a log is taken for. */
public final class Passwords {
  private static final int BITS = 80;

  private Passwords() {}

  /** Another one each time. */
  public static String any() {
    return "pw" + new BigInteger(BITS, new SecureRandom()).toString(Character.MAX_RADIX);
  }
}
