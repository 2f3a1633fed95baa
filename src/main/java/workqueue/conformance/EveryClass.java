package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import workqueue.checker.claim.ClusterChecks;
import workqueue.waiting.WaitedInVain;

/**
 * A probe on one node of each kind: platform, runtime, and type as the cluster's provider has it.
 */
final class EveryClass implements Trial {
  private static final Duration PROBE = Duration.ofMinutes(2);
  private static final String HOST = "kubernetes.io/hostname";
  private static final List<String> KINDS =
      List.of("kubernetes.io/os", "kubernetes.io/arch", "node.kubernetes.io/instance-type", "type");

  @Override
  public String check() {
    return "nodes.every-class";
  }

  @Override
  public void run(OwnObjects own, Parts parts) {
    int number = 0;
    for (String node : oneOfEach(own.nodes(), own.nodeOf(parts.brokerPod()))) {
      JsonNode probe = parts.scoutOn(node, number++, own.addressOf(parts.brokerPod()));
      try {
        own.probe(probe, PROBE);
      } catch (WaitedInVain notThere) {
        // That it did not run is in the record; the other nodes are looked at all the same.
      }
      own.forget(probe);
    }
  }

  /** The names by which pods are sent there; of a kind rather one that the broker is not on. */
  private static Collection<String> oneOfEach(List<Map<String, Object>> nodes, String brokers) {
    Map<String, String> hosts = new LinkedHashMap<>();
    for (Map<String, Object> node : nodes) {
      Map<String, Object> labels = part(node, "labels");
      if (ClusterChecks.unfit(node).isEmpty() && labels.containsKey(HOST)) {
        StringBuilder kind = new StringBuilder(part(node, "status").get("runtime") + "");
        KINDS.forEach(each -> kind.append(' ').append(labels.get(each)));
        String host = labels.get(HOST).toString();
        hosts.merge(kind.toString(), host, (first, later) -> first.equals(brokers) ? later : first);
      }
    }
    return hosts.values();
  }

  private static Map<String, Object> part(Map<String, Object> node, String name) {
    Map<String, Object> part = new TreeMap<>();
    if (node.get(name) instanceof Map<?, ?> found) {
      found.forEach((key, value) -> part.put(key.toString(), value));
    }
    return part;
  }
}
