package workqueue.report.page;

import static workqueue.report.page.Canvas.FAINT;
import static workqueue.report.page.Canvas.HALO;
import static workqueue.report.page.Canvas.INK;
import static workqueue.report.page.Canvas.LINE;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import workqueue.Counted;
import workqueue.Redaction;
import workqueue.history.History;
import workqueue.report.page.PictureRows.Row;

/**
 * The timeline of a history as a still picture: an SVG that needs nothing else, for where no script
 * runs. It shows what the page shows at first sight; what it leaves out it says.
 */
public final class TimelinePicture {
  /** How large a picture may be, in bytes; it has less detail rather than more of them. */
  static final int MOST_BYTES = 100_000;

  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int WIDTH = 1000;
  private static final int LEFT = 196;
  private static final int RIGHT = 18;
  private static final int PLOT = WIDTH - LEFT - RIGHT;
  private static final int ROW = 20;
  private static final int CROWD = 44;
  private static final int CHART = 44;
  private static final double LETTER = 6.1;
  private static final String RULE = "#d5dbe1";
  private static final int NAME_LETTERS = 29;
  private static final int TITLE_LETTERS = 90;
  private static final int CLOSER_LANES = 12;
  private static final int MOST_STRIKES = 12;
  private static final int MOST_NOTES = 3;
  private static final int NOTE_LETTERS = 150;
  private static final int TOLD_LETTERS = 125;

  /** What is drawn first, as it only illustrates what decides. */
  private static final List<String> BELOW = List.of("worked", "pushed", "event", "published");

  /**
   * How much is drawn.
   *
   * @param lanes how many have a row of their own
   * @param column how many pixels apart two things are at least that are drawn beside each other
   * @param charts of how many numbers over time are drawn
   */
  private record Detail(int lanes, int column, int charts) {
    static final List<Detail> LEVELS =
        List.of(
            new Detail(40, 2, 6), new Detail(40, 6, 4), new Detail(16, 8, 3), new Detail(0, 8, 2));
  }

  private final Timeline timeline;
  private final Detail detail;
  private final Canvas canvas = new Canvas();
  private final Set<String> states = new TreeSet<>();
  private double from;
  private double to;

  private TimelinePicture(Timeline timeline, Detail detail) {
    this.timeline = timeline;
    this.detail = detail;
  }

  /** The picture of a history, as SVG. */
  public static String of(History history) {
    return of(history.header().scenario(), Drawing.of(history));
  }

  static String of(String name, Timeline timeline) {
    String picture = "";
    for (Detail each : Detail.LEVELS) {
      picture = new TimelinePicture(timeline, each).draw(name);
      if (picture.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
        break;
      }
    }
    return picture;
  }

  private String draw(String name) {
    show(0, timeline.millis());
    canvas.words(name, 10, 20, INK, "font-size", 14, "font-weight", 600);
    canvas.words(
        "%s from %s UTC".formatted(moment(timeline.millis()), STARTED.format(timeline.from())),
        WIDTH - RIGHT,
        20,
        FAINT,
        "text-anchor",
        "end");
    double y = 32;
    if (timeline.events().isEmpty()) {
      canvas.words("Nothing was recorded.", 10, y + 14, FAINT);
      return canvas.whole("Timeline of " + name, WIDTH, y + 30);
    }
    List<Timeline.Chart> charts =
        timeline.charts().subList(0, Math.min(detail.charts(), timeline.charts().size()));
    for (Timeline.Chart each : charts) {
      y = chart(each, y);
    }
    List<Row> rows = PictureRows.of(timeline, detail.lanes());
    y = panel(rows, y);
    y = closer(y);
    show(0, timeline.millis());
    y = legend(y + 8);
    for (String each : notes(rows, charts.size())) {
      canvas.words(clipped(each, NOTE_LETTERS), 10, y + 12, FAINT);
      y += 16;
    }
    return canvas.whole("Timeline of " + name, WIDTH, y + 8);
  }

  /** Has the time axis run from here to there, in milliseconds. */
  private void show(double start, double end) {
    from = start;
    to = Math.max(end, start + 1);
  }

