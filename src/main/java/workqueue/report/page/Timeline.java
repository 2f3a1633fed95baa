package workqueue.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * When what happened in a scenario, as it is drawn. Times are milliseconds from {@code from}.
 *
 * @param from the time of the first event
 * @param millis how long the record is
 * @param charts numbers over time
 * @param sections what has a lane each
 * @param gaps when an observer had lost sight
 * @param events every event of the record
 */
record Timeline(
    Instant from,
    double millis,
    List<Chart> charts,
    List<Section> sections,
    List<Gap> gaps,
    List<Point> events) {

  /** Numbers of one thing over time, for example of a queue. */
  record Chart(String title, String unit, List<Series> series) {}

  /** One number over time: it holds from each of its steps to the next. */
  record Series(String name, List<Step> steps) {}

  /** From when on the number had which value, and which event says so. */
  @JsonPropertyOrder({"at", "value", "seq"})
  record Step(double at, int value, long seq) {}

  /**
   * Lanes of one kind.
   *
   * @param id a word, for programs
   * @param note what a person has to know of them; empty if there is nothing
   */
  record Section(String id, String title, String note, List<Lane> lanes) {}

  /**
   * What happened to one thing.
   *
   * @param name of the thing
   * @param kind what else is to be said of it, for example that a container is a sidecar
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Lane(String name, String kind, List<Span> spans, List<Mark> marks) {}

  /**
   * A state that lasted.
   *
   * @param state a word for its colour
   * @param text what is said of it
   * @param seq the event by which it began
   * @param thin whether it is drawn beside the main state of its lane
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Span(double from, double to, String state, String text, long seq, boolean thin) {}

  /**
   * Something that happened at one moment.
   *
   * @param kind a word for its shape
   * @param text what is said of it
   */
  record Mark(double at, String kind, String text, long seq) {}

  /** When an observer had lost sight, and of what. */
  record Gap(double from, double to, String lost, String why, long seq) {}

  /**
   * An event of the record.
   *
   * @param lanes those that it belongs to, by their numbers over all sections; empty if none
   */
  record Point(long seq, double at, List<Integer> lanes) {}
}
