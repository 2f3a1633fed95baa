package workqueue.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workqueue.Counted;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.SessionOpened;

/**
 * The broker gave a connection up because its client was silent: no frame, not even a heartbeat,
 * for about two of the intervals that both had agreed on. A client that works in the thread that
 * serves its connection is silent for as long as that takes.
 */
final class HeartbeatMissed implements Cause {
  // A broker looks twice an interval, and the last frame may have come just before a look.
  private static final double INTERVALS = 1.5;

  @Override
  public List<Suspicion> in(Picture picture, Duration window) {
    List<Suspicion> found = new ArrayList<>();
    Map<String, Integer> heartbeats = new HashMap<>();
    for (Recorded<SessionOpened> each : picture.history.all(SessionOpened.class)) {
      heartbeats.put(each.event().connection(), each.event().heartbeat());
    }
    for (JobView job : picture.jobs()) {
      if (job.state().complete()) {
        continue;
      }
      List<Recorded<ConnectionEnded>> cut =
          picture.history.all(
              ConnectionEnded.class,
              each ->
                  isMissed(each, heartbeats.getOrDefault(each.connection(), 0))
                      && job.hasPod(picture.connections().podOf(each.connection())));
      if (!cut.isEmpty()) {
        found.add(of(picture, job, cut, heartbeats));
      }
    }
    return found;
  }

  private static Suspicion of(
      Picture picture,
      JobView job,
      List<Recorded<ConnectionEnded>> cut,
      Map<String, Integer> heartbeats) {
    ConnectionEnded first = cut.get(0).event();
    return Suspicion.of(
            FindingCode.HEARTBEAT_MISSED,
            "the broker gave up "
                + Counted.of(cut.size(), "connection")
                + " of "
                + job
                + ", silent for "
                + first.clientSilentMillis() / 1000
                + " s at a heartbeat of "
                + heartbeats.get(first.connection())
                + " s")
        .pods(
            cut.stream()
                .map(each -> picture.connections().podOf(each.event().connection()))
                .toList())
        .proof(cut.stream().map(Recorded::seq).toList())
        .remedy(Remedies.logs(job.ref));
  }

  private static boolean isMissed(ConnectionEnded ended, int heartbeat) {
    return heartbeat > 0
        && !ended.byClient()
        && ended.clientSilentMillis() != null
        && ended.clientSilentMillis() >= heartbeat * 1000 * INTERVALS;
  }
}
