package workqueue.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import workqueue.checker.claim.Verdict;

/** What a result says of its scenarios: of each its worst verdict, and all root causes. */
final class Scenarios {
  /** What a sound outcome comes to, which is the cause of nothing. */
  private static final String SOUND = "ALL_PROCESSED";

  private final Map<String, Verdict> verdicts = new TreeMap<>();
  private final Map<String, Set<String>> causes = new TreeMap<>();

  /**
   * @param recorded whether only those count of which there is a history
   */
  Scenarios(JsonNode result, boolean recorded) {
    for (JsonNode each : result.path("scenarios")) {
      if (!recorded || each.hasNonNull("history")) {
        String id = each.path("id").asText();
        verdicts.merge(
            id,
            Verdict.valueOf(each.path("verdict").asText()),
            (one, other) -> Verdict.worst(List.of(one, other)));
        Set<String> codes = causes.computeIfAbsent(id, key -> new TreeSet<>());
        each.findValues("findings").forEach(all -> all.forEach(found -> add(codes, found)));
      }
    }
  }

  private static void add(Set<String> codes, JsonNode finding) {
    String code = finding.path("code").asText();
    if (finding.path("role").asText().equals("root") && !code.equals(SOUND)) {
      codes.add(code);
    }
  }

  Set<String> ids() {
    return verdicts.keySet();
  }

  private String of(String id) {
    if (!verdicts.containsKey(id)) {
      return "not run";
    }
    return causes.get(id).isEmpty()
        ? verdicts.get(id).name()
        : verdicts.get(id) + " (" + String.join(", ", causes.get(id)) + ")";
  }

  /** A line for each of these that comes out otherwise in the other. */
  List<String> against(Scenarios other, Set<String> ids) {
    List<String> lines = new ArrayList<>();
    for (String id : ids) {
      if (!of(id).equals(other.of(id))) {
        lines.add("%s: %s → %s".formatted(id, of(id), other.of(id)));
      }
    }
    return lines;
  }
}
