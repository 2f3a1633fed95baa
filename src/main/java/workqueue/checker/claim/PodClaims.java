package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Recorded;

/** What claims about pods share. */
final class PodClaims {
  private PodClaims() {}

  static Optional<Recorded<FaultInjected>> strike(Picture picture, String kind) {
    return picture.history.all(FaultInjected.class, each -> each.kind().equals(kind)).stream()
        .findFirst();
  }

  static boolean is(Finding finding, String code, Role role) {
    return finding.code().name().equals(code) && finding.role() == role;
  }
}