  private double x(double at) {
    return LEFT + (Math.min(to, Math.max(from, at)) - from) / (to - from) * PLOT;
  }

  private boolean isSeen(double at) {
    return at >= from && at <= to;
  }

  private boolean isSeen(double start, double end) {
    return end >= from && start <= to;
  }

  private String paint(Styles.OfState style) {
    return style.hatched() ? canvas.hatched(style.colour()) : style.colour();
  }

  // --- numbers over time

  private double chart(Timeline.Chart chart, double top) {
    canvas.words(clipped(chart.title(), TITLE_LETTERS), 10, top + 12, INK, "font-weight", 600);
    double right = WIDTH - RIGHT;
    double foot = top + 18 + CHART;
    int most =
        chart.series().stream()
            .flatMap(each -> each.steps().stream())
            .mapToInt(Timeline.Step::value)
            .max()
            .orElse(0);
    for (int i = chart.series().size() - 1; i >= 0; i--) {
      String name = chart.series().get(i).name();
      right -= name.length() * LETTER + 4;
      canvas.words(name, right, top + 12, INK);
      right -= 6;
      line(
          i, "M%s %sH%s".formatted(Svg.number(right - 24), Svg.number(top + 8), Svg.number(right)));
      right -= 36;
    }
    grid(top + 18, foot);
    if (most > 0) {
      canvas.words(Integer.toString(most), LEFT - 6, top + 26, FAINT, "text-anchor", "end");
    }
    canvas.words("0", LEFT - 6, foot, FAINT, "text-anchor", "end");
    baseline(foot);
    for (int i = chart.series().size() - 1; i >= 0; i--) {
      String path = steps(chart.series().get(i).steps(), foot, (CHART - 4.0) / Math.max(1, most));
      if (!path.isEmpty()) {
        line(i, path);
      }
    }
    return foot + 12;
  }

  private void line(int series, String path) {
    List<Styles.OfSeries> styles = Styles.READ.series();
    Styles.OfSeries style = styles.get(series % styles.size());
    canvas.path(
        "d",
        path,
        "fill",
        "none",
        "stroke",
        style.colour(),
        "stroke-width",
        "1.8",
        "stroke-dasharray",
        style.dash().isEmpty()
            ? null
            : String.join(" ", style.dash().stream().map(String::valueOf).toList()));
  }

  /** A number over time; of what lies in one column of pixels its reach is drawn. */
  private String steps(List<Timeline.Step> steps, double foot, double unit) {
    StringBuilder path = new StringBuilder();
    double column = Double.NEGATIVE_INFINITY;
    double least = 0;
    double most = 0;
    double now = 0;
    for (Timeline.Step step : steps) {
      double x = x(step.at());
      double y = foot - step.value() * unit;
      if (path.length() == 0) {
        path.append("M%s %s".formatted(Svg.number(x), Svg.number(y)));
        column = x;
        least = y;
        most = y;
      } else if (x - column < detail.column()) {
        if (y < least || y > most) {
          path.append("V").append(Svg.number(y));
          least = Math.min(least, y);
          most = Math.max(most, y);
        }
      } else {
        // Where a column's reach was drawn, the line goes on from its last value.
        path.append("V").append(Svg.number(now));
        path.append("H").append(Svg.number(x)).append("V").append(Svg.number(y));
        column = x;
        least = Math.min(now, y);
        most = Math.max(now, y);
      }
      now = y;
    }
    return path.length() == 0
        ? ""
        : path.append("V").append(Svg.number(now)).append("H").append(WIDTH - RIGHT).toString();
  }

  // --- lanes

