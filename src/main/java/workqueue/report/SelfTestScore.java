package workqueue.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import workqueue.checker.claim.Verdict;

/**
 * How well the harness told what is wrong from what is sound.
 *
 * @param mutants how many runs of mutants there were
 * @param found how many of them came out broken by their code and no other
 * @param sound how many runs of sound workers there were
 * @param falseAlarms how many of those were not cleared
 * @param notTried how many others could not be tried, for the cluster's API lacks what they need
 */
record SelfTestScore(int mutants, int found, int sound, int falseAlarms, int notTried) {

  /** The score of a run; empty if nothing was tried on purpose. */
  static Optional<SelfTestScore> of(List<ScenarioResult> scenarios) {
    List<ScenarioResult> all = scenarios.stream().filter(each -> each.specimen() != null).toList();
    List<ScenarioResult> tried = all.stream().filter(each -> each.specimen().tried()).toList();
    Predicate<ScenarioResult> mutant = each -> each.specimen().mutant();
    Predicate<ScenarioResult> cleared = SelfTestScore::asExpected;
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SelfTestScore(
                count(tried, mutant),
                count(tried, mutant.and(cleared)),
                count(tried, mutant.negate()),
                count(tried, mutant.or(cleared).negate()),
                all.size() - tried.size()));
  }

  /** Whether what was made of it is what should be. */
  static boolean asExpected(ScenarioResult scenario) {
    return scenario.verdict() == Verdict.VALID;
  }

  /** The part of the mutants that was found; 1 if there were none. */
  double score() {
    return mutants == 0 ? 1 : Math.round(1000.0 * found / mutants) / 1000.0;
  }

  private static int count(List<ScenarioResult> tried, Predicate<ScenarioResult> which) {
    return (int) tried.stream().filter(which).count();
  }
}
