package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workqueue.checker.diagnosis.FindingCode;

class ResultSchemaTest {
  private final ObjectMapper json = new ObjectMapper();
  private ResultSchema schema;

  @BeforeEach
  void read() throws Exception {
    schema = ResultSchema.read();
  }

  @Test
  void knowsEveryFindingCodeAndNoOther() throws Exception {
    JsonNode codes =
        json.readTree(Path.of("fixtures/result.schema.json").toFile())
            .at("/$defs/finding/properties/code/enum");
    assertThat(codes)
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Stream.of(FindingCode.values()).map(Enum::name).toList());
  }

  @Test
  void rejectsAFileThatIsNoResult() {
    assertThat(schema.complaints("[]")).contains(": type");
    assertThat(schema.complaints("{}")).contains(": required");
  }

  @Test
  void rejectsWrongVerdicts() throws Exception {
    rejects(root -> root.remove("verdict"), ": required");
    rejects(root -> root.put("verdict", "valid"), "/verdict: enum");
    rejects(root -> root.putNull("verdict"), "/verdict: enum");
    rejects(root -> scenario(root).remove("verdict"), "/scenarios/0: required");
    rejects(root -> claim(root).put("expected", "TRUE"), "/scenarios/0/claims/0/expected: enum");
  }

  @Test
  void rejectsAVerdictThatTheScenariosContradict() throws Exception {
    rejects(root -> scenario(root).put("verdict", "UNKNOWN"), "/scenarios/0/verdict: const");
    rejects(root -> root.putArray("scenarios"), "/scenarios: minItems");
    rejects(root -> root.put("verdict", "INVALID"), "/scenarios: minContains");
    rejects(
        root -> root.put("verdict", "UNKNOWN"),
        "/notRun: minContains",
        "/scenarios: maxItems",
        "/scenarios: minContains");
  }

  @Test
  void rejectsWrongSteps() throws Exception {
    rejects(root -> step(root).put("status", "skipped"), "/scenarios/0/steps/0/status: enum");
    rejects(root -> step(root).put("status", "failed"), "/scenarios/0/steps/0: required");
    rejects(root -> step(root).put("message", "x"), "/scenarios/0/steps/0/message: false");
    rejects(root -> step(root).put("seconds", -1), "/scenarios/0/steps/0/seconds: minimum");
    rejects(root -> step(root).remove("seconds"), "/scenarios/0/steps/0: required");
    rejects(
        root -> ((ObjectNode) step(root).get("adapted")).remove("why"),
        "/scenarios/0/steps/0/adapted: required");
    rejects(
        root -> step(root).putArray("adaptations"), "/scenarios/0/steps/0/adaptations: minItems");
  }

  @Test
  void rejectsWrongFindings() throws Exception {
    String finding = "/scenarios/0/findings/0";
    rejects(root -> finding(root).put("code", "LATE_ITEMS"), finding + "/code: enum");
    rejects(root -> finding(root).put("role", "ROOT"), finding + "/role: enum");
    rejects(root -> finding(root).put("message", ""), finding + "/message: minLength");
    rejects(root -> finding(root).putArray("items").add(3), finding + "/items/0: type");
    rejects(root -> finding(root).remove("pods"), finding + ": required");
  }

  @Test
  void rejectsWhatItDoesNotKnowAndWhatIsNull() throws Exception {
    rejects(root -> root.put("comment", "x"), ": additionalProperties");
    rejects(root -> root.put("schema", 2), "/schema: const");
    rejects(root -> scenario(root).putNull("history"), "/scenarios/0/history: type");
    rejects(root -> scenario(root).put("repetition", 0), "/scenarios/0/repetition: minimum");
    rejects(root -> scenario(root).put("id", "Outcome.Exact"), "/scenarios/0/id: pattern");
    rejects(root -> run(root).put("startedAt", "yesterday"), "/run/startedAt: pattern");
    rejects(root -> run(root).put("id", "wq_1"), "/run/id: pattern");
    rejects(root -> run(root).put("seconds", "1 s"), "/run/seconds: type");
  }

  private void rejects(Consumer<ObjectNode> change, String... complaints) throws Exception {
    String right = ResultJson.of(RunResult.of(Results.RUN, List.of(Results.outcome().build())));
    assertThat(schema.complaints(right)).isEmpty();
    ObjectNode root = (ObjectNode) json.readTree(right);
    change.accept(root);
    assertThat(schema.complaints(json.writeValueAsString(root))).containsExactly(complaints);
  }

  private static ObjectNode run(ObjectNode root) {
    return (ObjectNode) root.get("run");
  }

  private static ObjectNode scenario(ObjectNode root) {
    return (ObjectNode) root.at("/scenarios/0");
  }

  private static ObjectNode claim(ObjectNode root) {
    return (ObjectNode) root.at("/scenarios/0/claims/0");
  }

  private static ObjectNode finding(ObjectNode root) {
    return (ObjectNode) root.at("/scenarios/0/findings/0");
  }

  private static ObjectNode step(ObjectNode root) {
    return (ObjectNode) root.at("/scenarios/0/steps/0");
  }
}
