package workqueue.wire;

import java.util.List;
import workqueue.history.WireEvent;

/**
 * What a frame says that a condition is asked about.
 *
 * @param event as it is recorded once the frame was passed on
 * @param deliveries what it is about: the delivery itself, or the deliveries that an ack or a nack
 *     settles
 */
public record Passed(WireEvent event, List<WireEvent.Delivered> deliveries) {
  public Passed {
    deliveries = List.copyOf(deliveries);
  }

  static Passed of(WireEvent event) {
    return new Passed(event, List.of());
  }
}
