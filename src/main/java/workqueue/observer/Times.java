package workqueue.observer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Reads the times of the Kubernetes API. */
final class Times {
  private Times() {}

  /** The instant to the microsecond; null if there is none or it is no time. */
  static Instant of(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException none) {
      return null;
    }
  }
}
