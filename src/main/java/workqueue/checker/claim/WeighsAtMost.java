package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.ImageInspected;

/** The worker's image has at most this many MiB, unpacked. */
record WeighsAtMost(int mebibytes) implements Statement {
  private static final long MEBIBYTE = 1 << 20;

  @Override
  public String words() {
    return "the worker's image has at most " + mebibytes + " MiB";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Optional<ImageInspected> image = ImageClaims.inspected(picture);
    if (image.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": cannot be told")
              .expected("an image that was looked at")
              .actual("none"));
    }
    return image.get().bytes() <= mebibytes * MEBIBYTE
        ? Conclusion.valid()
        : ImageClaims.refuted(
            Explanation.of(
                    words()
                        + ": "
                        + image.get().image()
                        + " has "
                        + image.get().bytes() / MEBIBYTE
                        + " MiB")
                .expected("at most " + mebibytes + " MiB, unpacked")
                .actual(image.get().bytes() / MEBIBYTE + " MiB")
                .remedy("docker history " + image.get().image()));
  }
}
