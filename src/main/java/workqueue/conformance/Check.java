package workqueue.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.cluster.Right;
import workqueue.configuration.ConformanceMode;

/**
 * One thing that a cluster must do for the pattern to run on it.
 *
 * @param id stable, {@code <category>.<name>}
 * @param modes in which it is looked at
 * @param holds what is so where it holds, in a clause
 * @param restsOn the sentence of the documentation that it rests on
 * @param done what is done to see it
 * @param blamed what may be found
 * @param rights that it needs in the namespace, in preflight
 * @param more rights that it needs besides, where objects are made
 * @param optional rights in the namespace that it rests on alone, and that may be left out: it is
 *     then not looked at
 * @param owner who can fix it
 * @param cost what it adds, in words: pods and seconds
 */
public record Check(
    String id,
    Level level,
    Set<ConformanceMode> modes,
    String holds,
    Sentence restsOn,
    String done,
    List<FindingCode> blamed,
    List<Right> rights,
    List<Right> more,
    List<Right> optional,
    String owner,
    String cost) {

  /**
   * A sentence of the documentation.
   *
   * @param source where it stands: a URL
   */
  public record Sentence(String text, String source) {}

  public Check {
    modes = Set.copyOf(modes);
    blamed = List.copyOf(blamed);
    rights = List.copyOf(rights);
    more = List.copyOf(more);
    optional = List.copyOf(optional);
  }

  /** What comes before the dot of the id. */
  public String category() {
    return id.substring(0, id.indexOf('.'));
  }

  /** What comes after it. */
  public String name() {
    return id.substring(id.indexOf('.') + 1);
  }

  /** Its scenario's id, for example {@code conformance.access.rights}. */
  public String scenario() {
    return Checks.SUITE + "." + id;
  }

  /** The rights that it needs in a mode. */
  public List<Right> rights(ConformanceMode mode) {
    return mode == ConformanceMode.PREFLIGHT
        ? rights
        : Stream.concat(rights.stream(), more.stream()).toList();
  }

  /** What is so where it holds, as a sentence. */
  public String sentence() {
    return holds.substring(0, 1).toUpperCase(Locale.ROOT) + holds.substring(1);
  }

  public boolean isRequired() {
    return level == Level.REQUIRED;
  }
}
