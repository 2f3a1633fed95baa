package workqueue.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lanes while they are put together: sections in their order, and which events are on which. */
final class Lanes {
  private final Map<String, Drawn> sections = new LinkedHashMap<>();
  private final Map<Long, List<Lane>> byEvent = new TreeMap<>();

  /** A section while its lanes are put together. */
  private static final class Drawn {
    private final String title;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private String note = "";

    private Drawn(String title) {
      this.title = title;
    }
  }

  /** A lane while it is put together. */
  final class Lane {
    private final String name;
    private final String kind;
    private final List<Timeline.Span> spans = new ArrayList<>();
    private final List<Timeline.Mark> marks = new ArrayList<>();
    private int number;

    private Lane(String name, String kind) {
      this.name = name;
      this.kind = kind;
    }

    /** A state that lasted; one that lasted no time is left out, as nothing would be seen of it. */
    void span(double from, double to, String state, String text, long seq) {
      add(from, to, state, text, seq, false);
    }

    /** A state that is drawn beside the main one. */
    void thin(double from, double to, String state, String text, long seq) {
      add(from, to, state, text, seq, true);
    }

    private void add(double from, double to, String state, String text, long seq, boolean thin) {
      holds(seq);
      if (to > from) {
        spans.add(new Timeline.Span(from, to, state, text, seq, thin));
      }
    }

    void mark(double at, String kind, String text, long seq) {
      holds(seq);
      marks.add(new Timeline.Mark(at, kind, text, seq));
    }

    /** Notes that an event belongs here, whether it is drawn or not. */
    void holds(long seq) {
      List<Lane> lanes = byEvent.computeIfAbsent(seq, any -> new ArrayList<>());
      if (!lanes.contains(this)) {
        lanes.add(this);
      }
    }
  }

  /** Names the sections, in the order in which they are drawn. */
  void section(String id, String title) {
    sections.put(id, new Drawn(title));
  }

  /** Says something of a section. */
  void note(String section, String note) {
    sections.get(section).note = note;
  }

  /** The lane of this name, made at its first use. */
  Lane lane(String section, String name) {
    return lane(section, name, name, "");
  }

  /**
   * The lane of this key, made at its first use.
   *
   * @param key unlike that of any other lane of the section
   */
  Lane lane(String section, String key, String name, String kind) {
    return sections.get(section).lanes.computeIfAbsent(key, any -> new Lane(name, kind));
  }

  /** Whether there is a lane of this key. */
  boolean has(String section, String key) {
    return sections.get(section).lanes.containsKey(key);
  }

  /** The sections that have a lane, or something to say. */
  List<Timeline.Section> drawn() {
    List<Timeline.Section> drawn = new ArrayList<>();
    int number = 0;
    for (Map.Entry<String, Drawn> each : sections.entrySet()) {
      Drawn section = each.getValue();
      List<Timeline.Lane> lanes = new ArrayList<>();
      for (Lane lane : section.lanes.values()) {
        lane.number = number++;
        lanes.add(new Timeline.Lane(lane.name, lane.kind, lane.spans, lane.marks));
      }
      if (!lanes.isEmpty() || !section.note.isEmpty()) {
        drawn.add(new Timeline.Section(each.getKey(), section.title, section.note, lanes));
      }
    }
    return drawn;
  }

  /** The numbers of the lanes that an event is on, once {@link #drawn} has numbered them. */
  List<Integer> of(long seq) {
    return byEvent.getOrDefault(seq, List.of()).stream().map(each -> each.number).toList();
  }
}
