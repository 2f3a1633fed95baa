package workqueue.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How two results differ, scenario by scenario.
 *
 * @param differing a line each
 * @param same how many came out the same
 */
public record Comparison(List<String> differing, int same) {
  public Comparison {
    differing = List.copyOf(differing);
  }

  /** That of two runs: of two clusters, or before and after something was changed. */
  public static Comparison of(JsonNode first, JsonNode second) {
    Scenarios before = new Scenarios(first, false);
    Scenarios after = new Scenarios(second, false);
    Set<String> ids = new TreeSet<>(before.ids());
    ids.addAll(after.ids());
    return of(before, after, ids);
  }

  /**
   * That of what was said and what the histories come to when they are judged again: of that of
   * which there is a history.
   */
  public static Comparison again(JsonNode said, JsonNode judged) {
    Scenarios recorded = new Scenarios(said, true);
    return of(recorded, new Scenarios(judged, false), recorded.ids());
  }

  private static Comparison of(Scenarios before, Scenarios after, Set<String> ids) {
    List<String> differing = before.against(after, ids);
    return new Comparison(differing, ids.size() - differing.size());
  }

  /** The cluster and the broker that a run was on, in words. */
  public static String where(JsonNode result) {
    TreeSet<String> seen = new TreeSet<>();
    for (JsonNode each : result.path("scenarios")) {
      JsonNode cluster = each.at("/environment/cluster/version");
      JsonNode broker = each.at("/environment/broker/version");
      if (cluster.isTextual()) {
        seen.add("Kubernetes " + cluster.asText());
      }
      if (broker.isTextual()) {
        seen.add("RabbitMQ " + broker.asText());
      }
    }
    return seen.isEmpty() ? "nothing is known of the cluster" : String.join(", ", seen);
  }
}
