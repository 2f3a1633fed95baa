package workqueue.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Something that a scenario measured beside its verdict.
 *
 * @param name what was measured, in a few words
 * @param value written with one decimal
 * @param unit for example {@code MiB}; empty for a ratio
 */
public record Figure(String name, double value, String unit) {
  public Figure {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A figure says what was measured.");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A figure is a number: " + name + " is " + value + ".");
    }
  }

  BigDecimal rounded() {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
  }

  /** The figure in a line, for example {@code peak heap: 143.2 MiB}. */
  @Override
  public String toString() {
    return (name + ": " + rounded().toPlainString() + " " + unit).strip();
  }
}
