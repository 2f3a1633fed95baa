package workqueue.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
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
  private static final int FAILURES = 2;

  /** Who is to take one of these, and takes all, is of another kind. */
  private static final int ITEMS = 3;

  private final Duration longest;
  private final String queue;

  private Preflight(Duration longest, String queue) {
    this.longest = longest;
    this.queue = queue;
  }

  /** Runs the worker where there are several items, for 14 s at most after it began. */
  public static List<Claim> on(Stand stand) {
    stand.workload().fill(stand.queue(), Items.ofTutorial(ITEMS));
    stand.run(stand.queue(), spec -> stand.sized(spec, 1).parallelism(1));
    Preflight preflight = new Preflight(stand.limit(LONGEST), stand.queue());
    stand.await("the worker to take an item", preflight::look);
    return List.of(Claims.takesAnItem(stand.queue()), Claims.isOfItsKind());
  }

  private Sight<Boolean> look(History history) {
    Picture picture = new Picture(history);
    if (Outlook.of(picture, Diagnosis.WINDOW).isDecided()
        || failures(history) >= FAILURES
        || ShownKind.in(picture).isPresent()) {
      return Sight.found(true);
    }
    Optional<Instant> began =
        history.all(ContainerState.class).stream()
            .map(each -> each.event().startedAt())
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder());
    boolean over = began.map(at -> Instant.now().isAfter(at.plus(longest))).orElse(false);
    return over ? Sight.found(true) : Sight.notYet("queue " + queue + " is as it was");
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
