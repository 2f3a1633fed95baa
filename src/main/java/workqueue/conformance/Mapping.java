package workqueue.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workqueue.cluster.ApiJson;

/** What of the API's objects is recorded. */
final class Mapping {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LABELS =
      Set.of(
          "kubernetes.io/os",
          "kubernetes.io/arch",
          "kubernetes.io/hostname",
          "node.kubernetes.io/instance-type",
          "type");

  private Mapping() {}

  static JsonNode of(HasMetadata object) {
    return ApiJson.read(Serialization.asJson(object));
  }

  static Map<String, Object> namespace(JsonNode object) {
    Map<String, Object> facts = named(object);
    facts.put("labels", data(object.at("/metadata/labels")));
    facts.put("status", Map.of("phase", object.at("/status/phase").asText()));
    return facts;
  }

  /** Its name alone. */
  static Map<String, Object> named(JsonNode object) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", object.at("/metadata/name").asText());
    return facts;
  }

  static Map<String, Object> withSpec(JsonNode object) {
    Map<String, Object> facts = named(object);
    facts.put("spec", data(object.path("spec")));
    return facts;
  }

  static Map<String, Object> withSpecAndStatus(JsonNode object) {
    Map<String, Object> facts = withSpec(object);
    facts.put("status", data(object.path("status")));
    return facts;
  }

  /** What decides whether a node takes pods. */
  static Map<String, Object> node(JsonNode object) {
    Map<String, Object> facts = named(object);
    Map<String, Object> labels = data(object.at("/metadata/labels"));
    labels.keySet().retainAll(LABELS);
    facts.put("labels", labels);
    Map<String, Object> spec = data(object.path("spec"));
    spec.keySet().retainAll(Set.of("taints", "unschedulable"));
    facts.put("spec", spec);
    List<Map<String, String>> conditions = new java.util.ArrayList<>();
    for (JsonNode each : object.at("/status/conditions")) {
      conditions.add(
          Map.of("type", each.path("type").asText(), "status", each.path("status").asText()));
    }
    String runtime = object.at("/status/nodeInfo/containerRuntimeVersion").asText();
    facts.put(
        "status", Map.of("conditions", conditions, "runtime", runtime.replaceFirst("://.*", "")));
    return facts;
  }

  /** What an event tells, and of which object. */
  static Map<String, Object> event(JsonNode object) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("about", object.at("/involvedObject/uid").asText());
    facts.put("reason", object.path("reason").asText());
    facts.put("message", object.path("message").asText());
    return facts;
  }

  private static Map<String, Object> data(JsonNode node) {
    return node.isObject()
        ? JSON.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {})
        : new LinkedHashMap<>();
  }
}
