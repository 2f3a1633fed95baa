package workqueue.gate;

import static workqueue.checker.diagnosis.FindingCode.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Judgement.NotJudged;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.BlameShifted;
import workqueue.history.History;

/**
 * What keeps the trial of a rule from being judged: a fault that breaks another rule, and counts
 * there, or one that is not the worker's.
 *
 * @param rule that the fault breaks; empty if it is none of the worker's
 * @param cause the fault
 */
public record Blame(Optional<Rule> rule, Finding cause) {
  /** Faults of what a worker runs on, whatever the worker does. */
  private static final Set<FindingCode> NOT_THE_WORKERS =
      Collections.unmodifiableSet(
          EnumSet.of(
              NODE_LOST,
              NODE_PRESSURE,
              SCHEDULER_INACTIVE,
              CONTROLLER_INACTIVE,
              SANDBOX_NOT_CREATED,
              WEBHOOK_UNAVAILABLE,
              BROKER_BLOCKED,
              FOREIGN_CONSUMER,
              VANISHED));

  /** The faults that break this rule; one that breaks no rule counts in the trial that meets it. */
  static Set<FindingCode> subject(Rule rule) {
    return switch (rule) {
      case TAKES_ONE_ITEM, BOUNDS_ITS_PREFETCH -> EnumSet.of(HOARDED_ITEMS);
      case READS_ITEM_UNALTERED, READS_OTHER_PAYLOADS -> EnumSet.of(CORRUPTED_ITEMS, LOST_ITEMS);
      case ACKS_AFTER_SUCCESS, SURVIVES_BROKER_RESTART, SURVIVES_POISON_ITEM ->
          EnumSet.of(LOST_ITEMS);
      case FAILURE_IS_NOT_SUCCESS -> EnumSet.of(FALSE_SUCCESS, LOST_ITEMS);
      case STOPS_IN_GRACE -> EnumSet.of(IGNORED_TERMINATION, LOST_ITEMS);
      case WAITS_ON_EMPTY_QUEUE, FAILS_ON_MISSING_QUEUE, FAILS_ON_WRONG_PASSWORD ->
          EnumSet.of(FALSE_SUCCESS);
      case KEEPS_SECRETS -> EnumSet.of(SECRET_PRINTED);
      case PROCESSES_EXACTLY_ONCE ->
          EnumSet.of(DUPLICATED_ITEMS, LOST_ITEMS, UNEXPECTED_ITEMS, FALSE_SUCCESS);
      case BASELINE, AGAINST -> EnumSet.of(SLOWER, HEAVIER);
      case ENDS_ON_EMPTY_QUEUE, SURVIVES_LATE_BROKER, RUNS_UNPRIVILEGED, FITS_THE_NODES ->
          EnumSet.noneOf(FindingCode.class);
    };
  }

  /**
   * The faults that count against a rule once its own trial has shown them: those that break it, or
   * whatever keeps the plainest of all trials from its end, as that would keep any other.
   */
  static Set<FindingCode> shown(Rule rule, Judged judged) {
    return roots(judged)
        .map(Finding::code)
        .filter(code -> rule == Rule.PROCESSES_EXACTLY_ONCE || subject(rule).contains(code))
        .collect(Collectors.toSet());
  }

  private static Stream<Finding> roots(Judged judged) {
    return judged.findings().stream()
        .filter(each -> each.role() == Role.ROOT && !each.code().isHarmless());
  }

  /**
   * Judges the claims that the history was recorded with; what counted against another rule when it
   * was recorded, or was not the worker's, counts for nothing again.
   */
  public static Judged judge(History history) {
    List<Claim> claims = Claims.fromHeader(history.header());
    Judged judged = Judge.judge(history, claims);
    return history
        .last(BlameShifted.class)
        .flatMap(
            shifted ->
                judged.findings().stream()
                    .filter(each -> each.code().name().equals(shifted.event().code()))
                    .findFirst()
                    .map(cause -> new Blame(Rule.named(shifted.event().rule()), cause)))
        .map(blame -> blame.lifted(history, claims, judged))
        .orElse(judged);
  }

  /** That this was so, for the record. */
  public BlameShifted asEvent() {
    return new BlameShifted(rule.map(Rule::id).orElse(""), cause.code().name());
  }

  /**
   * What kept the trial of a rule from being judged; empty if nothing did.
   *
   * <p>Something did if the diagnosis names no fault that speaks of this rule, and one that speaks
   * of another rule, which the same record refutes, or one that another rule's own trial has shown.
   *
   * @param mayBear whether another rule's verdict tells of the fault
   * @param shown the faults that count against rules by their own trials
   */
  static Optional<Blame> on(
      Rule tried,
      History history,
      Judged judged,
      Predicate<Rule> mayBear,
      Map<Rule, Set<FindingCode>> shown) {
    // Beside a rival it is not known whose fault it is.
    if (tried == Rule.AGAINST || judged.judgements().stream().allMatch(Judgement::asExpected)) {
      return Optional.empty();
    }
    List<Finding> roots = roots(judged).toList();
    Map<Rule, List<FindingCode>> broken = Hindsight.broken(history);
    Set<FindingCode> subject = subject(tried);
    boolean itsOwn =
        roots.stream().anyMatch(each -> subject.contains(each.code()))
            || broken.getOrDefault(tried, List.of()).stream().anyMatch(subject::contains);
    if (itsOwn) {
      return Optional.empty();
    }
    for (Finding root : roots) {
      for (Rule other : Rule.values()) {
        boolean refuted = subject(other).contains(root.code()) && broken.containsKey(other);
        if (other != tried
            && (refuted || shown.getOrDefault(other, Set.of()).contains(root.code()))
            && mayBear.test(other)) {
          return Optional.of(new Blame(Optional.of(other), root));
        }
      }
    }
    return !roots.isEmpty()
            && roots.stream().allMatch(each -> NOT_THE_WORKERS.contains(each.code()))
        ? roots.stream().findFirst().map(root -> new Blame(Optional.empty(), root))
        : Optional.empty();
  }

  /**
   * The trial without what could not be judged: the claims that did not come out as expected, and
   * all of them where no other one speaks of the rule alone, or the fault struck nobody.
   */
  public Judged lifted(History history, List<Claim> claims, Judged judged) {
    NotJudged why = new NotJudged(cause.code(), reason());
    Set<String> own =
        Trials.rule(history.header().scenario()).stream()
            .flatMap(rule -> Hindsight.claims(rule, history).stream())
            .map(claim -> claim.spec().claim())
            .collect(Collectors.toSet());
    boolean heldOnItsOwn = false;
    boolean struckNobody = false;
    for (int i = 0; i < claims.size(); i++) {
      Judgement each = judged.judgements().get(i);
      String claim = claims.get(i).spec().claim();
      heldOnItsOwn |= each.asExpected() && each.verdict() == Verdict.VALID && own.contains(claim);
      struckNobody |= !each.asExpected() && claim.equals(InterruptionTrials.STRIKE);
    }
    List<Judgement> lifted = new ArrayList<>();
    for (Judgement each : judged.judgements()) {
      lifted.add(heldOnItsOwn && !struckNobody && each.asExpected() ? each : each.notJudged(why));
    }
    return judged.with(lifted);
  }

  private String reason() {
    return cause.code()
        + ": "
        + cause.message()
        + rule.map(other -> "; that breaks " + other.id()).orElse("; that is not the worker's");
  }
}
