package workqueue.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Guest.Answer;

/**
 * The object that all belongs to that a run makes in a namespace that exists: its removal removes
 * the rest, and its name, which is always the same, keeps a second run away.
 */
public final class Anchor {
  /** The name of the ConfigMap. */
  public static final String NAME = "wq-conformance";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UID = "/metadata/uid";
  private static final int CONFLICT = 409;

  private Anchor() {}

  /** The object itself. */
  public static ObjectNode object(String namespace, String run) {
    ObjectNode anchor = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    anchor
        .putObject("metadata")
        .put("name", NAME)
        .put("namespace", namespace)
        .putObject("labels")
        .put(RunLock.LABEL, run);
    anchor
        .putObject("data")
        .put("run", run)
        .put("remove", "kubectl delete configmap -n " + namespace + " " + NAME);
    return anchor;
  }

  /** Where it lies. */
  public static String path(String namespace) {
    return ApiPath.of("v1", "ConfigMap", namespace) + "/" + NAME;
  }

  /**
   * Its uid, once it was made; also where the API server made it and its answer was lost.
   *
   * @param answer of the API server to its creation
   * @throws EnvironmentTrouble if it was not made, for another run is there or for another reason
   */
  public static String made(Guest guest, String namespace, String run, Answer answer) {
    if (answer.isGood()) {
      return answer.json().at(UID).asText();
    }
    JsonNode there = guest.get(path(namespace)).json();
    if (there.at("/data/run").asText().equals(run)) {
      return there.at(UID).asText();
    }
    if (answer.code().filter(code -> code == CONFLICT).isPresent()) {
      throw new EnvironmentTrouble(
          """
          Namespace %1$s is being checked already: ConfigMap %2$s is there, of run %3$s.
          Remedy: wait for its end; or, if it was killed: kubectl delete configmap -n %1$s %2$s"""
              .formatted(namespace, NAME, there.at("/data/run").asText("?")));
    }
    throw new EnvironmentTrouble(
        "ConfigMap %s cannot be made in namespace %s: %s"
            .formatted(NAME, namespace, answer.said()));
  }

  /** Where the lists are that show what there is of the kinds that a guest makes. */
  public static Map<String, String> lists(String namespace) {
    Map<String, String> lists = new LinkedHashMap<>();
    lists.put("Pod", ApiPath.of("v1", "Pod", namespace));
    lists.put("Service", ApiPath.of("v1", "Service", namespace));
    lists.put("StatefulSet", ApiPath.of("apps/v1", "StatefulSet", namespace));
    lists.put("Job", ApiPath.of("batch/v1", "Job", namespace));
    return lists;
  }

  /**
   * What there is of a run, kind and name.
   *
   * @throws EnvironmentTrouble if that cannot be listed, so that nobody takes it for nothing
   */
  public static List<String> left(Guest guest, String namespace, String run) {
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, String> list : lists(namespace).entrySet()) {
      Answer answer =
          guest.get(list.getValue() + "?limit=500&labelSelector=" + RunLock.LABEL + "%3D" + run);
      if (!answer.isGood()) {
        throw new EnvironmentTrouble(
            "What is left in namespace %s cannot be listed: %s"
                .formatted(namespace, answer.said()));
      }
      answer
          .json()
          .path("items")
          .forEach(each -> left.add(list.getKey() + " " + each.at("/metadata/name").asText()));
    }
    return left;
  }
}
