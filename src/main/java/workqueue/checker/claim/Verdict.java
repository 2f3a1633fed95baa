package workqueue.checker.claim;

import java.util.Collection;
import java.util.Comparator;

/** What a history says of a claim, from best to worst. */
public enum Verdict {
  /** The record proves the claim. */
  VALID,
  /** The record is too thin to tell: nothing was seen, or the view was lost where it matters. */
  UNKNOWN,
  /** The record contradicts the claim. */
  INVALID;

  /** The worst of the verdicts; UNKNOWN of none, for nothing was looked at. */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(Comparator.naturalOrder()).orElse(UNKNOWN);
  }
}
