package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NEGOTIATION_FAILED;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.LimitsAsked;
import workqueue.history.WireEvent.SessionOpened;

/** Client and broker cannot agree on channels or on a frame's size. */
final class NegotiationFailed extends Cause {

  NegotiationFailed() {
    super(
        NEGOTIATION_FAILED,
        Scope.JOB,
        """
        A client asked for more channels or larger frames than the broker grants and never got a session: RabbitMQ closes such a
        connection, some versions of it without a reply, so that only the wire tells why.
        """,
        Remedy.by(Who.AUTHOR, "ask for no more than the broker offers"),
        Remedy.by(Who.BROKER, "raise channel_max or frame_max"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> told = seen.refused(Refusal.NEGOTIATION_FAILED);
    return told.isEmpty() ? onTheWire(seen.picture()) : told;
  }

  private static List<Suspicion> onTheWire(Picture picture) {
    Set<String> agreed =
        picture.history.all(SessionOpened.class).stream()
            .map(each -> each.event().connection())
            .collect(Collectors.toSet());
    Set<String> ended =
        picture.history.all(ConnectionEnded.class, each -> !each.byClient()).stream()
            .map(each -> each.event().connection())
            .collect(Collectors.toSet());
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      List<Recorded<LimitsAsked>> failed =
          picture.history.all(LimitsAsked.class).stream()
              .filter(each -> !agreed.contains(each.event().connection()))
              .filter(each -> ended.contains(each.event().connection()))
              .filter(each -> job.hasPod(picture.connections().podOf(each.event().connection())))
              .toList();
      if (!failed.isEmpty() && !job.state().complete()) {
        found.add(of(picture, failed));
      }
    }
    return found;
  }

  private static Suspicion of(Picture picture, List<Recorded<LimitsAsked>> failed) {
    LimitsAsked asked = failed.get(0).event();
    String limits =
        Stream.of(
                compared("channel_max", asked.channelMax(), asked.offeredChannelMax()),
                compared("frame_max", asked.frameMax(), asked.offeredFrameMax()))
            .collect(Collectors.joining(", "));
    return Suspicion.of(
            NEGOTIATION_FAILED,
            (asked.client().isEmpty() ? "the workers' client" : asked.client())
                + " and the broker cannot agree: it asks for "
                + limits)
        .pods(
            failed.stream()
                .map(each -> picture.connections().podOf(each.event().connection()))
                .toList())
        .proof(failed.stream().map(Recorded::seq).toList())
        .remedy(Refusal.NEGOTIATION_FAILED.remedy());
  }

  private static String compared(String name, long asked, long offered) {
    return name + " " + asked + " (the broker's: " + offered + ")";
  }
}
