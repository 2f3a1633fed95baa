package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.ImageInspected;
import workqueue.history.Recorded;

/** What claims about a worker's image share. */
final class ImageClaims {

  private ImageClaims() {}

  /** None of these is the cause of anything that was seen. */
  static Conclusion refuted(Explanation why) {
    return new Conclusion(Verdict.INVALID, why.text(), List.of());
  }

  static Optional<ImageInspected> inspected(Picture picture) {
    return picture.history.last(ImageInspected.class, each -> true).map(Recorded::event);
  }
}
