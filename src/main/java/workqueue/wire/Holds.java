package workqueue.wire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The holds of a tap that are armed; any number of threads may use it. */
final class Holds {
  private final List<Hold> armed = new CopyOnWriteArrayList<>();

  Hold arm(Hold hold) {
    armed.removeIf(each -> !each.isArmed());
    armed.add(hold);
    return hold;
  }

  /** Whether a message has to be whole before it is passed on. */
  boolean lookAhead() {
    return armed.stream().anyMatch(each -> each.isBefore() && each.isArmed());
  }

  /** The hold that this frame trips, which is then spent. */
  Optional<Hold> take(boolean before, Passed passed) {
    for (Hold hold : armed) {
      if (hold.isBefore() == before && hold.takes(passed)) {
        armed.remove(hold);
        return Optional.of(hold);
      }
    }
    return Optional.empty();
  }
}
