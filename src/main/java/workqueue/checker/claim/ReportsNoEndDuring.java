package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionEnded;

/**
 * While this fault lasted a worker ended on the node that it struck, as the wire shows, and no end
 * of any container there was reported.
 */
record ReportsNoEndDuring(String fault) implements Statement {
  @Override
  public String words() {
    return "no end is reported during " + fault;
  }

  @Override
  public Conclusion judge(Picture picture) {
    Optional<Recorded<FaultInjected>> struck =
        picture.history.last(FaultInjected.class, each -> each.kind().equals(fault));
    Optional<Recorded<FaultHealed>> healed = healed(picture);
    if (struck.isEmpty() || healed.isEmpty() || !picture.history.gaps(Source.PODS).isEmpty()) {
      return unknown(words(), "the fault, its end, and no gap", "not all of that");
    }
    long from = struck.get().seq();
    long to = healed.get().seq();
    String node = struck.get().event().target();
    List<String> ended =
        picture.history.all(ConnectionEnded.class).stream()
            .filter(each -> each.seq() > from && each.seq() < to)
            .map(each -> picture.connections().podOf(each.event().connection()))
            .filter(pod -> on(picture, pod, node))
            .toList();
    if (ended.isEmpty()) {
      return unknown(words(), "a worker on " + node + " whose connection ends meanwhile", "none");
    }
    List<String> reported =
        picture.history.all(ContainerState.class).stream()
            .filter(each -> each.seq() > from && each.seq() < to)
            .filter(each -> each.event().state() == Running.TERMINATED)
            .map(each -> each.event().pod().name())
            .filter(pod -> on(picture, pod, node))
            .toList();
    return reported.isEmpty()
        ? Conclusion.valid()
        : Conclusion.invalid(
            Explanation.of(
                    words() + ": node " + node + " reported " + Counted.of(reported.size(), "end"))
                .expected("no end of a container")
                .actual(Counted.of(reported.size(), "end"))
                .unexpected(reported));
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return healed(picture);
  }

  private static boolean on(Picture picture, String pod, String node) {
    return picture.podNamed(pod).map(view -> view.node().equals(node)).orElse(false);
  }

  private static Conclusion unknown(String words, String expected, String actual) {
    return Conclusion.unknown(
        Explanation.of(words + ": the record does not show it").expected(expected).actual(actual));
  }

  private Optional<Recorded<FaultHealed>> healed(Picture picture) {
    // Healing is recorded as it begins and again when it is certain.
    return picture.history.all(FaultHealed.class, each -> each.kind().equals(fault)).stream()
        .findFirst();
  }
}
