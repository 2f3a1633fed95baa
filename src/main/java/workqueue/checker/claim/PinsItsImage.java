package workqueue.checker.claim;

import workqueue.checker.view.Picture;

/** The tag of the worker's image says which one it is. */
record PinsItsImage() implements Statement {
  @Override
  public String words() {
    return "the worker's image is pinned";
  }

  @Override
  public Conclusion judge(Picture picture) {
    String image =
        picture.history.header().environment().worker() == null
            ? ""
            : picture.history.header().environment().worker().image();
    if (image.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": the worker's image is not known")
              .expected("an image with a tag or a digest")
              .actual("none in the record"));
    }
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean pinned = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
    return pinned
        ? Conclusion.valid()
        : ImageClaims.refuted(
            Explanation.of(words() + ": " + image + " names no version")
                .expected("a tag other than latest, or a digest")
                .actual(name.contains(":") ? "latest" : "no tag")
                .remedy("docker tag " + image + " " + image.replaceFirst(":latest$", "") + ":1"));
  }
}
