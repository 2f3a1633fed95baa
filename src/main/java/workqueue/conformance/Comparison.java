package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workqueue.history.ApiEvent.Difference;

/** Compares an object as it was sent with the same as an API server would take it. */
final class Comparison {
  private static final int LONGEST = 300;

  /** What the API numbers and dates, and what only it writes. */
  private static final Set<String> OF_THE_API =
      Set.of(
          "metadata.uid",
          "metadata.resourceVersion",
          "metadata.creationTimestamp",
          "metadata.generation",
          "metadata.managedFields",
          "metadata.selfLink",
          "status");

  private final List<Difference> differences = new ArrayList<>();

  private Comparison() {}

  /** What came back otherwise: by the leaf, and where all of a part is new or gone by the part. */
  static List<Difference> of(JsonNode sent, JsonNode returned) {
    Comparison comparison = new Comparison();
    comparison.compare("", sent, returned);
    return comparison.differences;
  }

  private void compare(String path, JsonNode sent, JsonNode returned) {
    if (OF_THE_API.contains(path) || sent.equals(returned)) {
      return;
    }
    if (sent.isObject() && returned.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      sent.fieldNames().forEachRemaining(names::add);
      returned.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, sent.path(name), returned.path(name));
      }
      return;
    }
    if (sent.isArray() && returned.isArray()) {
      lists(path, sent, returned);
      return;
    }
    String before = text(sent);
    String after = text(returned);
    if (!before.equals(after)) {
      differences.add(new Difference(path, before, after));
    }
  }

  /** By the names of their elements where all have one, and by their places elsewhere. */
  private void lists(String path, JsonNode sent, JsonNode returned) {
    Map<String, JsonNode> before = elements(sent);
    Map<String, JsonNode> after = elements(returned);
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      compare(
          path + "[" + key + "]",
          before.getOrDefault(key, MissingNode.getInstance()),
          after.getOrDefault(key, MissingNode.getInstance()));
    }
  }

  private static Map<String, JsonNode> elements(JsonNode list) {
    Map<String, JsonNode> elements = new LinkedHashMap<>();
    int place = 0;
    for (JsonNode each : list) {
      elements.put(each.path("name").asText(Integer.toString(place)), each);
      place++;
    }
    return elements;
  }

  /** Empty for what is not there, or is as good as that. */
  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty())) {
      return "";
    }
    String text = node.isValueNode() ? node.asText() : node.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
