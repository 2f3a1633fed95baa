package workqueue.history;

import java.time.Instant;

/**
 * An event with its place in the record.
 *
 * @param seq its number, from 1; greater than those of all events recorded before it
 * @param at when it was recorded, by the harness' clock
 */
public record Recorded<E extends Event>(long seq, Instant at, Source source, E event) {
  public Recorded {
    if (seq < 1) {
      throw new IllegalArgumentException("Events are numbered from 1, not " + seq + ".");
    }
    Text.present("at", at);
    Text.present("source", source);
    Text.present("event", event);
  }
}