  /** Rows of lanes above a time axis; where the next thing goes. */
  private double panel(List<Row> rows, double top) {
    double foot = top;
    for (Row each : rows) {
      foot += height(each);
    }
    grid(top, foot);
    for (Timeline.Gap each : timeline.gaps()) {
      if (isSeen(each.from(), each.to())) {
        canvas.bar(
            x(each.from()) - 1,
            Math.max(4, x(each.to()) - x(each.from())),
            top,
            foot - top,
            "fill",
            canvas.hatched("#5a6772"),
            "fill-opacity",
            ".4");
      }
    }
    strikes(top, foot);
    double y = top;
    for (Row each : rows) {
      if (each instanceof Row.Head head) {
        canvas.words(
            head.title().toUpperCase(Locale.ROOT),
            10,
            y + 14,
            INK,
            "font-size",
            10,
            "font-weight",
            600);
        canvas.words(clipped(head.note(), 120), LEFT, y + 14, FAINT);
      } else if (each instanceof Row.Single single) {
        lane(single.lane(), y);
      } else if (each instanceof Row.Crowd crowd) {
        crowd(crowd.lanes(), y, rows);
      }
      y += height(each);
    }
    axis(foot);
    return foot + 22;
  }

  private static double height(Row row) {
    return row instanceof Row.Crowd ? CROWD : ROW;
  }

  private void lane(Timeline.Lane lane, double top) {
    double middle = top + ROW / 2.0;
    String name = lane.name() + (lane.kind().isEmpty() ? "" : " (" + lane.kind() + ")");
    canvas.words(
        clipped(name.strip(), NAME_LETTERS), name.startsWith(" ") ? 20 : 10, middle + 4, INK);
    List<Timeline.Mark> seen = apart(lane.marks());
    for (Timeline.Span each : lane.spans()) {
      if (isSeen(each.from(), each.to())) {
        span(each, middle);
      }
    }
    for (Timeline.Span each : lane.spans()) {
      if (!each.thin() && isSeen(each.from(), each.to())) {
        said(each, middle, seen);
      }
    }
    seen.forEach(each -> canvas.mark(each.kind(), x(each.at()), middle));
  }

  private void span(Timeline.Span span, double middle) {
    boolean held = span.thin() && span.state().equals("held");
    double width = Math.max(1.5, x(span.to()) - x(span.from()));
    Styles.OfState style = Styles.READ.state(span.state());
    states.add(span.state());
    canvas.bar(
        x(span.from()),
        width,
        held ? middle + 6 : span.thin() ? middle - 9.5 : middle - 5.5,
        span.thin() ? 3 : 11,
        "fill",
        paint(style),
        "fill-opacity",
        style.faint() ? ".2" : null,
        "stroke",
        style.hatched() && width > 3 ? style.colour() : null,
        "stroke-width",
        style.hatched() && width > 3 ? ".7" : null);
  }

  /** Writes into a bar what it is, where that has room beside the marks on it. */
  private void said(Timeline.Span span, double middle, List<Timeline.Mark> seen) {
    Styles.OfState style = Styles.READ.state(span.state());
    String words = words(span, style);
    double place = place(span, words, seen);
    boolean failed = span.state().equals("container-terminated-failed");
    if (place < 0 && failed && isSeen(span.from())) {
      // A code that has no room is written over what follows: it must not be missed.
      words = words.replaceFirst("^exit ", "").split(" ", 2)[0];
      place = x(span.from()) + Canvas.MARK / 2.0 + 3;
    }
    if (place < 0 || words.isEmpty()) {
      return;
    }
    if (style.hatched() || style.faint()) {
      canvas.words(words, place, middle + 4, style.hatched() || failed ? INK + " " + HALO : INK);
    } else {
      canvas.words(words, place, middle + 4, null, "fill", contrast(style.colour()));
    }
  }

  private double place(Timeline.Span span, String words, List<Timeline.Mark> seen) {
    double width = words.length() * LETTER;
    double start = x(span.from()) + 7;
    List<Double> places =
        seen.stream().map(each -> x(each.at())).sorted(Comparator.naturalOrder()).toList();
    for (double mark : places) {
      if (mark + 7 > start && mark - 7 < start + width) {
        start = mark + 9;
      }
    }
    return start + width + 2 <= x(span.to()) ? start : -1;
  }

  private static String words(Timeline.Span span, Styles.OfState style) {
    String text = span.text();
    if (span.state().startsWith("step-")) {
      return text.split(":", 2)[0];
    }
    return switch (span.state()) {
      case "container-waiting", "container-terminated-failed" ->
          text.substring(text.indexOf(": ") + 2).split(",", 2)[0];
      case "unacked" -> text.split(" holds ", 2)[0];
      default -> style.say();
    };
  }

