package workqueue.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a still picture is drawn on: texts, bars, marks and paths, in ink that is read on light and
 * on dark paper. Where things are is for others to say.
 */
final class Canvas {
  /** How wide a mark is. */
  static final int MARK = 11;

  /** Text and lines in the colour of ink, of lesser ink, and of what only guides the eye. */
  static final String INK = "wq-ink";

  static final String FAINT = "wq-faint";
  static final String LINE = "wq-line";

  /** Besides one of them: edged with paper, for a text on whatever is below it. */
  static final String HALO = "wq-halo";

  private final Svg body = new Svg();
  private final Set<String> marks = new TreeSet<>();
  private final Set<String> hatches = new TreeSet<>();

  /** The kinds of marks that were drawn. */
  Set<String> marks() {
    return marks;
  }

  /**
   * Writes a text; one that is empty is left out.
   *
   * @param style one of the above; null for the colour that the attributes say
   */
  void words(String text, double x, double y, String style, Object... attributes) {
    if (text.isEmpty()) {
      return;
    }
    List<Object> all = new ArrayList<>();
    all.addAll(Arrays.asList("class", style, "x", x, "y", y));
    if (style != null && !Arrays.asList(attributes).contains("fill")) {
      all.addAll(List.of("fill", style.equals(FAINT) ? "#5a6772" : "#16202a"));
    }
    all.addAll(Arrays.asList(attributes));
    body.text(text, "text", all.toArray());
  }

  /** Draws a bar. */
  void bar(double x, double width, double y, double height, Object... attributes) {
    List<Object> all = new ArrayList<>();
    all.addAll(List.of("x", x, "y", y, "width", width, "height", height));
    all.addAll(Arrays.asList(attributes));
    body.empty("rect", all.toArray());
  }

  /** What fills a shape with hatching of a colour. */
  String hatched(String colour) {
    hatches.add(colour);
    return "url(#wq-hatch-" + colour.substring(1) + ")";
  }

  /** Draws a mark by its shape, around this place. */
  void mark(String kind, double x, double middle) {
    marks.add(kind);
    boolean big = kind.equals("fault") || kind.equals("exit");
    double size = big ? MARK + 2 : MARK;
    body.empty(
        "use",
        "href",
        "#wq-" + kind,
        "x",
        x - size / 2,
        "y",
        middle - size / 2,
        "width",
        big ? size : null,
        "height",
        big ? size : null);
  }

  /** Draws a mark as it is told of in a legend. */
  void sample(String kind, double x, double y) {
    body.empty("use", "href", "#wq-" + kind, "x", x, "y", y);
  }

  /** Draws a line or a shape. */
  void path(Object... attributes) {
    body.empty("path", attributes);
  }

  /** The picture around what was drawn; colours are written twice for readers without styles. */
  String whole(String title, int width, double height) {
    Svg head = new Svg();
    String size = Svg.number(height);
    head.begin(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "width",
            width,
            "height",
            size,
            "viewBox",
            "0 0 " + width + " " + size,
            "role",
            "img",
            "font-family",
            "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
            "font-size",
            11)
        .line();
    head.text(title, "title");
    head.text(
        ".wq-halo{paint-order:stroke;stroke:#fff;stroke-width:3px}"
            + "@media(prefers-color-scheme:dark){.wq-paper{fill:#12181f}.wq-ink{fill:#e8edf2}"
            + ".wq-faint{fill:#a3b0bc}.wq-line{stroke:#35424f}.wq-halo,.wq-edge{stroke:#12181f}}",
        "style");
    head.begin("defs").line();
    for (String each : marks) {
      Styles.OfMark style = Styles.READ.marks().get(each);
      head.begin(
          "symbol", "id", "wq-" + each, "viewBox", "-.5 -.5 13 13", "width", MARK, "height", MARK);
      head.empty(
          "path",
          "class",
          "wq-edge",
          "d",
          style.path(),
          "fill",
          style.colour(),
          "stroke",
          "#fff",
          "stroke-width",
          ".7");
      head.end();
    }
    for (String each : hatches) {
      head.begin(
          "pattern",
          "id",
          "wq-hatch-" + each.substring(1),
          "width",
          5,
          "height",
          5,
          "patternUnits",
          "userSpaceOnUse",
          "patternTransform",
          "rotate(-45)");
      head.empty("path", "d", "M0 2.5H5", "stroke", each, "stroke-width", 2);
      head.end();
    }
    head.end();
    head.empty("rect", "class", "wq-paper", "width", width, "height", size, "fill", "#fff");
    return head.written() + body.written() + "</svg>\n";
  }
}
