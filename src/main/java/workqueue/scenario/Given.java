package workqueue.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import workqueue.fault.Faults;
import workqueue.workload.Workload;

/** What the method of a scenario is given to work with. */
public final class Given {
  private static final Map<Class<?>, Function<ScenarioRun, Object>> BY_ITSELF =
      Map.of(
          Walker.class, Walker::new,
          CheckedCluster.class, CheckedCluster::new,
          Gate.class, Gate::new,
          Specimens.class, Specimens::new);

  private static final Map<Class<?>, BiFunction<ScenarioRun, ScenarioEnvironment, Object>>
      IN_PLACE =
          Map.of(
              Workload.class, (scenario, place) -> new Workload(place),
              Faults.class, (scenario, place) -> new Faults(place),
              Wire.class, (scenario, place) -> new Wire(place),
              Recording.class, (scenario, place) -> new Recording(scenario.record(), place),
              Chaos.class, Chaos::in);

  /** Those that are of no use where the wire is not tapped. */
  private static final Set<Class<?>> OF_WIRE = Set.of(Wire.class, Chaos.class);

  private final ScenarioRun scenario;
  private final Optional<ScenarioEnvironment> environment;

  private Given(ScenarioRun scenario, Optional<ScenarioEnvironment> environment) {
    this.scenario = scenario;
    this.environment = environment;
  }

  /** Whether there is something of this type to be given. */
  public static boolean has(Class<?> type) {
    return BY_ITSELF.containsKey(type) || IN_PLACE.containsKey(type);
  }

  /** Opens the scenario's environment, as far as these types need one. */
  public static Given open(ScenarioRun scenario, List<Class<?>> types) {
    boolean tapped = types.stream().anyMatch(OF_WIRE::contains);
    return new Given(
        scenario,
        types.stream().anyMatch(IN_PLACE::containsKey)
            ? Optional.of(scenario.open(EnvironmentOptions.usual(tapped)))
            : Optional.empty());
  }

  /** What of this type is given. */
  public Object of(Class<?> type) {
    return BY_ITSELF.containsKey(type)
        ? BY_ITSELF.get(type).apply(scenario)
        : IN_PLACE.get(type).apply(scenario, environment.orElseThrow());
  }
}
