package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.HEARTBEAT_MISSED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.SessionOpened;

/** The broker cut a connection on which the worker was silent for two heartbeats. */
final class HeartbeatMissed extends Cause {
  // A broker looks twice an interval, and the last frame may have come just before a look.
  private static final double INTERVALS = 1.5;

  HeartbeatMissed() {
    super(
        HEARTBEAT_MISSED,
        Scope.JOB,
        """
        A client that works in the thread that serves its connection sends no heartbeat meanwhile. After about two of the intervals that
        both agreed on the broker gives the connection up and the item to somebody else; the worker notices when it acknowledges.
        """,
        Remedy.by(
            Who.AUTHOR, "serve the connection beside the work, or agree on a longer heartbeat"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
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
            HEARTBEAT_MISSED,
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
