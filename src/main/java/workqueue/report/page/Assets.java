package workqueue.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Sha256;

/** What every page is made of: its frame, its style and its scripts. */
final class Assets {
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "history.js",
          "overview.js",
          "checks.js",
          "timeline.js",
          "scenario.js",
          "page.js");
  private static final Pattern PLACE = Pattern.compile("\\{\\{(?<name>[a-z]+)}}");

  private Assets() {}

  /**
   * The frame with each of its places filled but one: what comes before that, and what comes after
   * it. What is filled in is not looked through again.
   *
   * @param open the name of the place that stays open
   */
  static List<String> around(String open, Map<String, String> filling) {
    return Pattern.compile("{{" + open + "}}", Pattern.LITERAL)
        .splitAsStream(read("page.html"))
        .map(
            part ->
                PLACE
                    .matcher(part)
                    .replaceAll(place -> Matcher.quoteReplacement(filling.get(place.group(1)))))
        .toList();
  }

  static String style() {
    return read("page.css");
  }

  /** All of the page's own scripts, in a scope of their own. */
  static String script() {
    return SCRIPTS.stream()
        .map(Assets::read)
        .collect(
            Collectors.joining(
                "\n", "(() => {\n\"use strict\";\nconst STYLES = " + styles() + ";\n", "})();\n"));
  }

  /** How marks, states and numbers are drawn, as JSON. */
  static String styles() {
    return read("styles.json").strip();
  }

  /** The chart library. */
  static String echarts() {
    Properties told = new Properties();
    try {
      told.load(new StringReader(read("echarts.properties")));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return read(
        "/META-INF/resources/webjars/echarts/%s/dist/echarts.min.js"
            .formatted(told.getProperty("version")));
  }

  /** Has a browser run these scripts and load nothing, whatever else got into the page. */
  static String policy(String... scripts) {
    return "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src "
        + Stream.of(scripts).map(Assets::digest).collect(Collectors.joining(" "));
  }

  private static String digest(String script) {
    byte[] digest = Sha256.digest().digest(script.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  private static String read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The harness lacks its resource " + name + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
