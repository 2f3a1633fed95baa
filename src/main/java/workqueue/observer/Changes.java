package workqueue.observer;

import java.util.HashMap;
import java.util.Map;
import workqueue.history.Event;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Records what is seen only if it differs from what was seen of the same thing before. */
final class Changes {
  private final Recorder recorder;
  private final Map<String, Event> last = new HashMap<>();

  Changes(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * @param thing names what the event is about, across all kinds
   */
  synchronized void see(Source source, String thing, Event event) {
    if (!event.equals(last.put(thing, event))) {
      recorder.record(source, event);
    }
  }
}
