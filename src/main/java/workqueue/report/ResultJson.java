package workqueue.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import workqueue.Item;
import workqueue.Redaction;
import workqueue.checker.claim.Judgement;
import workqueue.checker.diagnosis.Finding;
import workqueue.history.HarnessEvent.Deviation;

/**
 * Writes a result as JSON: fixed order, passwords taken out, absent parts left out.
 *
 * <p>The layout, one value a line with two spaces a level, is part of the contract: {@code
 * fixtures/verdict} reads it without a JSON parser.
 */
final class ResultJson {
  private final JsonGenerator json;

  private ResultJson(JsonGenerator json) {
    this.json = json;
  }

  static String of(RunResult result) {
    // Through characters: a preview may end in half a surrogate pair, which the byte generator
    // refuses.
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      generator.setPrettyPrinter(layout());
      new ResultJson(generator).run(result);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString();
  }

  private static DefaultPrettyPrinter layout() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withArrayIndenter(lines)
        .withObjectIndenter(lines);
  }

  private void run(RunResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schema", result.schema());
    json.writeStringField("verdict", result.verdict().name());
    if (!result.complete()) {
      json.writeBooleanField("complete", false);
    }
    object("run", result.run(), this::run);
    object("selftest", SelfTestScore.of(result.scenarios()).orElse(null), this::score);
    List<WorkerCause> causes = WorkerCause.of(result);
    List<Trait> behaviour = BehaviourCard.of(result.scenarios());
    if (!causes.isEmpty() || !behaviour.isEmpty()) {
      json.writeObjectFieldStart("worker");
      array("causes", causes, this::cause);
      array("behaviour", behaviour, this::trait);
      json.writeEndObject();
    }
    Map<String, List<Trait>> workers = BehaviourCard.ofWorkers(result.scenarios());
    if (!workers.isEmpty()) {
      array("workers", List.copyOf(workers.entrySet()), this::card);
    }
    object("visit", result.visit(), this::visit);
    array("scenarios", result.scenarios(), this::scenario);
    array("notRun", List.copyOf(result.notRun().entrySet()), this::notRun);
    json.writeEndObject();
  }

  private void run(RunInfo run) throws IOException {
    text("id", run.id());
    text("startedAt", run.startedAt().toString());
    seconds("seconds", run.seconds(), 1);
    text("harness", run.harness());
    text("git", run.git());
  }

  private void scenario(ScenarioResult scenario) throws IOException {
    text("id", scenario.id());
    if (scenario.repetition() != null) {
      json.writeNumberField("repetition", scenario.repetition());
    }
    text("suite", scenario.suite());
    text("title", scenario.title());
    texts("documents", scenario.documents());
    object("environment", scenario.environment(), this::environment);
    json.writeStringField("verdict", scenario.verdict().name());
    seconds("seconds", scenario.seconds(), 1);
    if (scenario.verdictLatencySeconds() != null) {
      seconds("verdictLatencySeconds", scenario.verdictLatencySeconds(), 3);
    }
    if (scenario.verdictWindowSeconds() != null) {
      seconds("verdictWindowSeconds", scenario.verdictWindowSeconds(), 3);
    }
    text("message", scenario.message());
    array("claims", scenario.claims(), this::claim);
    array("findings", scenario.findings(), this::finding);
    array("steps", scenario.steps(), this::step);
    if (!scenario.figures().isEmpty()) {
      array("figures", scenario.figures(), this::figure);
    }
    object("specimen", scenario.specimen(), this::specimen);
    object("check", scenario.check(), this::check);
    text("history", scenario.history());
  }

  private void card(Map.Entry<String, List<Trait>> worker) throws IOException {
    text("name", worker.getKey());
    array("behaviour", worker.getValue(), this::trait);
  }

  private void visit(VisitResult visit) throws IOException {
    text("mode", visit.mode());
    text("context", visit.context());
    text("namespace", visit.namespace());
    text("grade", visit.grade());
    text("user", visit.user());
    json.writeNumberField("requests", visit.requests());
    json.writeNumberField("dryRuns", visit.dryRuns());
    json.writeNumberField("made", visit.made());
  }

  private void check(CheckResult check) throws IOException {
    text("id", check.id());
    text("level", check.level());
    json.writeStringField("outcome", check.outcome().name());
    json.writeBooleanField("inferred", check.inferred());
    text("owner", check.owner());
    text("said", check.said());
    texts("missing", check.missing());
  }

  private void score(SelfTestScore score) throws IOException {
    json.writeNumberField("mutants", score.mutants());
    json.writeNumberField("found", score.found());
    json.writeNumberField("score", score.score());
    json.writeNumberField("sound", score.sound());
    json.writeNumberField("falseAlarms", score.falseAlarms());
    json.writeNumberField("notTried", score.notTried());
  }

  private void specimen(SpecimenResult specimen) throws IOException {
    text("name", specimen.name());
    json.writeStringField("kind", specimen.mutant() ? "mutant" : "sound");
    text("rule", specimen.rule());
    texts("expected", specimen.expected().stream().map(Enum::name).toList());
    texts("found", specimen.found().stream().map(Enum::name).toList());
    array("broken", specimen.broken(), this::brokenRule);
    text("lacking", specimen.tried() ? null : specimen.lacking());
  }

  private void brokenRule(SpecimenResult.BrokenRule broken) throws IOException {
    text("rule", broken.rule());
    texts("codes", broken.codes().stream().map(Enum::name).toList());
  }

  private void environment(EnvironmentInfo environment) throws IOException {
    object("cluster", environment.cluster(), this::cluster);
    object("broker", environment.broker(), this::broker);
    object("worker", environment.worker(), this::worker);
  }

  private void cluster(EnvironmentInfo.Cluster cluster) throws IOException {
    text("kind", cluster.kind());
    text("distribution", cluster.distribution());
    text("version", cluster.version());
    if (cluster.nodes() != null) {
      json.writeNumberField("nodes", cluster.nodes());
    }
  }

  private void broker(EnvironmentInfo.Broker broker) throws IOException {
    text("kind", broker.kind());
    text("version", broker.version());
    text("product", broker.product());
    if (!broker.queueArguments().isEmpty()) {
      json.writeObjectFieldStart("queueArguments");
      for (var argument : broker.queueArguments().entrySet()) {
        json.writeObjectField(argument.getKey(), argument.getValue());
      }
      json.writeEndObject();
    }
  }

  private void worker(EnvironmentInfo.Worker worker) throws IOException {
    text("image", worker.image());
    text("digest", worker.digest());
  }

  private void claim(Judgement judgement) throws IOException {
    text("claim", judgement.claim());
    json.writeStringField("expected", judgement.expected().name());
    json.writeStringField("verdict", judgement.verdict().name());
    text("explanation", judgement.explanation().isBlank() ? null : judgement.explanation());
    object("notJudged", judgement.notJudged().orElse(null), this::notJudged);
    array("findings", judgement.findings(), this::finding);
  }

  private void notJudged(Judgement.NotJudged kept) throws IOException {
    text("code", kept.code().name());
    text("reason", kept.reason());
  }

  private void finding(Finding finding) throws IOException {
    json.writeStringField("code", finding.code().name());
    json.writeStringField("role", finding.role().name().toLowerCase(Locale.ROOT));
    text("message", finding.message());
    array("items", finding.items(), this::item);
    texts("pods", finding.pods());
    if (!finding.evidence().isEmpty()) {
      json.writeArrayFieldStart("evidence");
      for (long event : finding.evidence()) {
        json.writeNumber(event);
      }
      json.writeEndArray();
    }
    text("remedy", finding.remedy().isEmpty() ? null : finding.remedy());
  }

  private void item(Item item) throws IOException {
    json.writeNumberField("id", item.id());
    text("preview", item.preview());
  }

  private void figure(Figure figure) throws IOException {
    text("name", figure.name());
    json.writeNumberField("value", figure.rounded());
    text("unit", figure.unit());
  }

  private void step(StepResult step) throws IOException {
    text("id", step.id());
    json.writeStringField("status", step.status().word());
    seconds("seconds", step.seconds(), 1);
    text("message", step.message());
    object("adapted", step.adapted().isEmpty() ? null : joined(step.adapted()), this::adapted);
    if (step.adapted().size() > 1) {
      array("adaptations", step.adapted(), this::adapted);
    }
  }

  private void adapted(Deviation adapted) throws IOException {
    text("documented", adapted.documented());
    text("done", adapted.done());
    text("why", adapted.why());
  }

  private static Deviation joined(List<Deviation> several) {
    return new Deviation(
        several.stream().map(Deviation::documented).collect(Collectors.joining("; ")),
        several.stream().map(Deviation::done).collect(Collectors.joining("; ")),
        several.stream().map(Deviation::why).distinct().collect(Collectors.joining("; ")));
  }

  private void text(String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, Redaction.redact(value));
    }
  }

  private void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(Redaction.redact(value));
    }
    json.writeEndArray();
  }

  private void seconds(String name, double seconds, int decimals) throws IOException {
    json.writeNumberField(name, Seconds.rounded(seconds, decimals));
  }

  private void cause(WorkerCause cause) throws IOException {
    text("code", cause.code().name());
    text("message", cause.message());
    texts("rules", cause.rules());
    texts("notJudged", cause.notJudged());
    text("advice", cause.advice().isEmpty() ? null : cause.advice());
  }

  private void trait(Trait trait) throws IOException {
    text("what", trait.what());
    text("shown", trait.shown());
    text("before", trait.before().orElse(null));
  }

  private void notRun(Map.Entry<String, NotRun> scenario) throws IOException {
    text("id", scenario.getKey());
    text("reason", scenario.getValue().reason());
    text("code", scenario.getValue().code().map(Enum::name).orElse(null));
  }

  /** Left out where there is none. */
  private <T> void object(String name, T value, Part<T> part) throws IOException {
    if (value != null) {
      json.writeObjectFieldStart(name);
      part.write(value);
      json.writeEndObject();
    }
  }

  private <T> void array(String name, List<T> values, Part<T> part) throws IOException {
    json.writeArrayFieldStart(name);
    for (T value : values) {
      json.writeStartObject();
      part.write(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @FunctionalInterface
  private interface Part<T> {
    void write(T value) throws IOException;
  }
}
