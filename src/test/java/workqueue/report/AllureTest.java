package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.HarnessEvent.StepChecked;
import workqueue.history.HistoryBuilder;
import workqueue.history.HistoryFile;

class AllureTest {
  /** Keeps in memory what Allure would write. */
  private static final class Written implements AllureResultsWriter {
    private final List<TestResult> tests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> attachments = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> bySource = new ConcurrentHashMap<>();

    @Override
    public void write(TestResult test) {
      tests.add(test);
    }

    @Override
    public void write(TestResultContainer container) {}

    @Override
    public void write(String source, InputStream attachment) {
      try {
        String text = new String(attachment.readAllBytes(), StandardCharsets.UTF_8);
        attachments.add(text);
        bySource.put(source, text);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  @TempDir Path folder;
  private final Written written = new Written();
  private final AllureLifecycle allure = new AllureLifecycle(written);
  private final AllureSteps steps = new AllureSteps(allure);
  private final Attachments attachments = new Attachments(allure);
  private final AllureLabels labels = new AllureLabels(allure);
  private final AllureScenario scenario = new AllureScenario(allure);

  @Test
  void tellsHowStepsEnded() {
    TestResult test =
        inATest(
            () -> {
              steps.run("start-service", step -> {});
              steps.run("install-tools", step -> step.adapted(Results.PYTHON));
              assertThatThrownBy(() -> steps.run("run-job", step -> fail("amqp://u:p@h is wrong")))
                  .isInstanceOf(AssertionError.class);
              assertThatThrownBy(() -> steps.run("push-image", step -> cannotLook()))
                  .isInstanceOf(EnvironmentTrouble.class);
              steps.notRun("wait-for-job");
            });
    assertThat(test.getSteps())
        .extracting(StepResult::getName, StepResult::getStatus)
        .containsExactly(
            tuple("start-service", Status.PASSED),
            tuple("install-tools", Status.PASSED),
            tuple("run-job", Status.FAILED),
            tuple("push-image", Status.BROKEN),
            tuple("wait-for-job", Status.SKIPPED));
    assertThat(test.getSteps()).allMatch(step -> step.getStop() != null);
    assertThat(test.getSteps().get(1).getParameters())
        .extracting(Parameter::getName, Parameter::getValue)
        .containsExactly(
            tuple("documented", "python"), tuple("done", "python3 (no such package any more)"));
    assertThat(test.getSteps().get(2).getStatusDetails().getMessage())
        .isEqualTo("amqp://u:***@h is wrong");
    assertThat(test.getSteps().get(2).getStatusDetails().getTrace())
        .startsWith("java.lang.AssertionError: amqp://u:***@h is wrong\n\tat ");
  }

  @Test
  void tellsWhatAStepComparedWithWhatIsDocumented() {
    StepChecked port = new StepChecked("start-service", "The port", "5672", "5671", false);
    StepChecked queue =
        new StepChecked("declare-queue", "it to exit 0", null, "amqp://u:p@h foo", true);
    TestResult test =
        inATest(
            () ->
                steps.run(
                    "start-service",
                    step -> {
                      step.checked(queue);
                      step.checked(port);
                    }));
    assertThat(test.getSteps().get(0).getSteps())
        .extracting(StepResult::getName, StepResult::getStatus)
        .containsExactly(tuple("it to exit 0", Status.PASSED), tuple("The port", Status.FAILED));
    assertThat(test.getSteps().get(0).getSteps())
        .flatExtracting(StepResult::getParameters)
        .extracting(Parameter::getName, Parameter::getValue)
        .containsExactly(
            tuple("actual", "amqp://u:***@h foo"),
            tuple("expected", "5672"),
            tuple("actual", "5671"));
    assertThat(test.getSteps().get(0).getSteps()).allMatch(step -> step.getStop() != null);
  }

  @Test
  void nestsStepsAndAttachesToTheInnermost() {
    TestResult test =
        inATest(
            () ->
                steps.run(
                    "describe-job",
                    outer -> {
                      steps.run("pods", inner -> attachments.yaml("pods", "url: amqp://u:p@h"));
                      attachments.text("queue", "job1 0");
                    }));
    StepResult outer = test.getSteps().get(0);
    assertThat(outer.getSteps()).hasSize(1);
    assertThat(outer.getSteps().get(0).getAttachments())
        .extracting(each -> each.getName() + " " + each.getType())
        .containsExactly("pods text/yaml");
    assertThat(outer.getAttachments())
        .extracting(each -> each.getName() + " " + each.getType())
        .containsExactly("queue text/plain");
    assertThat(outer.getAttachments().get(0).getSource()).endsWith(".txt");
    assertThat(written.attachments).containsExactly("url: amqp://u:***@h", "job1 0");
  }

  @Test
  void linksTheDocumentationFromWithinAStep() {
    URI page = URI.create("https://kubernetes.io/docs/tasks/job/");
    TestResult test =
        inATest(
            () ->
                steps.run(
                    "start-service",
                    step ->
                        labels.documentation(
                            "Coarse parallel processing using a work queue", page)));
    assertThat(test.getLinks())
        .extracting(Link::getName, Link::getUrl, Link::getType)
        .containsExactly(
            tuple(
                "Coarse parallel processing using a work queue",
                "https://kubernetes.io/docs/tasks/job/",
                "documentation"));
  }

  @Test
  void namesTheTestByItsScenario() {
    TestResult test =
        inATest(
            () ->
                scenario.begins(
                    "outcome.completions-below-items",
                    "Fewer completions leave items behind",
                    1,
                    List.of("With fewer completions than items, items stay in the queue.")));
    assertThat(test.getName()).isEqualTo("Fewer completions leave items behind");
    assertThat(test.getFullName()).isEqualTo("outcome.completions-below-items");
    assertThat(test.getLabels())
        .extracting(Label::getName, Label::getValue)
        .containsExactly(
            tuple("suite", "outcome"),
            tuple("epic", "outcome"),
            tuple("feature", "With fewer completions than items, items stay in the queue."),
            tuple("story", "Fewer completions leave items behind"),
            tuple("severity", "critical"));
    assertThat(test.getLinks())
        .extracting(Link::getUrl)
        .containsExactly("../index.html#/outcome.completions-below-items");
  }

  @Test
  void isKnownAgainInTheNextRunAndAsNoOtherRepetition() {
    TestResult first = inATest(() -> scenario.begins("outcome.exact", "Exact", 1, List.of()));
    TestResult again =
        inATest(() -> scenario.begins("outcome.exact", "Told otherwise", 1, List.of()));
    TestResult second = inATest(() -> scenario.begins("outcome.exact", "Exact", 2, List.of()));
    assertThat(again.getHistoryId()).isEqualTo(first.getHistoryId());
    assertThat(second.getHistoryId()).isNotEqualTo(first.getHistoryId());
    assertThat(second.getTestCaseId()).isEqualTo(first.getTestCaseId());
    assertThat(second.getLinks())
        .extracting(Link::getUrl)
        .containsExactly("../index.html#/outcome.exact/2");
  }

  @Test
  void tellsClaimsAsStepsWithWhatWasFound() throws IOException {
    Path history = folder.resolve("histories/outcome.completions-below-items.ndjson");
    HistoryFile.write(new HistoryBuilder().publish("amqp://u:p@h").history(), history);
    Finding finding =
        new Finding(
            FindingCode.LOST_ITEMS,
            Finding.Role.ROOT,
            "1 item is gone, says amqp://u:p@h.",
            List.of(),
            List.of(),
            List.of(3L),
            "kubectl get jobs");
    ScenarioResult result =
        Results.outcome()
            .claims(
                List.of(
                    judged("holds", Verdict.VALID, ""),
                    judged("is wrong", Verdict.INVALID, "expected: 8 at amqp://u:p@h", finding),
                    judged("is open", Verdict.UNKNOWN, "no log"),
                    judged("is kept", Verdict.UNKNOWN, "")
                        .notJudged(
                            new Judgement.NotJudged(FindingCode.NODE_LOST, "the node is lost"))))
            .build();
    TestResult test = inATest(() -> scenario.ends(result, folder));
    assertThat(test.getSteps())
        .extracting(StepResult::getName, StepResult::getStatus)
        .containsExactly(
            tuple("holds", Status.PASSED),
            tuple("is wrong", Status.FAILED),
            tuple("is open", Status.BROKEN),
            tuple("is kept", Status.SKIPPED),
            tuple("What was found", Status.PASSED));
    StepResult wrong = test.getSteps().get(1);
    assertThat(wrong.getStatusDetails().getMessage()).isEqualTo("expected: 8 at amqp://u:***@h");
    assertThat(wrong.getParameters())
        .extracting(Parameter::getName, Parameter::getValue)
        .containsExactly(tuple("expected", "VALID"), tuple("verdict", "INVALID"));
    assertThat(wrong.getSteps())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.getName())
                  .isEqualTo("LOST_ITEMS: 1 item is gone, says amqp://u:***@h.");
              assertThat(each.getParameters())
                  .extracting(Parameter::getName, Parameter::getValue)
                  .containsExactly(tuple("role", "root"), tuple("remedy", "kubectl get jobs"));
            });
    assertThat(test.getSteps().get(3).getStatusDetails().getMessage())
        .isEqualTo("NODE_LOST: the node is lost");
    assertThat(test.getAttachments())
        .extracting(each -> each.getName() + " " + each.getType())
        .containsExactly(
            "Timeline image/svg+xml",
            "outcome.completions-below-items.ndjson application/x-ndjson");
    assertThat(test.getAttachments().get(0).getSource()).endsWith(".svg");
    assertThat(written.attachments.get(0))
        .startsWith("<svg ")
        .contains("<title>Timeline of outcome.told</title>", ">amqp://u:***@h</text>")
        .doesNotContain("u:p@h");
    assertThat(test.getLabels())
        .extracting(Label::getName, Label::getValue)
        .containsExactly(tuple("story", "step install-tools"));
  }

