package workqueue.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Seconds as the reports write them: one decimal, or three for a latency. */
final class Seconds {
  private Seconds() {}

  static double check(double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException("Seconds are a number from 0 on, not " + seconds + ".");
    }
    return seconds;
  }

  static double of(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static BigDecimal rounded(double seconds, int decimals) {
    return BigDecimal.valueOf(seconds).setScale(decimals, RoundingMode.HALF_UP);
  }

  static String text(double seconds) {
    return rounded(seconds, 1).toPlainString() + " s";
  }
}
