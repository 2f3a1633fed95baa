package workqueue.checker.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionAttributed;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;

/** Whose the connections on the wire are. */
public final class Connections {
  private final History history;
  private final Map<String, String> podOf = new HashMap<>();
  private final Map<String, Set<String>> ofPod = new HashMap<>();
  private final Map<String, List<Recorded<ConsumerStarted>>> consumers = new HashMap<>();

  public Connections(History history) {
    this.history = history;
    for (Recorded<ConnectionOpened> each : history.all(ConnectionOpened.class)) {
      podOf.put(each.event().connection(), each.event().pod());
    }
    Map<String, Set<String>> podsAt = new HashMap<>();
    for (Recorded<PodState> each : history.all(PodState.class)) {
      podsAt
          .computeIfAbsent(each.event().address(), any -> new HashSet<>())
          .add(each.event().pod().name());
    }
    for (Recorded<ConnectionAttributed> each : history.all(ConnectionAttributed.class)) {
      ConnectionAttributed event = each.event();
      String pod = event.pod().isEmpty() ? at(event.address(), podsAt) : event.pod();
      podOf.put(event.connection(), pod);
    }
    podOf.forEach(
        (connection, pod) -> ofPod.computeIfAbsent(pod, any -> new HashSet<>()).add(connection));
    for (Recorded<ConsumerStarted> each : history.all(ConsumerStarted.class)) {
      consumers
          .computeIfAbsent(podOf(each.event().connection()), any -> new ArrayList<>())
          .add(each);
    }
  }

  /** The only pod that ever had the address: of several nobody knows which it was. */
  private static String at(String address, Map<String, Set<String>> podsAt) {
    Set<String> names = address.isEmpty() ? Set.of() : podsAt.getOrDefault(address, Set.of());
    return names.size() == 1 ? names.iterator().next() : "";
  }

  /** Whether the wire was looked at, and somebody connected. */
  public boolean seen() {
    return !podOf.isEmpty();
  }

  /** The pod that a connection is of; empty where that could not be established. */
  public String podOf(String connection) {
    return podOf.getOrDefault(connection, "");
  }

  /** How many connections the pod had. */
  public int countOf(String pod) {
    return ofPod.getOrDefault(pod, Set.of()).size();
  }

  /** What the pod began to consume. */
  public List<Recorded<ConsumerStarted>> consumersOf(String pod) {
    return consumers.getOrDefault(pod, List.of());
  }

  /** Whether the pod is known to have had connections, and all of them to have ended by then. */
  public boolean endedBefore(String pod, Instant then) {
    Set<String> its = ofPod.getOrDefault(pod, Set.of());
    Set<String> ended = new HashSet<>();
    history.all(ConnectionEnded.class, each -> its.contains(each.connection())).stream()
        .filter(each -> each.at().isBefore(then))
        .forEach(each -> ended.add(each.event().connection()));
    return !its.isEmpty() && ended.equals(its);
  }
}
