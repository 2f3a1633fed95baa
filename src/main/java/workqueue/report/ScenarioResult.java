package workqueue.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import workqueue.checker.claim.Judgement;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Finding;

/**
 * What became of one scenario.
 *
 * @param id {@code <suite>.<what-happens>}
 * @param repetition which of several runs of the scenario this is, from 1; null if it ran once
 * @param title what happens, in a sentence
 * @param documents what of the documentation it covers
 * @param seconds how long it took
 * @param verdictLatencySeconds from the event that decides the last claim to the verdict; null if
 *     no event decided
 * @param verdictWindowSeconds how much of that had to pass, because only a state that lasts proves
 *     that a Job hangs; null if there was no such wait
 * @param message why the verdict is not VALID where neither a step nor a claim says so; null
 *     otherwise
 * @param claims what was claimed, and what came of it
 * @param findings the diagnosis of what was observed
 * @param steps the documented steps in their order; empty if the scenario walks none
 * @param figures what was measured beside the verdict
 * @param traits how the worker at the gate behaved
 * @param specimen what was tried, if the scenario tries one; null otherwise
 * @param check what a cluster came to, if the scenario checks one; null otherwise
 * @param history where the record lies, relative to the reports; null if there is none
 */
public record ScenarioResult(
    String id,
    Integer repetition,
    String title,
    List<String> documents,
    EnvironmentInfo environment,
    Verdict verdict,
    double seconds,
    Double verdictLatencySeconds,
    Double verdictWindowSeconds,
    String message,
    List<Judgement> claims,
    List<Finding> findings,
    List<StepResult> steps,
    List<Figure> figures,
    List<Trait> traits,
    SpecimenResult specimen,
    CheckResult check,
    String history) {

  private static final Pattern ID =
      Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+([-.][a-z0-9]+)*");

  public ScenarioResult {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A scenario's id is <suite>.<what-happens> in small letters, not \"" + id + "\".");
    }
    if (repetition != null && repetition < 1) {
      throw new IllegalArgumentException("Repetitions count from 1, not " + repetition + ".");
    }
    if (title.isBlank()) {
      throw new IllegalArgumentException("A scenario says what happens: " + id);
    }
    Objects.requireNonNull(environment);
    Objects.requireNonNull(verdict);
    Seconds.check(seconds);
    if (verdictLatencySeconds != null) {
      Seconds.check(verdictLatencySeconds);
    }
    if (verdictWindowSeconds != null) {
      Seconds.check(verdictWindowSeconds);
    }
    message = message == null || message.isBlank() ? null : message;
    history = history == null || history.isBlank() ? null : history;
    documents = List.copyOf(documents);
    claims = List.copyOf(claims);
    findings = List.copyOf(findings);
    steps = List.copyOf(steps);
    figures = List.copyOf(figures);
    traits = List.copyOf(traits);
    if (verdict == Verdict.VALID && !holds(claims, steps)) {
      throw new IllegalArgumentException(
          "A scenario is VALID only if something was claimed or done and all of it held: " + id);
    }
  }

  /** The suite: what stands before the first dot of the id. */
  public String suite() {
    return id.substring(0, id.indexOf('.'));
  }

  /**
   * Why the verdict is not VALID, in the first words that say so: the scenario's own message, its
   * failed step's, or its first claim's that came out otherwise than expected; empty if VALID.
   */
  public Optional<String> reason() {
    if (verdict == Verdict.VALID) {
      return Optional.empty();
    }
    if (message != null) {
      return Optional.of(message);
    }
    Optional<String> step =
        steps.stream()
            .filter(each -> each.status() == StepResult.Status.FAILED)
            .map(each -> each.id() + ": " + each.message())
            .findFirst();
    Optional<String> claim =
        claims.stream()
            .filter(each -> !each.asExpected())
            .map(ScenarioResult::surprise)
            .findFirst();
    return Optional.of(
        step.or(() -> claim)
            .orElse(claims.isEmpty() ? "No claim was judged." : "No claim says why."));
  }

  /** Begins a result; all but the id and the title can be left out. */
  public static Builder builder(String id, String title) {
    return new Builder(id, title);
  }

  /** The same result as the given repetition; null if the scenario ran once. */
  ScenarioResult asRepetition(Integer number) {
    return new ScenarioResult(
        id,
        number,
        title,
        documents,
        environment,
        verdict,
        seconds,
        verdictLatencySeconds,
        verdictWindowSeconds,
        message,
        claims,
        findings,
        steps,
        figures,
        traits,
        specimen,
        check,
        history);
  }

  private static Verdict verdictOf(List<Judgement> claims, List<StepResult> steps) {
    return claims.isEmpty() && any(steps, StepResult.Status.FAILED)
        ? Verdict.INVALID
        : Judgement.ofScenario(claims);
  }

  /** Whether it can be VALID at all: where nothing is claimed, by its steps. */
  private static boolean holds(List<Judgement> claims, List<StepResult> steps) {
    return claims.isEmpty()
        ? any(steps, StepResult.Status.PASSED) && !any(steps, StepResult.Status.FAILED)
        : claims.stream().allMatch(Judgement::asExpected);
  }

  private static boolean any(List<StepResult> steps, StepResult.Status status) {
    return steps.stream().anyMatch(each -> each.status() == status);
  }

  private static String surprise(Judgement judgement) {
    return judgement.explanation().isBlank()
        ? judgement.claim() + ": " + judgement.verdict() + ", expected " + judgement.expected()
        : judgement.explanation();
  }

  /** Gathers a result part by part. */
  public static final class Builder {
    private final String id;
    private final String title;
    private Integer repetition;
    private List<String> documents = List.of();
    private EnvironmentInfo environment = EnvironmentInfo.NONE;
    private Verdict verdict;
    private double seconds;
    private Double verdictLatencySeconds;
    private Double verdictWindowSeconds;
    private String message;
    private List<Judgement> claims = List.of();
    private List<Finding> findings = List.of();
    private List<StepResult> steps = List.of();
    private List<Figure> figures = List.of();
    private List<Trait> traits = List.of();
    private SpecimenResult specimen;
    private CheckResult check;
    private String history;

    private Builder(String id, String title) {
      this.id = id;
      this.title = title;
    }

    /** Whether anything was claimed or checked so far. */
    public boolean isJudged() {
      return !claims.isEmpty() || !steps.isEmpty();
    }

    /** Which of several runs this is, from 1; {@link RunReport} drops it if there was only one. */
    public Builder repetition(int number) {
      this.repetition = number;
      return this;
    }

    /** What of the documentation the scenario covers. */
    public Builder documents(List<String> documented) {
      this.documents = documented;
      return this;
    }

    /** Where the scenario ran. */
    public Builder environment(EnvironmentInfo where) {
      this.environment = where;
      return this;
    }

    /** The verdict, where it is not the one that steps and claims yield. */
    public Builder verdict(Verdict given) {
      this.verdict = given;
      return this;
    }

    /** How long it took. */
    public Builder seconds(double elapsed) {
      this.seconds = elapsed;
      return this;
    }

    /** From the event that decides the last claim to the verdict. */
    public Builder verdictLatencySeconds(double latency) {
      this.verdictLatencySeconds = latency;
      return this;
    }

    /** How much of the latency had to pass, because only a state that lasts proves a hang. */
    public Builder verdictWindowSeconds(double window) {
      this.verdictWindowSeconds = window;
      return this;
    }

    /** Why the verdict is not VALID where neither a step nor a claim says so. */
    public Builder message(String why) {
      this.message = why;
      return this;
    }

    /** What was claimed, and what came of it. */
    public Builder claims(List<Judgement> judged) {
      this.claims = judged;
      return this;
    }

    /** The diagnosis of what was observed. */
    public Builder findings(List<Finding> found) {
      this.findings = found;
      return this;
    }

    /** The documented steps in their order. */
    public Builder steps(List<StepResult> walked) {
      this.steps = walked;
      return this;
    }

    /** What was measured beside the verdict. */
    public Builder figures(List<Figure> measured) {
      this.figures = measured;
      return this;
    }

    /** How the worker at the gate behaved. */
    public Builder traits(List<Trait> seen) {
      this.traits = seen;
      return this;
    }

    /** What was tried on purpose, and what was made of it. */
    public Builder specimen(SpecimenResult tried) {
      this.specimen = tried;
      return this;
    }

    /** What a cluster came to. */
    public Builder check(CheckResult answered) {
      this.check = answered;
      return this;
    }

    /** Where the record lies, relative to the reports. */
    public Builder history(String path) {
      this.history = path;
      return this;
    }

    /**
     * The result. Without a verdict of its own it is INVALID if a step failed, and what its claims
     * yield otherwise.
     */
    public ScenarioResult build() {
      return new ScenarioResult(
          id,
          repetition,
          title,
          documents,
          environment,
          verdict == null ? verdictOf(claims, steps) : verdict,
          seconds,
          verdictLatencySeconds,
          verdictWindowSeconds,
          message,
          claims,
          findings,
          steps,
          figures,
          traits,
          specimen,
          check,
          history);
    }
  }
}
