package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.checker.claim.ClusterChecksTest;
import workqueue.checker.claim.ProofChecksTest;
import workqueue.checker.claim.TrialChecksTest;

/** All causes there are. */
class CausesTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("workqueue.checker");

  /** Work goes on, or there is nothing to do but to wait. */
  private static final Set<FindingCode> WITHOUT_REMEDY = EnumSet.of(FindingCode.ALL_PROCESSED);

  @Test
  void eachCodeHasExactlyOne() {
    assertThat(Causes.all())
        .extracting(Cause::code)
        .containsExactlyElementsOf(Arrays.asList(FindingCode.values()));
    assertThat(Causes.all()).allMatch(each -> Causes.of(each.code()) == each);
  }

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void noneIsAtTheEndOfAChainThatBeginsWithIt(FindingCode code) {
    assertThat(reachable(code)).doesNotContain(code);
  }

  private static Set<FindingCode> reachable(FindingCode from) {
    Set<FindingCode> reached = EnumSet.noneOf(FindingCode.class);
    List<FindingCode> next = new ArrayList<>(Causes.of(from).followsFrom());
    while (!next.isEmpty()) {
      FindingCode code = next.remove(0);
      if (reached.add(code)) {
        next.addAll(Causes.of(code).followsFrom());
      }
    }
    return reached;
  }

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void eachIsDocumentedInAParagraph(FindingCode code) {
    assertThat(Causes.of(code).documentation()).endsWith(".").doesNotContain("\n\n");
    assertThat(Causes.of(code).remedies().isEmpty()).isEqualTo(WITHOUT_REMEDY.contains(code));
    assertThat(Causes.of(code).remedies()).extracting(Remedy::what).noneMatch(String::isBlank);
    assertThat(Causes.of(code).remedies()).extracting(Remedy::who).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void eachHasAHistoryThatMustYieldIt(FindingCode code) {
    assertThat(
            FoundByCheck.codes().contains(code)
                ? testsOf(code, Set.of("assertThat", "fails"))
                : testsOf(code, Set.of("onlyRoot", "consequence", "roots", "finding")))
        .isNotEmpty();
  }

  /** What comes near a check is in the tests of the check, which do not name the code. */
  static Stream<FindingCode> ofJobs() {
    return Arrays.stream(FindingCode.values()).filter(each -> !FoundByCheck.codes().contains(each));
  }

  @ParameterizedTest
  @MethodSource("ofJobs")
  void eachHasANearMissThatMustNot(FindingCode code) {
    assertThat(testsOf(code, Set.of("none"))).isNotEmpty();
  }

  /** The tests that name the code and look at a diagnosis in one of these ways. */
  private static Set<String> testsOf(FindingCode code, Set<String> looks) {
    return TESTS.stream()
        .flatMap(each -> each.getCodeUnits().stream())
        .filter(unit -> names(unit, code))
        .filter(unit -> unit.getCallsFromSelf().stream().anyMatch(call -> isOne(call, looks)))
        .map(JavaCodeUnit::getFullName)
        .collect(Collectors.toSet());
  }

  private static boolean names(JavaCodeUnit unit, FindingCode code) {
    return unit.getFieldAccesses().stream()
        .anyMatch(
            access ->
                access.getTargetOwner().isEquivalentTo(FindingCode.class)
                    && access.getName().equals(code.name()));
  }

  private static boolean isOne(JavaAccess<?> call, Set<String> looks) {
    return looks.contains(call.getName())
        && (call.getTargetOwner().isEquivalentTo(ProofChecksTest.class)
            || call.getTargetOwner().isEquivalentTo(TrialChecksTest.class)
            || call.getOrigin().getOwner().isEquivalentTo(ClusterChecksTest.class)
            || call.getTargetOwner().isEquivalentTo(Diagnosed.class)
            || call.getTargetOwner().isEquivalentTo(Diagnosis.class));
  }
}
