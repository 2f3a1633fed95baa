package workqueue.observer;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Taint;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.Condition;

/** What a node's object says, without the heartbeats that change nothing. */
final class NodeMapping {
  private NodeMapping() {}

  static NodeState state(Node node) {
    NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
    NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
    return new NodeState(
        node.getMetadata().getName(),
        status.getNodeInfo() == null ? "" : status.getNodeInfo().getArchitecture(),
        Boolean.TRUE.equals(spec.getUnschedulable()),
        spec.getTaints().stream().map(NodeMapping::taint).toList(),
        status.getConditions().stream().map(NodeMapping::condition).toList());
  }

  private static String taint(Taint taint) {
    String value = taint.getValue() == null ? "" : taint.getValue();
    return taint.getKey() + "=" + value + ":" + taint.getEffect();
  }

  private static Condition condition(NodeCondition each) {
    return new Condition(
        each.getType(),
        each.getStatus(),
        each.getReason(),
        each.getMessage(),
        Times.of(each.getLastTransitionTime()));
  }
}
