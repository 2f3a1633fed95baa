package workqueue.checker.view;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of a resource as Kubernetes writes it, for example {@code 250m} or {@code 512Mi}. */
public final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("(?<number>[+-]?[0-9]*\\.?[0-9]+)(?<unit>[a-zA-Z]{0,2})");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

  private Quantity() {}

  /** Its value in the resource's unit: cores, bytes or pieces; empty if it has another form. */
  public static Optional<BigDecimal> value(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !UNITS.containsKey(matcher.group("unit"))) {
      return Optional.empty();
    }
    return Optional.of(
        new BigDecimal(matcher.group("number")).multiply(UNITS.get(matcher.group("unit"))));
  }
}
