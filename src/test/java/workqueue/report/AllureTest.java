package workqueue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.SeverityLevel;
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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class AllureTest {
  /** Keeps in memory what Allure would write. */
  private static final class Written implements AllureResultsWriter {
    private final List<TestResult> tests = new ArrayList<>();
    private final List<String> attachments = new ArrayList<>();

    @Override
    public void write(TestResult test) {
      tests.add(test);
    }

    @Override
    public void write(TestResultContainer container) {}

    @Override
    public void write(String source, InputStream attachment) {
      try {
        attachments.add(new String(attachment.readAllBytes(), StandardCharsets.UTF_8));
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
        .containsExactly(tuple("adapted: python", "python3 (no such package any more)"));
    assertThat(test.getSteps().get(2).getStatusDetails().getMessage())
        .isEqualTo("amqp://u:***@h is wrong");
    assertThat(test.getSteps().get(2).getStatusDetails().getTrace())
        .startsWith("java.lang.AssertionError: amqp://u:***@h is wrong\n\tat ");
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
  void labelsTheTestFromWithinAStep() {
    URI page = URI.create("https://kubernetes.io/docs/tasks/job/");
    TestResult test =
        inATest(
            () -> {
              labels.severity(SeverityLevel.NORMAL);
              steps.run("start-service", step -> labels.severity(SeverityLevel.BLOCKER));
              labels.documentation("Coarse parallel processing using a work queue", page);
            });
    assertThat(test.getLabels())
        .extracting(Label::getName, Label::getValue)
        .containsExactly(tuple("severity", "blocker"));
    assertThat(test.getLinks())
        .extracting(Link::getName, Link::getUrl, Link::getType)
        .containsExactly(
            tuple(
                "Coarse parallel processing using a work queue",
                "https://kubernetes.io/docs/tasks/job/",
                "documentation"));
  }

  @Test
  void runsStepsOutsideOfTestsAndWritesNothing() {
    List<String> done = new ArrayList<>();
    steps.run(
        "start-service",
        step -> {
          step.adapted(Results.PYTHON);
          done.add("start-service");
        });
    assertThatThrownBy(() -> steps.run("run-job", step -> fail("wrong"))).hasMessage("wrong");
    steps.notRun("wait-for-job");
    attachments.text("queue", "job1 0");
    labels.severity(SeverityLevel.BLOCKER);
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
    assertThat(results.resolve("categories.json"))
        .hasContent(
            """
            [
              {
                "name": "The system is wrong",
                "matchedStatuses": ["failed"]
              },
              {
                "name": "We could not look",
                "matchedStatuses": ["broken"]
              }
            ]
            """);
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
    return written.tests.get(0);
  }

  private static void fail(String message) {
    throw new AssertionError(message);
  }

  private static void cannotLook() {
    throw new EnvironmentTrouble("no registry");
  }
}
