package workqueue.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.history.Evidence;
import workqueue.history.History;

/** The trial of each rule. */
public final class Trials {
  private static final String SUITE = "gate.";

  /** The claims that may rest on the wire alone. */
  private static final Set<String> BY_WIRE =
      Set.of(InterruptionTrials.STRIKE, "holdsOneAtATime", "boundsItsPrefetch");

  private Trials() {}

  /** The scenario that tries the rule. */
  public static String scenario(Rule rule) {
    return SUITE + rule.id();
  }

  /** The rule that the scenario tries; empty if it tries none. */
  public static Optional<Rule> rule(String scenario) {
    return scenario.startsWith(SUITE)
        ? Rule.named(scenario.substring(SUITE.length()))
        : Optional.empty();
  }

  /** Whether the rule's trial needs the broker's own counters in the final state. */
  public static boolean counts(Rule rule) {
    return rule == Rule.TAKES_ONE_ITEM || rule == Rule.BOUNDS_ITS_PREFETCH;
  }

  /** Whether the rule's trial needs to know what pods use, which nodes tell. */
  public static boolean weighs(Rule rule) {
    return rule == Rule.BASELINE || rule == Rule.AGAINST;
  }

  public static Trial of(Rule rule) {
    Trial trial =
        switch (rule) {
          case TAKES_ONE_ITEM -> ItemTrials::takesOneItem;
          case BOUNDS_ITS_PREFETCH -> ItemTrials::boundsPrefetch;
          case READS_ITEM_UNALTERED -> PayloadTrial::readsItemUnaltered;
          case READS_OTHER_PAYLOADS -> PayloadTrial::readsOtherPayloads;
          case ACKS_AFTER_SUCCESS -> InterruptionTrials::acksAfterSuccess;
          case STOPS_IN_GRACE -> InterruptionTrials::stopsInGrace;
          case SURVIVES_BROKER_RESTART -> InterruptionTrials::survivesBrokerRestart;
          case FAILURE_IS_NOT_SUCCESS -> FailureTrials::failureIsNotSuccess;
          case SURVIVES_POISON_ITEM -> FailureTrials::survivesPoisonItem;
          case WAITS_ON_EMPTY_QUEUE -> ItemTrials::waitsOnEmptyQueue;
          case ENDS_ON_EMPTY_QUEUE -> ItemTrials::endsOnEmptyQueue;
          case PROCESSES_EXACTLY_ONCE -> ItemTrials::processesExactlyOnce;
          case SURVIVES_LATE_BROKER -> BrokerTrials::survivesLateBroker;
          case FAILS_ON_MISSING_QUEUE -> BrokerTrials::failsOnMissingQueue;
          case FAILS_ON_WRONG_PASSWORD -> BrokerTrials::failsOnWrongPassword;
          case KEEPS_SECRETS -> BrokerTrials::keepsSecrets;
          case RUNS_UNPRIVILEGED -> ImageTrials::runsUnprivileged;
          case FITS_THE_NODES -> ImageTrials::fitsTheNodes;
          case BASELINE -> CostTrials::alone;
          case AGAINST -> CostTrials::sideBySide;
        };
    return stand -> {
      List<Claim> claims = withOutput(trial, stand);
      if (rule != Rule.WAITS_ON_EMPTY_QUEUE) {
        stand.workload().stopServing();
      }
      return claims;
    };
  }

  /**
   * Gives a trial up that could not be made with this worker, once its record is judged.
   *
   * @throws NotTried if so
   */
  public static void requireTried(Rule rule, History history, List<Claim> claims, Judged outcome) {
    InterruptionTrials.requireStruck(rule, history, claims, outcome);
    FailureTrials.requireKept(rule, history, claims, outcome);
  }

  /**
   * Gives a trial up in which nothing is wrong, and only the wire would show more.
   *
   * @throws NotTried if so
   */
  public static void requireSeen(List<Claim> claims, Judged outcome) {
    List<String> unseen = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      Judgement judgement = outcome.judgements().get(i);
      if (!judgement.asExpected()) {
        boolean byWire = BY_WIRE.contains(claims.get(i).spec().claim());
        if (judgement.verdict() != Verdict.UNKNOWN || !byWire) {
          return;
        }
        unseen.add(judgement.explanation());
      }
    }
    if (!unseen.isEmpty()) {
      throw new NotTried(
          "the wire between workers and broker is not watched on a cluster that exists, and what "
              + "else there is does not show it: "
              + String.join("\n", unseen));
    }
  }

  /** What workers put out into a queue of their own is looked at when all is over. */
  private static List<Claim> withOutput(Trial trial, Stand stand) {
    if (stand.evidence().kind() != Evidence.Kind.OUTPUT_QUEUE) {
      return trial.on(stand);
    }
    String output = stand.evidence().pattern();
    // What it holds is evidence: no argument may have the broker drop that.
    stand.workload().declare(output, Map.of());
    List<Claim> claims = trial.on(stand);
    stand.workload().lookAtOutput(output);
    return claims;
  }
}
