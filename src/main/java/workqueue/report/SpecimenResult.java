package workqueue.report;

import java.util.List;
import workqueue.checker.FindingCode;

/**
 * What the harness made of a worker or a setup that was tried on purpose.
 *
 * @param mutant whether it is wrong; a sound one must be blamed for nothing
 * @param rule that it was tried against
 * @param expected the causes that must be found
 * @param found the causes that were found
 */
public record SpecimenResult(
    String name, boolean mutant, String rule, List<FindingCode> expected, List<FindingCode> found) {

  public SpecimenResult {
    expected = List.copyOf(expected);
    found = List.copyOf(found);
  }
}
