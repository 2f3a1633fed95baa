package workqueue.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What struck, from nearby: of a timeline only the time around it, and only what happened then.
 *
 * @param from when it begins, in milliseconds
 * @param to when it ends, in milliseconds
 * @param near the lanes on which something of note happens then
 * @param told the same in words and in order, as two marks may be too close to see which was first
 */
record CloserLook(double from, double to, Timeline near, List<String> told) {
  private static final int MOST_TOLD = 12;
  private static final double SOON_MILLIS = 3_000;

  /** What is told in words. */
  private static final Set<String> TOLD =
      Set.of("acked", "returned", "fault", "healed", "released", "exit", "exit-0", "refused");

  /** What is told of nothing in particular, so that no lane is looked at more closely for it. */
  private static final Set<String> ORDINARY =
      Set.of("event", "published", "pushed", "worked", "request", "probe-ok");

  /** The look at what struck; empty if nothing did, or if it took its time. */
  static Optional<CloserLook> at(Timeline timeline) {
    List<Double> times = new ArrayList<>();
    for (Timeline.Lane lane : struck(timeline)) {
      lane.marks().forEach(each -> times.add(each.at()));
      lane.spans().forEach(each -> times.add(each.from()));
      lane.spans().forEach(each -> times.add(each.to()));
    }
    if (times.isEmpty()) {
      return Optional.empty();
    }
    double first = times.stream().min(Comparator.naturalOrder()).orElseThrow();
    double last = cameOf(timeline, times.stream().max(Comparator.naturalOrder()).orElseThrow());
    double room = Math.max(300, (last - first) * 0.15);
    double from = Math.max(0, first - room);
    double to = Math.min(timeline.millis(), last + room);
    if (to - from > timeline.millis() / 3) {
      return Optional.empty();
    }
    List<Timeline.Section> sections =
        timeline.sections().stream().map(each -> near(each, from, to)).toList();
    return Optional.of(
        new CloserLook(
            from,
            to,
            new Timeline(
                timeline.from(),
                timeline.millis(),
                List.of(),
                sections,
                timeline.gaps(),
                timeline.events()),
            told(sections, from, to)));
  }

  /** The lanes of faults and holds. */
  static List<Timeline.Lane> struck(Timeline timeline) {
    return timeline.sections().stream()
        .filter(each -> each.id().equals("struck"))
        .flatMap(each -> each.lanes().stream())
        .toList();
  }

  /** When what struck was seen to have ended a container, if that was soon. */
  private static double cameOf(Timeline timeline, double struck) {
    return timeline.sections().stream()
        .filter(each -> each.id().equals("pods"))
        .flatMap(each -> each.lanes().stream())
        .filter(lane -> lane.marks().stream().anyMatch(each -> each.kind().equals("fault")))
        .flatMap(lane -> lane.marks().stream())
        .filter(each -> each.kind().equals("exit") || each.kind().equals("exit-0"))
        .mapToDouble(Timeline.Mark::at)
        .filter(each -> each >= struck && each <= struck + SOON_MILLIS)
        .min()
        .orElse(struck);
  }

  private static Timeline.Section near(Timeline.Section section, double from, double to) {
    return new Timeline.Section(
        section.id(),
        section.title(),
        "",
        section.lanes().stream()
            .filter(
                lane ->
                    lane.marks().stream()
                            .filter(each -> each.at() >= from && each.at() <= to)
                            .anyMatch(each -> !ORDINARY.contains(each.kind()))
                        || lane.spans().stream()
                            .filter(each -> each.to() >= from && each.from() <= to)
                            .anyMatch(each -> each.state().equals("held")))
            .toList());
  }

  private static List<String> told(List<Timeline.Section> sections, double from, double to) {
    Map<Long, String> told = new LinkedHashMap<>();
    sections.stream()
        .filter(each -> !each.id().equals("items"))
        .flatMap(
            section ->
                section.lanes().stream()
                    .flatMap(
                        lane ->
                            lane.marks().stream()
                                .filter(each -> each.at() >= from && each.at() <= to)
                                .filter(each -> TOLD.contains(each.kind()))
                                .map(mark -> Map.entry(mark, said(section, lane, mark)))))
        .sorted(
            Comparator.comparing((Map.Entry<Timeline.Mark, String> each) -> each.getKey().at())
                .thenComparing(each -> each.getKey().seq()))
        .forEach(each -> told.putIfAbsent(each.getKey().seq(), each.getValue()));
    return told.values().stream().limit(MOST_TOLD).toList();
  }

  private static String said(Timeline.Section section, Timeline.Lane lane, Timeline.Mark mark) {
    String thing =
        section.id().equals("pods") && !mark.text().contains(lane.name()) ? lane.name() + " " : "";
    String what = lane.name().startsWith("hold ") ? lane.name() + " " + mark.text() : mark.text();
    return String.format(Locale.ROOT, "%.3f s  %s%s", mark.at() / 1000, thing, what);
  }
}
