package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NODE_PRESSURE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.Condition;
import workqueue.history.Recorded;

/** A node is short of disk, memory or processes, and takes no pods for it, or evicts them. */
final class NodePressure extends Cause {
  /** What a node is short of, by the condition in which its kubelet says so. */
  private static final Map<String, String> SHORT_OF =
      Map.of("DiskPressure", "disk", "MemoryPressure", "memory", "PIDPressure", "processes");

  NodePressure() {
    super(
        NODE_PRESSURE,
        Scope.NODE,
        """
        A kubelet that runs out of disk, memory or processes says so in a condition of its node (`DiskPressure`, `MemoryPressure`,
        `PIDPressure`), evicts pods, and has the node tainted, so that the scheduler sends it no more. A node in a container sees the
        disk of the machine: above 85 % or so of use it is short of disk however much is free.
        """,
        Remedy.by(Who.CLUSTER, "free what the node is short of, or add a node"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      List<PodView> waiting = Unschedulable.waiting(job);
      List<PodView> evicted =
          job.pods.stream().filter(Evicted::isEvicted).filter(NodePressure::forWant).toList();
      if (!evicted.isEmpty()) {
        found.add(of(picture, job, evicted, Counted.of(evicted.size(), "pod") + " evicted"));
      } else if (!waiting.isEmpty() && all(picture, waiting)) {
        found.add(of(picture, job, waiting, Counted.of(waiting.size(), "pod") + " waiting"));
      }
    }
    return found;
  }

  private static Suspicion of(Picture picture, JobView job, List<PodView> pods, String what) {
    Optional<Recorded<NodeState>> node = node(picture, pods);
    List<Long> proof = new ArrayList<>(Stuck.lastSeen(pods));
    node.ifPresent(each -> proof.add(each.seq()));
    return Suspicion.of(
            NODE_PRESSURE,
            node.map(NodePressure::words).orElseGet(() -> reported(pods))
                + ", with "
                + what
                + " of "
                + job)
        .pods(Stuck.names(pods))
        .proof(proof)
        .remedy("kubectl describe nodes");
  }

  private static String words(Recorded<NodeState> node) {
    Condition condition = pressing(node.event()).orElseThrow();
    return "node %s is short of %s (%s)"
        .formatted(node.event().node(), SHORT_OF.get(condition.type()), condition.message());
  }

  private static String reported(List<PodView> pods) {
    return "a node is short of what pods need (%s)"
        .formatted(pods.get(0).last().orElseThrow().event().message());
  }

  /** The node that was last seen short of something: one of those that had the pods, if any had. */
  private static Optional<Recorded<NodeState>> node(Picture picture, List<PodView> pods) {
    List<String> theirs = pods.stream().map(PodView::node).filter(each -> !each.isEmpty()).toList();
    return picture.history.last(
        NodeState.class,
        each -> pressing(each).isPresent() && (theirs.isEmpty() || theirs.contains(each.node())));
  }

  private static Optional<Condition> pressing(NodeState node) {
    return node.conditions().stream()
        .filter(each -> SHORT_OF.containsKey(each.type()) && each.holds())
        .findFirst();
  }

  /** As kubelets word it: when they evict a pod that runs, and when they refuse a new one. */
  private static boolean forWant(PodView pod) {
    String message = pod.last().orElseThrow().event().message();
    return message.contains("low on resource") || message.contains("Pressure]");
  }

  /** Whether the scheduler names the taint of such a node as what rules it out. */
  private static boolean all(Picture picture, List<PodView> waiting) {
    return node(picture, waiting).isPresent()
        && waiting.stream()
            .map(pod -> pod.last().orElseThrow().event().condition("PodScheduled").orElseThrow())
            .allMatch(each -> each.message().contains("-pressure"));
  }
}
