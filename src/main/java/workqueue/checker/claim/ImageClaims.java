package workqueue.checker.claim;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.HarnessEvent.ImageInspected;
import workqueue.history.Recorded;

/** The claims about a worker's image. */
final class ImageClaims {
  private static final long MEBIBYTE = 1 << 20;

  private ImageClaims() {}

  static Conclusion isPinned(Picture picture, String words) {
    String image =
        picture.history.header().environment().worker() == null
            ? ""
            : picture.history.header().environment().worker().image();
    if (image.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": the worker's image is not known")
              .expected("an image with a tag or a digest")
              .actual("none in the record"));
    }
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean pinned = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
    return pinned
        ? Conclusion.valid()
        : refuted(
            Explanation.of(words + ": " + image + " names no version")
                .expected("a tag other than latest, or a digest")
                .actual(name.contains(":") ? "latest" : "no tag")
                .remedy("docker tag " + image + " " + image.replaceFirst(":latest$", "") + ":1"));
  }

  static Conclusion isForTheNodes(Picture picture, String words) {
    Optional<ImageInspected> image = inspected(picture);
    List<String> nodes =
        picture.history.all(NodeState.class).stream()
            .map(each -> each.event().architecture())
            .filter(each -> !each.isEmpty())
            .distinct()
            .sorted(Comparator.naturalOrder())
            .toList();
    if (image.isEmpty() || nodes.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": cannot be told")
              .expected("an image that was looked at, and the nodes' architecture")
              .actual(image.isEmpty() ? "no image" : "no architecture of a node"));
    }
    return nodes.contains(image.get().architecture())
        ? Conclusion.valid()
        : refuted(
            Explanation.of(
                    words + ": " + image.get().image() + " is for " + image.get().architecture())
                .expected(String.join(" or ", nodes))
                .actual(image.get().architecture())
                .remedy("docker build --platform linux/" + nodes.get(0) + " ."));
  }

  static Conclusion weighsAtMost(Picture picture, String words, int mebibytes) {
    Optional<ImageInspected> image = inspected(picture);
    if (image.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": cannot be told")
              .expected("an image that was looked at")
              .actual("none"));
    }
    return image.get().bytes() <= mebibytes * MEBIBYTE
        ? Conclusion.valid()
        : refuted(
            Explanation.of(
                    words
                        + ": "
                        + image.get().image()
                        + " has "
                        + image.get().bytes() / MEBIBYTE
                        + " MiB")
                .expected("at most " + mebibytes + " MiB, unpacked")
                .actual(image.get().bytes() / MEBIBYTE + " MiB")
                .remedy("docker history " + image.get().image()));
  }

  /** None of these is the cause of anything that was seen. */
  private static Conclusion refuted(Explanation why) {
    return new Conclusion(Verdict.INVALID, why.text(), List.of());
  }

  private static Optional<ImageInspected> inspected(Picture picture) {
    return picture.history.last(ImageInspected.class, each -> true).map(Recorded::event);
  }
}
