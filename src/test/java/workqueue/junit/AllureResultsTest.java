package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for Allure's report, read as Allure's own model. */
class AllureResultsTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @TempDir Path folder;

  @Test
  void speakOfScenariosAndNeverMixThem() throws Exception {
    Path results = folder.resolve("work/reports/allure-results");
    SuiteProcess.Outcome outcome =
        new SuiteProcess(folder.resolve("work"))
            .suite("workqueue.JudgeIT")
            .with("wq.history", ScenarioPlanTest.races(folder, "race.a", "race.b").toString())
            .with("junit.jupiter.execution.parallel.enabled", "true")
            .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .run();
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    List<TestResult> tests = read(results);
    assertThat(tests)
        .extracting(TestResult::getFullName, TestResult::getName, TestResult::getStatus)
        .containsExactly(
            tuple("race.a", "Judged again from race.a.ndjson", Status.PASSED),
            tuple("race.b", "Judged again from race.b.ndjson", Status.PASSED));
    for (TestResult test : tests) {
      String id = test.getFullName();
      assertThat(test.getHistoryId())
          .isEqualTo(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString());
      assertThat(test.getLabels())
          .extracting(Label::getName, Label::getValue)
          .contains(
              tuple("epic", "race"),
              tuple("feature", "beside the page"),
              tuple("story", test.getName()),
              tuple("suite", "race"),
              tuple("severity", "critical"))
          .doesNotContain(tuple("suite", "workqueue.JudgeIT"));
      assertThat(test.getSteps())
          .extracting(StepResult::getName, StepResult::getStatus)
          .containsExactly(
              tuple("kill-container strikes between ack and release", Status.PASSED),
              tuple("job never completes", Status.PASSED),
              tuple("none of 8 items is lost", Status.PASSED),
              tuple("queue job1 is drained", Status.PASSED),
              tuple("diagnosed as ACKED_BUT_NOT_REPORTED", Status.PASSED),
              tuple("What was found", Status.PASSED));
      assertThat(test.getSteps().get(0).getParameters())
          .extracting(Parameter::getName, Parameter::getValue)
          .containsExactly(tuple("expected", "VALID"), tuple("verdict", "VALID"));
      assertThat(test.getSteps().get(5).getSteps())
          .extracting(StepResult::getName)
          .anyMatch(each -> each.startsWith("ACKED_BUT_NOT_REPORTED: 1 item was acked by a run"));
      assertThat(test.getLinks())
          .extracting(Link::getName, Link::getUrl)
          .containsExactly(tuple("the timeline", "../index.html#/" + id));
      assertThat(test.getAttachments())
          .extracting(Attachment::getName, Attachment::getType)
          .containsExactly(
              tuple("Timeline", "image/svg+xml"), tuple(id + ".ndjson", "application/x-ndjson"));
      assertThat(results.resolve(test.getAttachments().get(0).getSource()))
          .hasExtension("svg")
          .content()
          .contains("<title>Timeline of " + id + "</title>", "struck: its processes are gone");
      assertThat(results.resolve(test.getAttachments().get(1).getSource()))
          .content()
          .contains("\"scenario\":\"" + id + "\"");
    }
    Properties environment = new Properties();
    try (var in = Files.newInputStream(results.resolve("environment.properties"))) {
      environment.load(in);
    }
    assertThat(environment)
        .containsEntry("Kubernetes", "v1.37.2 (kubernetes), a throwaway cluster, 1 node")
        .containsEntry("broker", "4.0.5, container");
  }

  private static List<TestResult> read(Path results) throws IOException {
    List<TestResult> tests = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(results, "*-result.json")) {
      for (Path file : files) {
        tests.add(JSON.readValue(file.toFile(), TestResult.class));
      }
    }
    tests.sort(Comparator.comparing(TestResult::getFullName));
    return tests;
  }
}
