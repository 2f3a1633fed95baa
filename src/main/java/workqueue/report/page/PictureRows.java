package workqueue.report.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows a still picture has: a lane each while there is room, the rest counted together. */
final class PictureRows {
  /** Marks that tell of something that is not as usual. */
  static final Set<String> NOTABLE =
      Set.of(
          "fault",
          "exit",
          "returned",
          "refused",
          "warning",
          "step-not-shown",
          "step-not-done",
          "request-failed",
          "probe-failed");

  private static final Set<String> NOTABLE_STATES = Set.of("held", "left", "lost", "unseen");
  private static final String EVENTS = "warnings";

  private PictureRows() {}

  /** A row of a picture. */
  sealed interface Row {
    /** The head of a section, and what is to be said of it. */
    record Head(String title, String note) implements Row {}

    /** A lane of its own. */
    record Single(Timeline.Lane lane) implements Row {}

    /** Lanes that are counted by their states. */
    record Crowd(List<Timeline.Lane> lanes) implements Row {}
  }

  /**
   * The rows of a timeline.
   *
   * @param most how many lanes there are at most that are drawn by themselves
   */
  static List<Row> of(Timeline timeline, int most) {
    List<Timeline.Section> sections =
        timeline.sections().stream().map(PictureRows::wanted).filter(PictureRows::tells).toList();
    Map<String, Integer> shares = shares(sections, most);
    List<Row> rows = new ArrayList<>();
    for (Timeline.Section section : sections) {
      rows.add(new Row.Head(section.title(), section.note()));
      int share = shares.get(section.id());
      Set<Timeline.Lane> single = single(section.lanes(), share);
      section.lanes().stream()
          .filter(single::contains)
          .forEach(lane -> rows.add(new Row.Single(lane)));
      List<Timeline.Lane> others =
          section.lanes().stream().filter(lane -> !single.contains(lane)).toList();
      if (!others.isEmpty()) {
        rows.add(new Row.Crowd(others));
      }
    }
    return rows;
  }

  /** Events of Kubernetes that warn of nothing are for the page. */
  private static Timeline.Section wanted(Timeline.Section section) {
    return section.id().equals(EVENTS)
        ? new Timeline.Section(
            section.id(),
            section.title(),
            section.note(),
            section.lanes().stream().filter(PictureRows::isNotable).toList())
        : section;
  }

  private static boolean tells(Timeline.Section section) {
    return !section.lanes().isEmpty() || !section.note().isEmpty();
  }

  /** How many lanes of each section are drawn by themselves: what a small one leaves others get. */
  private static Map<String, Integer> shares(List<Timeline.Section> sections, int most) {
    Map<String, Integer> shares = new HashMap<>();
    sections.forEach(each -> shares.put(each.id(), 0));
    int left = most;
    while (left > 0) {
      boolean given = false;
      for (Timeline.Section each : sections) {
        if (left > 0 && shares.get(each.id()) < each.lanes().size()) {
          shares.merge(each.id(), 1, Integer::sum);
          left--;
          given = true;
        }
      }
      if (!given) {
        break;
      }
    }
    return shares;
  }

  /** So many lanes, those first that tell of something which is not as usual. */
  private static Set<Timeline.Lane> single(List<Timeline.Lane> lanes, int share) {
    Set<Timeline.Lane> single = Collections.newSetFromMap(new IdentityHashMap<>());
    lanes.stream().filter(PictureRows::isNotable).limit(share).forEach(single::add);
    lanes.stream()
        .filter(each -> !single.contains(each))
        .limit(share - single.size())
        .toList()
        .forEach(single::add);
    return single;
  }

  private static boolean isNotable(Timeline.Lane lane) {
    return lane.marks().stream().anyMatch(each -> NOTABLE.contains(each.kind()))
        || lane.spans().stream().anyMatch(each -> NOTABLE_STATES.contains(each.state()));
  }
}
