package workqueue.checker.claim;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.HarnessEvent.ImageInspected;

/** The worker's image is for the architecture of a node. */
record IsForTheNodes() implements Statement {
  @Override
  public String words() {
    return "the worker's image is for the nodes' architecture";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Optional<ImageInspected> image = ImageClaims.inspected(picture);
    List<String> nodes =
        picture.history.all(NodeState.class).stream()
            .map(each -> each.event().architecture())
            .filter(each -> !each.isEmpty())
            .distinct()
            .sorted(Comparator.naturalOrder())
            .toList();
    if (image.isEmpty() || nodes.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": cannot be told")
              .expected("an image that was looked at, and the nodes' architecture")
              .actual(image.isEmpty() ? "no image" : "no architecture of a node"));
    }
    return nodes.contains(image.get().architecture())
        ? Conclusion.valid()
        : ImageClaims.refuted(
            Explanation.of(
                    words() + ": " + image.get().image() + " is for " + image.get().architecture())
                .expected(String.join(" or ", nodes))
                .actual(image.get().architecture())
                .remedy("docker build --platform linux/" + nodes.get(0) + " ."));
  }
}
