package workqueue.conformance;

import java.util.List;

/** The set-ups that the checks are tried on, for the documentation. */
public final class SetUpTable {
  private SetUpTable() {}

  /** A row each: name, what is so, the check that must fail, its code, where it can be made. */
  public static List<List<String>> rows() {
    return SetUps.all().stream()
        .map(
            each ->
                List.of(
                    "`" + each.name() + "`",
                    each.about(),
                    each.isSound() ? "none" : "`" + each.check() + "`",
                    each.isSound() ? "" : "`" + each.code() + "`",
                    each.needs().where()))
        .toList();
  }
}
