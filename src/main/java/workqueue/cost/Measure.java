package workqueue.cost;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Something of a worker that takes time or space; a figure for each of its pods. */
public enum Measure {
  /** Much of it is the node's: to make a pod takes now this long, now that. */
  START("from a pod's start to its item", Unit.SECONDS, 0.3, 0.1),
  /** All of it is the worker's. */
  WORK("work on an item", Unit.SECONDS, 0.05, 0.05),
  /** A kubelet looks for ends once a second. */
  END("from the ack to the pod's end", Unit.SECONDS, 0.5, 0.1),
  /** All three together, for where the wire is out of sight. */
  POD("a pod's life", Unit.SECONDS, 0.5, 0.1),
  CPU("CPU time of a pod", Unit.SECONDS, 0.05, 0.2),
  MEMORY("peak memory of a pod", Unit.MEBIBYTES, 4, 0.1),
  IMAGE("the image", Unit.MEBIBYTES, 4, 0.05);

  /** What a figure counts. */
  public enum Unit {
    SECONDS("s"),
    MEBIBYTES("MiB");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** A value in words, for example {@code 0.31 s}. */
    public String text(double value) {
      return String.format(Locale.ROOT, this == SECONDS ? "%.2f %s" : "%.1f %s", value, symbol);
    }
  }

  private static final Set<Measure> ON_THE_WIRE = EnumSet.of(START, WORK, END);

  private final String words;
  private final Unit unit;
  private final double least;
  private final double part;

  Measure(String words, Unit unit, double least, double part) {
    this.words = words;
    this.unit = unit;
    this.least = least;
    this.part = part;
  }

  /** The name that baselines use, for example {@code memory}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is measured, for example "work on an item". */
  public String words() {
    return words;
  }

  public Unit unit() {
    return unit;
  }

  /** How much more is put up with, where it was this much before. */
  double tolerated(double before) {
    return Math.max(least, part * before);
  }

  /** Whether one figure says all: an image has one size, where pods differ. */
  boolean isOne() {
    return this == IMAGE;
  }

  /** Those that only the wire can tell, the parts of a pod's life. */
  static Set<Measure> onTheWire() {
    return ON_THE_WIRE;
  }

  /** The measure of this name. */
  public static Optional<Measure> named(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }
}
