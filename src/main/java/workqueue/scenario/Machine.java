package workqueue.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of machine that costs are measured on: machines of one kind are alike in what a worker
 * costs on them.
 *
 * @param processors how many it has
 * @param model of the processors; empty if it does not tell
 * @param gibibytes of memory, rounded up; 0 if it does not tell
 */
record Machine(int processors, String model, long gibibytes) {
  private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.*\\S)\\s*");
  private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s*(\\d+) kB");
  private static final long KIBIBYTES = 1L << 20;

  /** The one that this JVM and the throwaway clusters are on. */
  static Machine here() {
    return of(
        Runtime.getRuntime().availableProcessors(),
        lines(Path.of("/proc/cpuinfo")),
        lines(Path.of("/proc/meminfo")));
  }

  /** By the lines of {@code /proc/cpuinfo} and {@code /proc/meminfo}. */
  static Machine of(int processors, List<String> cpuinfo, List<String> meminfo) {
    long kibibytes = Long.parseLong(first(MEMORY, meminfo, "0"));
    return new Machine(
        processors, first(MODEL, cpuinfo, ""), (kibibytes + KIBIBYTES - 1) / KIBIBYTES);
  }

  /** In words, for example {@code 2 × AMD EPYC 7763 64-Core Processor, 16 GiB}. */
  String kind() {
    return processors
        + " × "
        + (model.isEmpty() ? System.getProperty("os.arch") : model)
        + (gibibytes == 0 ? "" : ", " + gibibytes + " GiB");
  }

  private static String first(Pattern pattern, List<String> lines, String otherwise) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst()
        .orElse(otherwise);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException nothingToRead) {
      return List.of();
    }
  }
}
