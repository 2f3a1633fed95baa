package workqueue.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import workqueue.Counted;

/** The record of one scenario: a header and the events in the order in which they were recorded. */
public final class History {
  private final Header header;
  private final List<Recorded<?>> events;
  private final Map<Class<?>, List<Recorded<?>>> byType;

  /**
   * @throws IllegalArgumentException if the sequence numbers do not rise
   */
  public History(Header header, List<Recorded<?>> events) {
    this(header, List.copyOf(events), index(events));
  }

  private History(
      Header header, List<Recorded<?>> events, Map<Class<?>, List<Recorded<?>>> byType) {
    this.header = header;
    this.events = events;
    this.byType = byType;
  }

  public Header header() {
    return header;
  }

  public List<Recorded<?>> events() {
    return events;
  }

  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** The events of this type, which is a record, not a family. */
  // The index holds under a class only events of that class.
  @SuppressWarnings("unchecked")
  public <E extends Event> List<Recorded<E>> all(Class<E> type) {
    return (List<Recorded<E>>) (List<?>) byType.getOrDefault(type, List.of());
  }

  /** The events of this type that satisfy the predicate. */
  public <E extends Event> List<Recorded<E>> all(Class<E> type, Predicate<E> which) {
    return all(type).stream().filter(each -> which.test(each.event())).toList();
  }

  /** The last event of this type that satisfies the predicate. */
  public <E extends Event> Optional<Recorded<E>> last(Class<E> type, Predicate<E> which) {
    List<Recorded<E>> all = all(type);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (which.test(all.get(i).event())) {
        return Optional.of(all.get(i));
      }
    }
    return Optional.empty();
  }

  /** The last event of this type. */
  public <E extends Event> Optional<Recorded<E>> last(Class<E> type) {
    return last(type, any -> true);
  }

  /** The times in which one of these sources lost sight. */
  public List<Recorded<HarnessEvent.Gap>> gaps(Source... sources) {
    List<Source> wanted = Arrays.asList(sources);
    return all(HarnessEvent.Gap.class, gap -> wanted.contains(gap.lost()));
  }

  /** Where the final state was taken, if it was. */
  public Optional<Recorded<HarnessEvent.FinalStateTaken>> finalState() {
    return last(HarnessEvent.FinalStateTaken.class);
  }

  /** The record as it was when it had come to this event. */
  public History upTo(long seq) {
    return new History(header, events.stream().filter(each -> each.seq() <= seq).toList());
  }

  /** The same events under the same header with these claims. */
  public History withClaims(List<ClaimSpec> claims) {
    return new History(header.withClaims(claims), events, byType);
  }

  /** An earlier history of the same record, with what was settled on it since. */
  public History settling(History earlier) {
    long last = earlier.isEmpty() ? 0 : earlier.events.get(earlier.events.size() - 1).seq();
    return new History(
        header,
        events.stream()
            .filter(each -> each.seq() <= last || each.event() instanceof HarnessEvent.BlameShifted)
            .toList());
  }

  private static Map<Class<?>, List<Recorded<?>>> index(List<Recorded<?>> events) {
    Map<Class<?>, List<Recorded<?>>> index = new HashMap<>();
    long before = 0;
    for (Recorded<?> each : events) {
      if (each.seq() <= before) {
        throw new IllegalArgumentException(
            "Event " + each.seq() + " comes after event " + before + ": numbers must rise.");
      }
      before = each.seq();
      index.computeIfAbsent(each.event().getClass(), type -> new ArrayList<>()).add(each);
    }
    index.replaceAll((type, list) -> List.copyOf(list));
    return Map.copyOf(index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof History history
        && history.header.equals(header)
        && history.events.equals(events);
  }

  @Override
  public int hashCode() {
    return 31 * header.hashCode() + events.hashCode();
  }

  @Override
  public String toString() {
    return "history of " + header.scenario() + ", " + Counted.of(events.size(), "event");
  }
}
