package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.Right;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Reads objects as far as the guest may, and records what it read, or what kept it from that. */
record Reading(Guest guest, Recorder recorder, Rights rights) {
  /** Begins what is recorded instead of an answer where a right is missing. */
  static final String MAY_NOT = "may not ";

  /**
   * Reads one object.
   *
   * @param named the object's name if the right is about it alone; else empty
   */
  void one(
      String kind,
      String name,
      String path,
      String group,
      String resource,
      String named,
      Function<JsonNode, Map<String, Object>> facts) {
    Right right = new Right("get", group, resource, "", named);
    if (!rights.has(right, true)) {
      notAllowed(kind, name, right);
      return;
    }
    Answer answer = guest.get(path);
    recorder.record(
        Source.API,
        new ObjectsRead(
            kind,
            name,
            answer.code().orElse(null),
            why(answer, right),
            answer.isGood() ? List.of(facts.apply(answer.json())) : List.of()));
  }

  /** Reads all objects of a kind. */
  void all(
      String kind,
      String path,
      String group,
      String resource,
      Function<JsonNode, Map<String, Object>> facts) {
    Right right = new Right("list", group, resource, "", "");
    if (rights.has(right, true)) {
      list(kind, "", path + "?limit=500", right, facts);
    } else {
      notAllowed(kind, "", right);
    }
  }

  /**
   * Lists objects by a right that is there.
   *
   * @param name of what they are about; empty for all
   * @param path with its query
   */
  void list(
      String kind,
      String name,
      String path,
      Right right,
      Function<JsonNode, Map<String, Object>> facts) {
    Answer answer = guest.get(path);
    List<Map<String, Object>> objects = new ArrayList<>();
    answer.json().path("items").forEach(each -> objects.add(facts.apply(each)));
    recorder.record(
        Source.API,
        new ObjectsRead(kind, name, answer.code().orElse(null), why(answer, right), objects));
  }

  /** Records that there is no right to read it. */
  void notAllowed(String kind, String name, Right right) {
    recorder.record(Source.API, new ObjectsRead(kind, name, null, MAY_NOT + right, List.of()));
  }

  /** A right that was refused although a review gave it is named as well. */
  private static String why(Answer answer, Right right) {
    if (answer.isGood()) {
      return "";
    }
    return answer.code().filter(code -> code == 403).isPresent() ? MAY_NOT + right : answer.said();
  }
}