  /** Black or white, whichever is read better on a colour. */
  private static String contrast(String colour) {
    int red = Integer.parseInt(colour.substring(1, 3), 16);
    int green = Integer.parseInt(colour.substring(3, 5), 16);
    int blue = Integer.parseInt(colour.substring(5, 7), 16);
    return red * 0.299 + green * 0.587 + blue * 0.114 > 140 ? "#10161c" : "#ffffff";
  }

  /** Those marks that are seen beside each other, what decides over what illustrates. */
  private List<Timeline.Mark> apart(List<Timeline.Mark> all) {
    List<Timeline.Mark> sorted =
        all.stream()
            .filter(each -> isSeen(each.at()))
            .sorted(
                Comparator.comparing((Timeline.Mark each) -> rank(each.kind()))
                    .thenComparing(Timeline.Mark::at))
            .toList();
    Map<String, Double> last = new LinkedHashMap<>();
    List<Timeline.Mark> apart = new ArrayList<>();
    for (Timeline.Mark each : sorted) {
      double x = x(each.at());
      Double before = last.get(each.kind());
      if (before == null || x - before >= detail.column()) {
        last.put(each.kind(), x);
        apart.add(each);
      }
    }
    return apart;
  }

  private static int rank(String kind) {
    return BELOW.contains(kind) ? BELOW.indexOf(kind) : BELOW.size();
  }

  // --- lanes that are counted

  private void crowd(List<Timeline.Lane> lanes, double top, List<Row> rows) {
    boolean phases = lanes.stream().anyMatch(each -> !phases(each).isEmpty());
    List<List<Timeline.Span>> counted =
        lanes.stream()
            .map(each -> phases ? phases(each) : each.spans())
            .filter(each -> !phases || !each.isEmpty())
            .toList();
    int columns = PLOT / detail.column();
    Map<String, int[]> counts = new LinkedHashMap<>();
    Styles.READ.states().keySet().forEach(each -> counts.put(each, new int[columns]));
    for (List<Timeline.Span> spans : counted) {
      for (Timeline.Span span : spans) {
        int first = Math.min(columns - 1, column(span.from()));
        int end = Math.min(columns, Math.max(first + 1, column(span.to())));
        for (int i = first; i < end; i++) {
          counts.get(span.state())[i]++;
        }
      }
    }
    canvas.words(
        counted.size()
            + (rows.stream().anyMatch(Row.Single.class::isInstance) ? " more" : " in all")
            + ", by state",
        10,
        top + CROWD / 2.0 + 4,
        INK);
    double foot = top + CROWD - 4;
    double unit = (CROWD - 14.0) / Math.max(1, highest(counts, columns));
    int[] below = new int[columns];
    counts.forEach(
        (state, count) -> {
          if (Arrays.stream(count).anyMatch(each -> each > 0)) {
            states.add(state);
            Styles.OfState style = Styles.READ.state(state);
            canvas.path(
                "d",
                stacked(below, count, foot, unit),
                "fill",
                paint(style),
                "fill-opacity",
                style.faint() ? ".35" : null);
            for (int i = 0; i < columns; i++) {
              below[i] += count[i];
            }
          }
        });
    List<Timeline.Mark> notable =
        lanes.stream()
            .flatMap(each -> each.marks().stream())
            .filter(each -> PictureRows.NOTABLE.contains(each.kind()))
            .toList();
    apart(notable).forEach(each -> canvas.mark(each.kind(), x(each.at()), top + 7));
  }

  /** The phases of a pod; of anything else there are none. */
  private static List<Timeline.Span> phases(Timeline.Lane lane) {
    return lane.spans().stream()
        .filter(each -> each.thin() && !each.state().equals("held"))
        .toList();
  }

  private int column(double at) {
    return (int) ((x(at) - LEFT) / detail.column());
  }