  @Test
  void saysWhyATimelineIsNotThere() throws IOException {
    Path damaged = Files.writeString(folder.resolve("damaged.ndjson"), "{}\n");
    TestResult test =
        inATest(
            () -> {
              scenario.record(damaged);
              scenario.record(folder.resolve("absent.ndjson"));
            });
    assertThat(test.getAttachments())
        .extracting(each -> each.getName() + " " + each.getType())
        .containsExactly("Timeline text/plain", "damaged.ndjson application/x-ndjson");
    assertThat(written.attachments.get(0))
        .startsWith("It cannot be drawn: ")
        .contains("damaged.ndjson");
  }

  @Test
  void keepsScenariosApartThatRunSideBySide() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (String id : List.of("outcome.a", "outcome.b", "outcome.c")) {
      threads.add(
          new Thread(
              () -> {
                allure.scheduleTestCase(new TestResult().setUuid(id));
                allure.startTestCase(id);
                scenario.begins(id, "Title of " + id, 1, List.of());
                for (int i = 0; i < 100; i++) {
                  scenario.ends(
                      ScenarioResult.builder(id, "Title of " + id)
                          .claims(List.of(judged(id + " " + i, Verdict.VALID, "")))
                          .build(),
                      folder);
                }
                Path history = folder.resolve(id + ".ndjson");
                HistoryFile.write(
                    new HistoryBuilder().scenario(id).publish("apple").history(), history);
                scenario.record(history);
                allure.stopTestCase(id);
                allure.writeTestCase(id);
              }));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
    assertThat(written.tests)
        .hasSize(3)
        .allSatisfy(
            test -> {
              assertThat(test.getName()).isEqualTo("Title of " + test.getUuid());
              assertThat(test.getSteps())
                  .hasSize(100)
                  .allMatch(each -> each.getName().startsWith(test.getUuid() + " "));
              assertThat(test.getAttachments())
                  .extracting(Attachment::getName)
                  .containsExactly("Timeline", test.getUuid() + ".ndjson");
              assertThat(written.bySource.get(test.getAttachments().get(0).getSource()))
                  .contains("<title>Timeline of " + test.getUuid() + "</title>");
            });
  }

