package workqueue.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What the API server sends. */
public final class ApiJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiJson() {}

  /** What a text holds; nothing, if it is no JSON. */
  public static JsonNode read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException other) {
      return MissingNode.getInstance();
    }
  }
}
