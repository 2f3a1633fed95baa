package workqueue.report;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import workqueue.Build;

/**
 * Which run this is.
 *
 * @param id sorts by time and fits a DNS label, for example {@code wq-20261122-101502-k3f9}
 * @param seconds how long the run took so far
 * @param harness the harness's version
 * @param git the commit the harness was run from; {@code unknown} where there is none
 */
public record RunInfo(String id, Instant startedAt, double seconds, String harness, String git) {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String SUFFIX = "abcdefghijklmnopqrstuvwxyz0123456789";

  public RunInfo {
    if (!DNS_LABEL.matcher(id).matches()) {
      throw new IllegalArgumentException("A run's id is a DNS label, not \"" + id + "\".");
    }
    Objects.requireNonNull(startedAt);
    Seconds.check(seconds);
    Objects.requireNonNull(harness);
    Objects.requireNonNull(git);
  }

  /** A run that starts now, from the working directory. */
  public static RunInfo start() {
    return start(Clock.systemUTC(), new SecureRandom(), Path.of(""));
  }

  static RunInfo start(Clock clock, RandomGenerator random, Path directory) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StringBuilder id = new StringBuilder("wq-").append(STAMP.format(now)).append('-');
    for (int i = 0; i < 4; i++) {
      id.append(SUFFIX.charAt(random.nextInt(SUFFIX.length())));
    }
    return new RunInfo(
        id.toString(),
        now,
        0,
        Build.ofJar().map(Build::version).orElseGet(HarnessVersion::read),
        Build.ofJar().map(Build::commit).orElseGet(() -> GitDescription.of(directory)));
  }

  /** The same run after this many seconds. */
  public RunInfo after(double elapsed) {
    return new RunInfo(id, startedAt, elapsed, harness, git);
  }
}