  @Test
  void tellsTroubleOfTheEnvironmentFromFaultsOfTheHarness() throws IOException {
    new AllureRun(folder).write(Map.of());
    JsonNode categories = new ObjectMapper().readTree(folder.resolve("categories.json").toFile());
    assertThat(matching(categories, "failed", "java.lang.AssertionError: wrong"))
        .containsExactly("The system is wrong");
    assertThat(matching(categories, "broken", "workqueue.EnvironmentTrouble: no registry\n\tat x"))
        .containsExactly("We could not look");
    assertThat(matching(categories, "broken", "workqueue.checker.claim.ClaimsUndecided: too thin"))
        .containsExactly("We could not look");
    assertThat(matching(categories, "broken", "java.lang.NullPointerException\n\tat workqueue.A.b"))
        .containsExactly("The harness is at fault");
  }

  private static List<String> matching(JsonNode categories, String status, String trace) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : categories) {
      if (each.path("matchedStatuses").get(0).asText().equals(status)
          && trace.matches(each.path("traceRegex").asText("(?s).*"))) {
        names.add(each.path("name").asText());
      }
    }
    return names;
  }

  private static Judgement judged(
      String claim, Verdict verdict, String explanation, Finding... findings) {
    return new Judgement(claim, Verdict.VALID, verdict, explanation, List.of(findings));
  }

  @Test
  void runsStepsOutsideOfTestsAndWritesNothing() {
    List<String> done = new ArrayList<>();
    steps.run(
        "start-service",
        step -> {
          step.adapted(Results.PYTHON);
          step.checked(new StepChecked("start-service", "The port", "5672", "5672", true));
          done.add("start-service");
        });
    assertThatThrownBy(() -> steps.run("run-job", step -> fail("wrong"))).hasMessage("wrong");
    steps.notRun("wait-for-job");
    attachments.text("queue", "job1 0");
    scenario.begins("outcome.exact", "Exact", 1, List.of());
    scenario.ends(Results.valid("outcome.exact"), folder);
    assertThat(done).containsExactly("start-service");
    assertThat(written.tests).isEmpty();
    assertThat(written.attachments).isEmpty();
  }

  @Test
  void describesTheRunOnce() throws IOException {
    Path results = folder.resolve("missing/allure-results");
    AllureRun run = new AllureRun(results);
    run.write(Map.of("cluster", "k3s v1.36.2", "broker", "amqp://u:p@h\n日本", "a b", ":="));
    run.write(Map.of("cluster", "another"));
    assertThat(results.resolve("environment.properties"))
        .content()
        .isEqualTo(
            """
            a\\ b=\\:\\=
            broker=amqp\\://u\\:***@h\\n\\u65E5\\u672C
            cluster=k3s v1.36.2
            """);
    Properties read = new Properties();
    read.load(new StringReader(Files.readString(results.resolve("environment.properties"))));
    assertThat(read).containsEntry("broker", "amqp://u:***@h\n日本").containsEntry("a b", ":=");
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new AllureRun(file).write(Map.of()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "Cannot write to Allure's results in %1$s:"
                + " java.nio.file.FileAlreadyExistsException: %1$s",
            file);
  }

  private TestResult inATest(Runnable body) {
    allure.scheduleTestCase(new TestResult().setUuid("test"));
    allure.startTestCase("test");
    body.run();
    allure.stopTestCase("test");
    allure.writeTestCase("test");
    return written.tests.get(written.tests.size() - 1);
  }

  private static void fail(String message) {
    throw new AssertionError(message);
  }

  private static void cannotLook() {
    throw new EnvironmentTrouble("no registry");
  }
}
