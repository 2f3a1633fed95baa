package workqueue.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A claim as data, so that a history can be judged again.
 *
 * @param claim the claim's name
 * @param parameters numbers, booleans, strings, and lists and maps of them
 * @param expected the verdict the scenario expects: {@code VALID}, {@code INVALID} or {@code
 *     UNKNOWN}
 */
public record ClaimSpec(String claim, Map<String, Object> parameters, String expected) {
  public ClaimSpec {
    claim = Text.required("claim", claim);
    parameters =
        parameters == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    expected = Text.required("expected", expected);
  }
}
