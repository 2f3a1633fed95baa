package workqueue.gate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import workqueue.Rule;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent;
import workqueue.history.History;

/**
 * Has each fault of the worker count against one rule of the run, in whichever trial it is met: the
 * others are not judged, and that rule is broken even if its own trial does not show it.
 */
public final class Blames {
  private final Map<Rule, Verdict> ended = new EnumMap<>(Rule.class);
  private final Set<Rule> told = EnumSet.noneOf(Rule.class);
  private final Map<Rule, Set<FindingCode>> shown = new EnumMap<>(Rule.class);
  private final Map<Rule, List<Judgement>> metElsewhere = new EnumMap<>(Rule.class);

  /**
   * What the trial of a rule comes to.
   *
   * @param asked whether another rule is tried in this run, and its verdict counts
   * @param record takes what counts elsewhere
   */
  public synchronized Judged settle(
      Rule rule,
      History history,
      List<Claim> claims,
      Judged judged,
      Predicate<Rule> asked,
      Consumer<HarnessEvent> record) {
    Judged settled =
        Blame.on(rule, history, judged, other -> asked.test(other) && mayBear(other), shown)
            .map(
                blame -> {
                  blame.rule().ifPresent(other -> meet(other, blame, judged.scenario()));
                  record.accept(blame.asEvent());
                  return blame.lifted(history, claims, judged);
                })
            .orElse(judged);
    if (settled.verdict() == Verdict.INVALID) {
      shown.put(rule, Blame.shown(rule, settled));
    }
    Judged whole = metElsewhere.containsKey(rule) ? withElsewhere(rule, settled) : settled;
    if (whole.verdict() == Verdict.INVALID) {
      told.add(rule);
    }
    ended.merge(rule, whole.verdict(), (one, other) -> Verdict.worst(List.of(one, other)));
    return whole;
  }

  /** The rules whose faults were met in other trials and are told by no trial of their own. */
  public synchronized Map<Rule, List<Judgement>> untold() {
    Map<Rule, List<Judgement>> untold = new EnumMap<>(metElsewhere);
    untold.keySet().removeAll(told);
    return untold;
  }

  /** A rule that was tried and is not broken cannot be any more. */
  private boolean mayBear(Rule rule) {
    return ended.getOrDefault(rule, Verdict.INVALID) == Verdict.INVALID;
  }

  private void meet(Rule rule, Blame blame, String trial) {
    String claim = "the worker keeps " + rule.id() + " in " + trial;
    metElsewhere
        .computeIfAbsent(rule, any -> new ArrayList<>())
        .add(
            new Judgement(
                claim,
                Verdict.VALID,
                Verdict.INVALID,
                claim + ": " + blame.cause().code() + "\n  actual:     " + blame.cause().message(),
                List.of(blame.cause())));
  }

  /** Where its own trial shows the fault, too, that is told there. */
  private Judged withElsewhere(Rule rule, Judged judged) {
    if (judged.verdict() == Verdict.INVALID) {
      return judged;
    }
    List<Judgement> all = new ArrayList<>(judged.judgements());
    all.addAll(metElsewhere.get(rule));
    return judged.with(all);
  }
}
