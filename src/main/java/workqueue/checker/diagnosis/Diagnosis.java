package workqueue.checker.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.view.Picture;
import workqueue.history.History;

/**
 * What a history shows to be the matter, told from the history alone: causes first, then what
 * follows from them.
 */
public record Diagnosis(List<Finding> findings) {
  /** How long nothing may change before pods that wait are said to wait forever. */
  public static final Duration WINDOW = Duration.ofSeconds(10);

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  public static Diagnosis of(History history) {
    return of(history, WINDOW);
  }

  /** The diagnosis with another window than {@link #WINDOW}. */
  public static Diagnosis of(History history, Duration window) {
    return of(new Picture(history), window);
  }

  public static Diagnosis of(Picture picture, Duration window) {
    return picture.derived(Diagnosis.class, window, any -> of(Examination.of(picture, window)));
  }

  public static Diagnosis of(Examination seen) {
    List<Suspicion> found = seen.all();
    List<Finding> findings = new ArrayList<>();
    for (Suspicion each : found) {
      Optional<Suspicion> root = Because.rootOf(each, found, seen.picture());
      findings.add(root.map(each::asConsequenceOf).orElseGet(each::asRoot));
    }
    findings.sort(Comparator.comparing(Finding::role).thenComparing(Finding::code));
    return new Diagnosis(findings);
  }

  /** The codes of the causes. */
  public Set<FindingCode> roots() {
    Set<FindingCode> roots = EnumSet.noneOf(FindingCode.class);
    findings.stream()
        .filter(finding -> finding.role() == Role.ROOT)
        .forEach(finding -> roots.add(finding.code()));
    return roots;
  }

  public Optional<Finding> finding(FindingCode code) {
    return findings.stream().filter(finding -> finding.code() == code).findFirst();
  }
}
