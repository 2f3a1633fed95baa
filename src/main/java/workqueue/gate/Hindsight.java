package workqueue.gate;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.addsNoItems;
import static workqueue.checker.claim.Claims.altersNothing;
import static workqueue.checker.claim.Claims.boundsItsPrefetch;
import static workqueue.checker.claim.Claims.costsNoMore;
import static workqueue.checker.claim.Claims.endsInGrace;
import static workqueue.checker.claim.Claims.holdsOneAtATime;
import static workqueue.checker.claim.Claims.keepsSecrets;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.oneItemPerPod;
import static workqueue.checker.claim.Claims.pinsItsImage;
import static workqueue.checker.claim.Claims.processesEachExactlyOnce;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.RivalGiven;
import workqueue.history.History;

/**
 * What the record of a trial tells about rules that it was not made for: of a rule that part which
 * holds of a sound worker whatever is done to it.
 */
public final class Hindsight {
  private Hindsight() {}

  /** The rules that the record refutes, with the codes of what it finds against each. */
  public static Map<Rule, List<FindingCode>> broken(History history) {
    List<Rule> rules = new ArrayList<>();
    List<Claim> claims = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      for (Claim claim : claims(rule, history)) {
        rules.add(rule);
        claims.add(claim);
      }
    }
    Map<Rule, List<FindingCode>> broken = new EnumMap<>(Rule.class);
    List<Judgement> judged = Judge.judge(history, claims).judgements();
    for (int i = 0; i < judged.size(); i++) {
      if (judged.get(i).verdict() == Verdict.INVALID) {
        List<FindingCode> codes = broken.computeIfAbsent(rules.get(i), any -> new ArrayList<>());
        judged.get(i).findings().stream()
            .map(Finding::code)
            .filter(code -> !codes.contains(code))
            .forEach(codes::add);
      }
    }
    return broken;
  }

  /** What the rule alone says of whatever is done to a worker; empty if that is nothing. */
  static List<Claim> claims(Rule rule, History history) {
    String queue = queue(history);
    return switch (rule) {
      case TAKES_ONE_ITEM ->
          drains(history) ? List.of() : List.of(holdsOneAtATime(queue), oneItemPerPod());
      case READS_ITEM_UNALTERED -> List.of(altersNothing(history, queue));
      case ACKS_AFTER_SUCCESS -> List.of(losesNothing(history, queue));
      case FAILURE_IS_NOT_SUCCESS -> List.of(accountsForEverySuccess());
      case STOPS_IN_GRACE -> List.of(endsInGrace());
      case KEEPS_SECRETS -> List.of(keepsSecrets());
      case PROCESSES_EXACTLY_ONCE ->
          undisturbed(history)
              ? List.of(processesEachExactlyOnce(history, queue), addsNoItems(queue))
              : List.of(addsNoItems(queue));
      case FITS_THE_NODES -> List.of(pinsItsImage());
      case BASELINE -> ifAsked(history, BaselineGiven.class, queue);
      case AGAINST -> ifAsked(history, RivalGiven.class, queue);
      case BOUNDS_ITS_PREFETCH -> drains(history) ? List.of(boundsItsPrefetch(queue)) : List.of();
      case READS_OTHER_PAYLOADS,
          WAITS_ON_EMPTY_QUEUE,
          ENDS_ON_EMPTY_QUEUE,
          SURVIVES_LATE_BROKER,
          SURVIVES_BROKER_RESTART,
          FAILS_ON_MISSING_QUEUE,
          FAILS_ON_WRONG_PASSWORD,
          SURVIVES_POISON_ITEM,
          RUNS_UNPRIVILEGED ->
          List.of();
    };
  }

  /** Whether its workers go on until the queue is empty, as their Job shows. */
  private static boolean drains(History history) {
    return history
        .last(JobState.class)
        .map(each -> each.event().spec().completions() == null)
        .orElse(false);
  }

  private static List<Claim> ifAsked(
      History history, Class<? extends Event> comparison, String queue) {
    return history.all(comparison).isEmpty() ? List.of() : List.of(costsNoMore(queue));
  }

  /** The queue that the Job's workers were told; the first that was filled where none was. */
  private static String queue(History history) {
    return history
        .last(JobState.class, each -> !each.spec().queue().isEmpty())
        .map(each -> each.event().spec().queue())
        .or(
            () ->
                history.all(ItemPublished.class).stream()
                    .map(each -> each.event().queue())
                    .findFirst())
        .orElse("");
  }

  /** Without faults, and with an end: work that is made to fail ends otherwise. */
  private static boolean undisturbed(History history) {
    return history.all(FaultInjected.class).isEmpty()
        && history
            .last(JobState.class, each -> true)
            .map(each -> each.event().complete())
            .orElse(false);
  }
}
