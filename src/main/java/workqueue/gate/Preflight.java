package workqueue.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Items;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.diagnosis.ShownKind;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.waiting.Sight;

/**
 * A look at the worker before its trials: whether it takes an item of what it is given. What keeps
 * it from that keeps it from all that the rules ask for, and mostly is a line of its {@code
 * work-queue.yaml}.
 */
public final class Preflight {
  /** How long one that asks for nothing is waited for; why it does so is then looked into. */
  public static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration LONGEST = PATIENCE.plusSeconds(2);

  /** How long one that goes on computing is taken for one that still starts. */
  private static final Duration STARTING = Duration.ofSeconds(60);

  /** Of a processor: what waits or looks now and then uses less, what starts uses more. */
  private static final double COMPUTING = 0.1;

  private static final Duration MEASURED = Duration.ofSeconds(3);
  private static final int FAILURES = 2;

  /** Who is to take one of these, and takes all, is of another kind. */
  private static final int ITEMS = 3;

  private final Duration longest;
  private final Duration starting;
  private final String queue;

  Preflight(UnaryOperator<Duration> limit, String queue) {
    this.longest = limit.apply(LONGEST);
    this.starting = limit.apply(STARTING);
    this.queue = queue;
  }

  /**
   * Runs the worker where there are several items, for 14 s at most after it began; for up to 60 s
   * while it computes, as programs do that take long to start.
   */
  public static List<Claim> on(Stand stand) {
    stand.workload().fill(stand.queue(), Items.ofTutorial(ITEMS));
    stand.run(stand.queue(), spec -> stand.sized(spec, 1).parallelism(1));
    Preflight preflight = new Preflight(stand::limit, stand.queue());
    stand.await("the worker to take an item", history -> preflight.look(history, Instant.now()));
    return List.of(Claims.takesAnItem(stand.queue()), Claims.isOfItsKind());
  }

  Sight<Boolean> look(History history, Instant now) {
    Picture picture = new Picture(history);
    Optional<Instant> began =
        history.all(ContainerState.class).stream()
            .map(each -> each.event().startedAt())
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder());
    boolean starts =
        began.filter(at -> now.isBefore(at.plus(starting))).isPresent() && computes(history, now);
    Outlook outlook = Outlook.of(picture, Diagnosis.WINDOW);
    boolean decided =
        outlook.isDecided()
            && !(starts && outlook.roots().equals(Set.of(FindingCode.NOT_CONSUMING)));
    boolean over = began.filter(at -> now.isAfter(at.plus(longest))).isPresent() && !starts;
    return decided || over || failures(history) >= FAILURES || ShownKind.in(picture).isPresent()
        ? Sight.found(true)
        : Sight.notYet("queue " + queue + " is as it was");
  }

  /** Whether it has used a processor in the last seconds, as its node told. */
  private static boolean computes(History history, Instant now) {
    List<PodUse> uses =
        history.all(PodUse.class, each -> each.cpuNanos() != null).stream()
            .map(Recorded::event)
            .toList();
    if (uses.isEmpty()) {
      return false;
    }
    PodUse last = uses.get(uses.size() - 1);
    if (last.sampledAt().isBefore(now.minus(MEASURED))) {
      return false;
    }
    return uses.stream()
        .filter(each -> !each.sampledAt().isAfter(last.sampledAt().minus(MEASURED)))
        .max(Comparator.comparing(PodUse::sampledAt))
        .map(before -> share(before, last) >= COMPUTING)
        .orElse(false);
  }

  private static double share(PodUse before, PodUse last) {
    return (double) (last.cpuNanos() - before.cpuNanos())
        / Duration.between(before.sampledAt(), last.sampledAt()).toNanos();
  }

  /** How many runs of its container failed. */
  private static long failures(History history) {
    return history
        .all(ContainerState.class, each -> each.exitCode() != null && each.exitCode() != 0)
        .stream()
        .map(each -> each.event().pod().name() + "#" + each.event().restartCount())
        .distinct()
        .count();
  }

  /**
   * What counts of the look: one that was refuted says what to write so that the worker is given
   * what it asks for.
   *
   * @throws NotTried if the worker showed nothing yet, which says nothing about it
   */
  public static Judged settled(History history, Judged judged) {
    if (judged.verdict() == Verdict.UNKNOWN) {
      throw new NotTried(
          "within %d s the worker neither took an item nor ended; its trials tell what becomes of it"
              .formatted(LONGEST.toSeconds()));
    }
    String more =
        Stream.concat(
                lines(history, judged).stream().map("for work-queue.yaml: "::concat),
                found(judged, FindingCode.NOT_CONSUMING)
                    ? Stream.of("if it only takes longer to begin: -Dwq.patience=60")
                    : Stream.empty())
            .map("\n  "::concat)
            .collect(Collectors.joining());
    return judged.verdict() == Verdict.VALID || more.isEmpty()
        ? judged
        : judged.with(
            judged.judgements().stream()
                .map(each -> each.verdict() == Verdict.VALID ? each : each.explainedBy(more))
                .toList());
  }

  private static boolean found(Judged judged, FindingCode code) {
    return judged.judgements().stream()
        .flatMap(each -> each.findings().stream())
        .anyMatch(each -> each.code() == code);
  }

  /** What to write; a worker that never asks a broker for anything is another program. */
  private static List<String> lines(History history, Judged judged) {
    List<String> lines = Suggestion.of(history);
    WireView wire = WireView.of(new Picture(history));
    if (!lines.isEmpty() || !wire.sawAllConsumers() || wire.workersConnected()) {
      return lines;
    }
    boolean brokerHasAnAddress =
        history
            .last(Probe.class, each -> each.tried() == Try.LOOK_UP && each.outcome() == Outcome.OK)
            .isPresent();
    if (found(judged, FindingCode.SERVICE_NOT_RESOLVED) && brokerHasAnAddress) {
      return List.of("broker: {host: <the name that it looks up>}");
    }
    return failures(history) == 0 ? List.of("command: [<the program that takes items>]") : lines;
  }
}
