package workqueue.checker.diagnosis;

import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;

/** Which findings follow from which others. */
final class Because {
  private Because() {}

  /** The cause at the end of the chain that begins with this finding; empty if it is one itself. */
  static Optional<Suspicion> rootOf(Suspicion one, List<Suspicion> all, Picture picture) {
    Optional<Suspicion> cause = causeOf(one, all, picture);
    return cause.map(each -> rootOf(each, all, picture).orElse(each));
  }

  private static Optional<Suspicion> causeOf(Suspicion one, List<Suspicion> all, Picture picture) {
    Cause kind = Causes.of(one.code());
    return kind.followsFrom(one, picture).stream()
        .flatMap(code -> all.stream().filter(each -> each.code() == code))
        .filter(each -> kind.mayFollow(one, each, picture))
        .filter(each -> Causes.of(each.code()).mayCause(each, one.code(), picture))
        .findFirst();
  }
}
