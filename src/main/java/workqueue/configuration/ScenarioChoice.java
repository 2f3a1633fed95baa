package workqueue.configuration;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which scenarios of a suite are to run.
 *
 * @param text as it was given
 * @param patterns of their ids, {@code *} for anything
 */
public record ScenarioChoice(String text, List<String> patterns) {
  /** Stands for those that did not come out VALID in the run before. */
  public static final String FAILED = "failed";

  private static final Pattern FORM = Pattern.compile("[a-z0-9*.-]+(?:,[a-z0-9*.-]+)*");

  public ScenarioChoice {
    patterns = List.copyOf(patterns);
  }

  /**
   * Reads ids that are separated by commas.
   *
   * @throws Mistake if they have another form
   */
  static ScenarioChoice parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new Mistake(
          "allowed are ids of scenarios, separated by commas, with * for anything, for example"
              + " outcome.exact,race.*, or failed.");
    }
    return new ScenarioChoice(text, List.of(text.split(",", -1)));
  }

  /** Whether it is about what failed before. */
  public boolean isOfFailed() {
    return patterns.equals(List.of(FAILED));
  }

  /** The choice of just these. */
  public static ScenarioChoice of(List<String> ids) {
    return new ScenarioChoice(String.join(",", ids), ids);
  }

  public boolean chooses(String id) {
    return patterns.stream().anyMatch(each -> regex(each).matcher(id).matches());
  }

  /** Says that it chooses none of these ids, and which of them is nearest. */
  public String matchesNone(Collection<String> ids) {
    return "wq.scenario=%s chooses none of the %d scenarios here. Did you mean %s?"
        .formatted(text, ids.size(), Nearest.of(patterns.get(0), List.copyOf(ids)));
  }

  private static Pattern regex(String pattern) {
    return Pattern.compile(
        List.of(pattern.split("\\*", -1)).stream()
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
