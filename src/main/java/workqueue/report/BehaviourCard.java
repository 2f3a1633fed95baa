package workqueue.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the worker at the gate behaves, put together from all trials of a run. */
public final class BehaviourCard {
  private BehaviourCard() {}

  /** Each thing once; of what was seen to differ, all that was seen. */
  public static List<Trait> of(List<ScenarioResult> scenarios) {
    Map<String, Set<String>> seen = new LinkedHashMap<>();
    Map<String, String> before = new LinkedHashMap<>();
    scenarios.stream()
        .flatMap(each -> each.traits().stream())
        .forEach(
            each -> {
              seen.computeIfAbsent(each.what(), what -> new LinkedHashSet<>()).add(each.shown());
              each.before().ifPresent(was -> before.put(each.what(), was));
            });
    List<Trait> card = new ArrayList<>();
    seen.forEach(
        (what, shown) ->
            card.add(
                new Trait(what, String.join("; ", shown), Optional.ofNullable(before.get(what)))));
    return card;
  }

  /** What the worker does differently now, in sentences. */
  static List<String> changes(List<ScenarioResult> scenarios) {
    return of(scenarios).stream().flatMap(each -> each.change().stream()).toList();
  }
}
