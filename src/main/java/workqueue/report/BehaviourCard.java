package workqueue.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the worker at the gate behaves, put together from all trials of a run. */
final class BehaviourCard {
  private BehaviourCard() {}

  /** Each thing once; of what was seen to differ, all that was seen. */
  static List<Trait> of(List<ScenarioResult> scenarios) {
    Map<String, Set<String>> seen = new LinkedHashMap<>();
    scenarios.stream()
        .flatMap(each -> each.traits().stream())
        .forEach(
            each ->
                seen.computeIfAbsent(each.what(), what -> new LinkedHashSet<>()).add(each.shown()));
    List<Trait> card = new ArrayList<>();
    seen.forEach((what, shown) -> card.add(new Trait(what, String.join("; ", shown))));
    return card;
  }
}
