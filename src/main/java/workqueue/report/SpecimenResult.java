package workqueue.report;

import java.util.List;
import workqueue.checker.diagnosis.FindingCode;

/**
 * What the harness made of a worker or a setup that was tried on purpose.
 *
 * @param mutant whether it is wrong; a sound one must be blamed for nothing
 * @param rule that it was tried against
 * @param expected the causes that must be found
 * @param found the causes that were found
 * @param broken the rules that its record refutes, whatever it was tried against
 * @param lacking what the cluster's API lacks, so that it could not be tried; empty if it was
 */
public record SpecimenResult(
    String name,
    boolean mutant,
    String rule,
    List<FindingCode> expected,
    List<FindingCode> found,
    List<BrokenRule> broken,
    String lacking) {

  /** A rule that a record refutes, and the codes of what it finds against it. */
  public record BrokenRule(String rule, List<FindingCode> codes) {
    public BrokenRule {
      codes = List.copyOf(codes);
    }
  }

  public SpecimenResult {
    expected = List.copyOf(expected);
    found = List.copyOf(found);
    broken = List.copyOf(broken);
  }

  /** Whether it could be tried. */
  boolean tried() {
    return lacking.isEmpty();
  }
}