  private static int highest(Map<String, int[]> counts, int columns) {
    int highest = 0;
    for (int i = 0; i < columns; i++) {
      int sum = 0;
      for (int[] each : counts.values()) {
        sum += each[i];
      }
      highest = Math.max(highest, sum);
    }
    return highest;
  }

  /** A band over what is stacked below it: along its upper edge, and back along its lower one. */
  private String stacked(int[] below, int[] count, double foot, double unit) {
    StringBuilder path = new StringBuilder();
    int columns = count.length;
    path.append("M%d %s".formatted(LEFT, Svg.number(foot - (below[0] + count[0]) * unit)));
    for (int i = 1; i < columns; i++) {
      if (below[i] + count[i] != below[i - 1] + count[i - 1]) {
        path.append("H").append(LEFT + i * detail.column());
        path.append("V").append(Svg.number(foot - (below[i] + count[i]) * unit));
      }
    }
    path.append("H").append(LEFT + columns * detail.column());
    path.append("V").append(Svg.number(foot - below[columns - 1] * unit));
    for (int i = columns - 1; i > 0; i--) {
      if (below[i] != below[i - 1]) {
        path.append("H").append(LEFT + i * detail.column());
        path.append("V").append(Svg.number(foot - below[i - 1] * unit));
      }
    }
    return path.append("H").append(LEFT).append("Z").toString();
  }

  // --- what struck

  /** Lines through the times at which something struck, with what it was. */
  private void strikes(double top, double foot) {
    double free = 0;
    for (Timeline.Mark each : lastStrikes()) {
      double x = x(each.at());
      if (!isSeen(each.at())) {
        continue;
      }
      canvas.path(
          "d",
          "M%s %sV%s".formatted(Svg.number(x), Svg.number(top), Svg.number(foot)),
          "stroke",
          "#d55e00",
          "stroke-dasharray",
          "2 2");
      String kind = each.text().split(" ", 2)[0];
      double width = kind.length() * LETTER;
      boolean before = x + width + 4 > WIDTH - RIGHT;
      double start = before ? x - 4 - width : x + 4;
      if (start >= free) {
        canvas.words(
            kind,
            before ? x - 4 : x + 4,
            top + 14,
            HALO,
            "fill",
            "#d55e00",
            "text-anchor",
            before ? "end" : null);
        free = start + width + 4;
      }
    }
  }

  /** The last word of each fault. */
  private List<Timeline.Mark> lastStrikes() {
    return CloserLook.struck(timeline).stream()
        .flatMap(
            lane ->
                lane.marks().stream()
                    .filter(each -> each.kind().equals("fault"))
                    .reduce((first, second) -> second)
                    .stream())
        .sorted(Comparator.comparing(Timeline.Mark::at))
        .limit(MOST_STRIKES)
        .toList();
  }

  /** What struck, from nearby, where it is too quick to be seen in the whole. */
  private double closer(double top) {
    Optional<CloserLook> look = CloserLook.at(timeline);
    if (look.isEmpty()) {
      return top;
    }
    show(look.get().from(), look.get().to());
    canvas.words(
        "When it struck: %s to %s".formatted(moment(from), moment(to)),
        10,
        top + 18,
        INK,
        "font-size",
        12,
        "font-weight",
        600);
    List<Row> rows =
        PictureRows.of(look.get().near(), CLOSER_LANES).stream()
            .filter(each -> !(each instanceof Row.Crowd))
            .toList();
    double y = panel(rows, top + 26);
    for (String each : look.get().told()) {
      canvas.words(clipped(each, TOLD_LETTERS), LEFT, y + 12, INK);
      y += 16;
    }
    return y;
  }

  // --- what is around them

  /** The round times that the axis names, in milliseconds. */
  private List<Double> ticks() {
    double tick = 1;
    while ((to - from) / tick > 9) {
      String digits = Svg.number(tick);
      tick *= digits.startsWith("2") ? 2.5 : 2;
    }
    List<Double> ticks = new ArrayList<>();
    for (double at = Math.ceil(from / tick) * tick; at <= to; at += tick) {
      ticks.add(at);
    }
    return ticks;
  }

