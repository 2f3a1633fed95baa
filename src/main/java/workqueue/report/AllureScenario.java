package workqueue.report;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.SeverityLevel;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import workqueue.Redaction;
import workqueue.checker.claim.Judgement;
import workqueue.checker.diagnosis.Finding;
import workqueue.history.HistoryFile;
import workqueue.report.page.TimelinePicture;

/**
 * Tells Allure's present test what its scenario is and what it came to; elsewhere does nothing.
 *
 * <p>Where it is one of several that run side by side, it is the one of the present thread.
 */
public final class AllureScenario {
  private static final Set<String> OF_THE_CLASS = Set.of("suite", "parentSuite", "subSuite");
  private static final Map<String, SeverityLevel> SEVERITIES =
      Map.of(
          "walkthrough", SeverityLevel.BLOCKER,
          "outcome", SeverityLevel.CRITICAL,
          "race", SeverityLevel.CRITICAL,
          "gate", SeverityLevel.CRITICAL,
          "scale", SeverityLevel.MINOR,
          "chaos", SeverityLevel.MINOR);

  private final AllureLifecycle allure;

  /** The scenario of the test that runs in the present thread. */
  public AllureScenario() {
    this(Allure.getLifecycle());
  }

  AllureScenario(AllureLifecycle allure) {
    this.allure = allure;
  }

  /**
   * Names the test by its scenario.
   *
   * <p>What it did before is found by the scenario's id, whichever class and method it is in.
   *
   * @param repetition which of several runs it is, from 1
   * @param documents what of the documentation it covers, in sentences
   */
  public void begins(String id, String title, int repetition, List<String> documents) {
    String name = id + (repetition > 1 ? " #" + repetition : "");
    String suite = id.substring(0, id.indexOf('.'));
    List<Label> labels = new ArrayList<>();
    labels.add(label("suite", suite));
    labels.add(label("epic", suite));
    documents.forEach(each -> labels.add(label("feature", each)));
    if (documents.isEmpty()) {
      labels.add(label("feature", "beside the page"));
    }
    labels.add(label("story", title));
    labels.add(label("severity", SEVERITIES.getOrDefault(suite, SeverityLevel.NORMAL).value()));
    update(
        test -> {
          test.getLabels().removeIf(each -> OF_THE_CLASS.contains(each.getName()));
          test.getLabels().addAll(labels);
          test.setName(title + (repetition > 1 ? " #" + repetition : ""))
              .setFullName(name)
              .setTestCaseName(name)
              .setTestCaseId(digest(id))
              .setHistoryId(digest(name))
              .setDescription(
                  name
                      + documents.stream()
                          .map(each -> "\n\n> " + each)
                          .collect(Collectors.joining()));
          test.getLinks()
              .add(
                  new Link()
                      .setName("the timeline")
                      .setUrl("../index.html#/" + id + (repetition > 1 ? "/" + repetition : ""))
                      .setType("timeline"));
        });
  }

  /**
   * Adds what it came to: each claim as a step, with what was found, and its record.
   *
   * @param reports the folder that the record's place is relative to
   */
  public void ends(ScenarioResult result, Path reports) {
    if (allure.getCurrentTestCase().isEmpty()) {
      return;
    }
    result
        .steps()
        .forEach(each -> update(test -> test.getLabels().add(label("story", "step " + each.id()))));
    result.claims().forEach(this::claim);
    if (!result.findings().isEmpty()) {
      step("What was found", Status.PASSED, "", result.findings(), List.of());
    }
    if (result.history() != null) {
      record(reports.resolve(result.history()));
    }
  }

  /**
   * Adds a record: its timeline as a picture, and itself.
   *
   * @param history its file; of one that is not there nothing is added
   */
  public void record(Path history) {
    if (allure.getCurrentTestCase().isEmpty() || !Files.exists(history)) {
      return;
    }
    timeline(history);
    try {
      allure.addAttachment(
          history.getFileName().toString(),
          "application/x-ndjson",
          ".ndjson",
          Files.readAllBytes(history));
    } catch (IOException unreadable) {
      // It lies where the result says; the report does without it.
      new Attachments(allure).text("history", "It cannot be read: " + unreadable);
    }
  }

  private void timeline(Path history) {
    Attachments attachments = new Attachments(allure);
    try {
      attachments.svg("Timeline", TimelinePicture.of(HistoryFile.read(history)));
    } catch (RuntimeException trouble) {
      // What came of the scenario is told all the same.
      attachments.text("Timeline", "It cannot be drawn: " + trouble.getMessage());
    }
  }

  private void claim(Judgement claim) {
    step(
        claim.claim(),
        status(claim),
        claim
            .notJudged()
            .map(each -> each.code() + ": " + each.reason())
            .orElse(claim.explanation()),
        claim.findings(),
        List.of(
            AllureSteps.parameter("expected", claim.expected().name()),
            AllureSteps.parameter("verdict", claim.verdict().name())));
  }

  private static Status status(Judgement claim) {
    if (claim.notJudged().isPresent()) {
      return Status.SKIPPED;
    }
    if (claim.asExpected()) {
      return Status.PASSED;
    }
    return switch (claim.verdict()) {
      case UNKNOWN -> Status.BROKEN;
      case VALID, INVALID -> Status.FAILED;
    };
  }

  private void step(
      String name,
      Status status,
      String message,
      List<Finding> findings,
      List<Parameter> parameters) {
    String id = UUID.randomUUID().toString();
    StepResult step = new StepResult().setName(Redaction.redact(name)).setStatus(status);
    step.getParameters().addAll(parameters);
    if (!message.isEmpty()) {
      step.setStatusDetails(new StatusDetails().setMessage(Redaction.redact(message)));
    }
    allure.startStep(id, step);
    for (Finding finding : findings) {
      String below = UUID.randomUUID().toString();
      StepResult found =
          new StepResult()
              .setName(Redaction.redact(finding.code() + ": " + finding.message()))
              .setStatus(status);
      found
          .getParameters()
          .add(AllureSteps.parameter("role", finding.role().name().toLowerCase(Locale.ROOT)));
      if (!finding.remedy().isEmpty()) {
        found.getParameters().add(AllureSteps.parameter("remedy", finding.remedy()));
      }
      allure.startStep(below, found);
      allure.stopStep(below);
    }
    allure.stopStep(id);
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(Redaction.redact(value));
  }

  /** The same for the same name in every run. */
  private static String digest(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void update(Consumer<TestResult> change) {
    allure.getCurrentTestCase().ifPresent(id -> allure.updateTestCase(id, change));
  }
}
