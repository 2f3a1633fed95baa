package workqueue.checker;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionAttributed;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;

/** Whose the connections on the wire are. */
final class Connections {
  private Connections() {}

  /** The pod of each connection; an empty name where it could not be established. */
  static Map<String, String> pods(History history) {
    Map<String, String> pods = new HashMap<>();
    for (Recorded<ConnectionOpened> each : history.all(ConnectionOpened.class)) {
      pods.put(each.event().connection(), each.event().pod());
    }
    for (Recorded<ConnectionAttributed> each : history.all(ConnectionAttributed.class)) {
      ConnectionAttributed event = each.event();
      String pod = event.pod().isEmpty() ? at(event.address(), history) : event.pod();
      pods.put(event.connection(), pod);
    }
    return pods;
  }

  /** Whether the pod is known to have had connections, and all of them to have ended by then. */
  static boolean endedBefore(History history, String pod, Instant then) {
    Set<String> its = new HashSet<>();
    pods(history)
        .forEach(
            (connection, owner) -> {
              if (owner.equals(pod)) {
                its.add(connection);
              }
            });
    Set<String> ended = new HashSet<>();
    history.all(ConnectionEnded.class, each -> its.contains(each.connection())).stream()
        .filter(each -> each.at().isBefore(then))
        .forEach(each -> ended.add(each.event().connection()));
    return !its.isEmpty() && ended.equals(its);
  }

  /** The only pod that ever had the address: of several nobody knows which it was. */
  private static String at(String address, History history) {
    Set<String> names = new HashSet<>();
    if (!address.isEmpty()) {
      history
          .all(PodState.class, each -> each.address().equals(address))
          .forEach(each -> names.add(each.event().pod().name()));
    }
    return names.size() == 1 ? names.iterator().next() : "";
  }
}