  private void grid(double top, double foot) {
    StringBuilder path = new StringBuilder();
    for (double at : ticks()) {
      path.append("M%s %sV%s".formatted(Svg.number(x(at)), Svg.number(top), Svg.number(foot)));
    }
    if (path.length() > 0) {
      canvas.path("class", LINE, "d", path, "stroke", RULE, "stroke-width", ".6");
    }
  }

  private void baseline(double at) {
    canvas.path(
        "class",
        LINE,
        "d",
        "M%d %sH%d".formatted(LEFT, Svg.number(at), WIDTH - RIGHT),
        "stroke",
        RULE);
  }

  private void axis(double top) {
    baseline(top);
    for (double at : ticks()) {
      canvas.words(
          new BigDecimal(Svg.number(at)).movePointLeft(3).stripTrailingZeros().toPlainString()
              + " s",
          x(at),
          top + 14,
          FAINT,
          "text-anchor",
          "middle");
    }
  }

  private double legend(double top) {
    double y = top;
    double x = 10;
    for (Map.Entry<String, Styles.OfMark> each : Styles.READ.marks().entrySet()) {
      if (canvas.marks().contains(each.getKey())) {
        double width = 18 + each.getValue().say().length() * LETTER + 12;
        if (x + width > WIDTH) {
          x = 10;
          y += 16;
        }
        canvas.sample(each.getKey(), x, y + 2);
        canvas.words(each.getValue().say(), x + 16, y + 12, FAINT);
        x += width;
      }
    }
    if (x > 10) {
      x = 10;
      y += 16;
    }
    Set<String> told = new TreeSet<>();
    for (Map.Entry<String, Styles.OfState> each : Styles.READ.states().entrySet()) {
      Styles.OfState style = each.getValue();
      if (!states.contains(each.getKey()) || !told.add(style.say() + style.colour())) {
        continue;
      }
      double width = 26 + style.say().length() * LETTER + 12;
      if (x + width > WIDTH) {
        x = 10;
        y += 16;
      }
      canvas.bar(
          x,
          20,
          style.thin() ? y + 7 : y + 3,
          style.thin() ? 3 : 10,
          "fill",
          paint(style),
          "fill-opacity",
          style.faint() ? ".2" : null,
          "stroke",
          style.hatched() || style.faint() ? style.colour() : null,
          "stroke-width",
          style.hatched() || style.faint() ? ".7" : null);
      canvas.words(style.say(), x + 24, y + 12, FAINT);
      x += width;
    }
    return y + (x > 10 ? 20 : 4);
  }

  /** What is to be said of the picture: when nobody looked, and what is left out. */
  private List<String> notes(List<Row> rows, int charts) {
    List<String> notes = new ArrayList<>();
    List<Timeline.Gap> gaps = timeline.gaps();
    for (Timeline.Gap each : gaps.subList(0, Math.min(MOST_NOTES, gaps.size()))) {
      notes.add(
          "Hatched over all lanes: no sight of %s from %s to %s: %s"
              .formatted(each.lost(), moment(each.from()), moment(each.to()), each.why()));
    }
    if (gaps.size() > MOST_NOTES) {
      notes.add(Counted.more(gaps.size() - MOST_NOTES, "gap") + " are hatched as well.");
    }
    int counted =
        rows.stream()
            .mapToInt(each -> each instanceof Row.Crowd crowd ? crowd.lanes().size() : 0)
            .sum();
    if (counted > 0) {
      notes.add(
          Counted.of(counted, "lane")
              + (counted == 1 ? " is" : " are")
              + " counted by state: no more than "
              + detail.lanes()
              + " have a row each here. The page of the run shows all.");
    }
    int left = timeline.charts().size() - charts;
    if (left > 0) {
      notes.add(Counted.more(left, "chart") + (left == 1 ? " is" : " are") + " on the page only.");
    }
    return notes;
  }

  private static String moment(double millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  /** What has room of a text; a password is gone before it can be cut in two. */
  private static String clipped(String whole, int letters) {
    String text = Redaction.redact(whole);
    return text.codePointCount(0, text.length()) <= letters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, letters - 1)) + "…";
  }
}
