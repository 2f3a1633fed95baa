package workqueue.checker.claim;

import java.util.List;
import java.util.Locale;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.view.Picture;

/** The diagnosis finds this, not as a cause but as what follows from that cause. */
record Follows(String consequence, String cause) implements Statement {
  @Override
  public String words() {
    return consequence + " follows from " + cause;
  }

  @Override
  public Conclusion judge(Picture picture) {
    List<Finding> findings = Diagnosis.of(picture, Diagnosis.WINDOW).findings();
    List<String> told =
        findings.stream()
            .map(each -> each.code() + " (" + each.role().name().toLowerCase(Locale.ROOT) + ")")
            .toList();
    boolean holds =
        findings.stream().anyMatch(each -> PodClaims.is(each, cause, Role.ROOT))
            && findings.stream()
                .anyMatch(each -> PodClaims.is(each, consequence, Role.CONSEQUENCE));
    if (holds) {
      return Conclusion.valid();
    }
    Explanation why =
        Explanation.of(
                words()
                    + ": "
                    + picture.history.header().scenario()
                    + (told.isEmpty() ? " shows neither" : " shows otherwise"))
            .expected(cause + " (root), " + consequence + " (consequence)")
            .actual(told.isEmpty() ? "no finding" : String.join(", ", told));
    return told.isEmpty() ? Conclusion.unknown(why) : Conclusion.invalid(why);
  }
}
