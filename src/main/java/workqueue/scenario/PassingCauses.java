package workqueue.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;

/** Tells what a Job is waited for because of, while that lasts and when it has gone. */
final class PassingCauses {
  // What goes away sooner is nothing that anybody would ask about.
  private static final Duration WORTH_A_LINE = Duration.ofSeconds(3);

  private final Consumer<String> teller;
  private final Map<FindingCode, Instant> since = new EnumMap<>(FindingCode.class);
  private final Map<FindingCode, Duration> gone = new EnumMap<>(FindingCode.class);
  private final Set<FindingCode> told = new HashSet<>();

  PassingCauses(Consumer<String> teller) {
    this.teller = teller;
  }

  /** Takes what is found now. */
  void sees(Iterable<Finding> findings, Instant now) {
    Set<FindingCode> here = new HashSet<>();
    for (Finding each : findings) {
      if (each.role() != Role.ROOT || !each.code().mayPass()) {
        continue;
      }
      here.add(each.code());
      Instant first = since.computeIfAbsent(each.code(), any -> now);
      if (!Duration.between(first, now).minus(WORTH_A_LINE).isNegative() && told.add(each.code())) {
        teller.accept("waits, for it may pass: " + each.code() + ": " + each.message());
      }
    }
    for (FindingCode code : Set.copyOf(since.keySet())) {
      if (!here.contains(code)) {
        Duration lasted = Duration.between(since.remove(code), now);
        if (told.remove(code)) {
          gone.merge(code, lasted, Duration::plus);
          teller.accept(code + " has passed after " + lasted.toSeconds() + " s");
        }
      }
    }
  }

  /** How long what has passed had lasted. */
  Map<FindingCode, Duration> passed() {
    return Map.copyOf(gone);
  }
}
