package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.NODE_LOST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;
import workqueue.history.ClusterEvent.NodeGone;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** A node was lost with workers on it. */
final class NodeLost extends Cause {

  NodeLost() {
    super(
        NODE_LOST,
        Scope.NODE,
        """
        A node with pods of a Job became not ready, or was gone, and they had not ended as their kubelet told. Kubernetes notices after
        40 s, 50 s from 1.32 on, and removes the pods 5 minutes later. What the workers held stays unacked until the broker drops their
        dead connections.
        """,
        Remedy.by(
            Who.CLUSTER, "see what became of the node, and delete it if it does not come back"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    if (picture.history.all(NodeGone.class).isEmpty()
        && picture.history.all(NodeState.class, each -> !each.ready()).isEmpty()) {
      return found;
    }
    for (JobView job : picture.jobs()) {
      for (PodView pod : job.pods) {
        if (pod.succeeded() || pod.node().isEmpty() || pod.states().isEmpty()) {
          continue;
        }
        lost(picture, pod).ifPresent(event -> found.add(lost(picture, pod, event.seq())));
      }
    }
    return found;
  }

  private static Suspicion lost(Picture picture, PodView pod, long event) {
    List<WireView.Handed> held = WireView.of(picture).heldBy(pod.ref.name());
    List<Long> proof = new ArrayList<>(List.of(event));
    held.forEach(handed -> proof.add(handed.delivered.seq()));
    String lingers =
        held.isEmpty()
            ? ""
            : "; "
                + Counted.of(held.size(), "item")
                + " given to it stays unacked until the broker drops its dead connection";
    return Suspicion.of(NODE_LOST, "node " + pod.node() + " was lost with pod " + pod + lingers)
        .items(
            Ledger.of(picture).entries().stream()
                .filter(
                    entry ->
                        entry.deliveries().stream().anyMatch(each -> proof.contains(each.seq())))
                .toList())
        .pods(List.of(pod.ref.name()))
        .proof(proof)
        .remedy("kubectl describe node " + pod.node());
  }

  /** The event that shows the pod's node lost while the pod ran there. */
  private static Optional<? extends Recorded<? extends Event>> lost(Picture picture, PodView pod) {
    long began = pod.states().get(0).seq();
    Optional<Recorded<NodeState>> last =
        picture.history.last(NodeState.class, node -> node.node().equals(pod.node()));
    Optional<Recorded<NodeState>> notReady =
        picture.history.all(NodeState.class).stream()
            .filter(node -> node.event().node().equals(pod.node()))
            .filter(node -> node.seq() > began && !node.event().ready())
            .filter(node -> node.seq() < endedAt(pod))
            .findFirst();
    boolean cameBack = last.map(node -> node.event().ready()).orElse(false);
    boolean lived = pod.active() && cameBack;
    if (notReady.isPresent() && !lived) {
      return notReady;
    }
    return picture.history.last(NodeGone.class, node -> node.node().equals(pod.node()));
  }

  /** When its containers had all ended as their kubelet reported, if it did. */
  private static long endedAt(PodView pod) {
    boolean ended =
        !pod.attempts().isEmpty()
            && pod.attempts().stream().allMatch(attempt -> attempt.end().isPresent());
    return ended
        ? pod.attempts().stream().mapToLong(Attempt::endSeq).max().orElse(Long.MAX_VALUE)
        : Long.MAX_VALUE;
  }
}
