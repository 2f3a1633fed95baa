package workqueue.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How workers behave, each put together from all its trials of a run. */
public final class BehaviourCard {
  private BehaviourCard() {}

  /** That of the worker at the gate: each thing once; of what was seen to differ, all of it. */
  public static List<Trait> of(List<ScenarioResult> scenarios) {
    return card(scenarios.stream().filter(each -> each.specimen() == null));
  }

  /** Those of the workers on client libraries, by their names. */
  static Map<String, List<Trait>> ofWorkers(List<ScenarioResult> scenarios) {
    return scenarios.stream()
        .filter(each -> each.specimen() != null && !each.traits().isEmpty())
        .collect(
            Collectors.groupingBy(
                BehaviourCard::worker,
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), its -> card(its.stream()))));
  }

  /** What its trials have in common: the name before the rule. */
  private static String worker(ScenarioResult trial) {
    String name = trial.specimen().name();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static List<Trait> card(Stream<ScenarioResult> trials) {
    Map<String, Set<String>> seen = new LinkedHashMap<>();
    Map<String, String> before = new LinkedHashMap<>();
    trials
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
