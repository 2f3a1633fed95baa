package workqueue.configuration;

import java.util.regex.Pattern;

/** The grammar of an image's name: {@code [registry[:port]/]path[:tag][@digest]}. */
final class ImageName {
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:]+\\])(?::[0-9]{1,5})?/)?"
              + PART
              + "(?:/"
              + PART
              + ")*"
              + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
              + "(?:@sha256:[0-9a-f]{64})?");

  private ImageName() {}

  static boolean isValid(String name) {
    return name.length() <= 512 && GRAMMAR.matcher(name).matches();
  }

  static boolean isPath(String path) {
    return path.matches(PART + "(?:/" + PART + ")*");
  }
}
