package workqueue.checker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import workqueue.history.History;

/** What a history shows of each check of a cluster: pure, as all judging is. */
public final class ClusterChecks {
  private static final Map<String, Function<Visit, CheckAnswer>> BY_ID = byId();

  private ClusterChecks() {}

  /** The ids of all checks. */
  public static Set<String> ids() {
    return BY_ID.keySet();
  }

  /**
   * What the history shows of a check.
   *
   * @throws IllegalArgumentException if there is none of this id
   */
  public static CheckAnswer answer(String check, History history) {
    Function<Visit, CheckAnswer> judge = BY_ID.get(check);
    if (judge == null) {
      throw new IllegalArgumentException(
          "There is no check \"" + check + "\". Known are: " + String.join(", ", BY_ID.keySet()));
    }
    return judge.apply(new Visit(history));
  }

  /** The checks on which much else depends; the others are not run where one of them fails. */
  static final String NAMESPACE = "namespace.usable";

  static final String DRY_RUN = "api.dry-run";

  private static Map<String, Function<Visit, CheckAnswer>> byId() {
    Map<String, Function<Visit, CheckAnswer>> checks = new TreeMap<>();
    checks.put("access.api-answers", AccessChecks::apiAnswers);
    checks.put("access.rights", AccessChecks::rights);
    checks.put("access.discovery", AccessChecks::discovery);
    checks.put("access.clock", AccessChecks::clock);
    checks.put("api.kinds", AccessChecks::kinds);
    checks.put(DRY_RUN, AccessChecks::dryRun);
    checks.put("api.job-fields", AccessChecks::jobFields);
    checks.put(NAMESPACE, NamespaceChecks::usable);
    checks.put("namespace.quota-room", NamespaceChecks::quotaRoom);
    checks.put("namespace.quota-demands", NamespaceChecks::quotaDemands);
    checks.put("namespace.limits-suffice", NamespaceChecks::limitsSuffice);
    checks.put("admission.objects", AdmissionChecks::objects);
    checks.put("admission.pods", AdmissionChecks::pods);
    checks.put("admission.spec-kept", AdmissionChecks::specKept);
    checks.put("admission.no-lingering-container", AdmissionChecks::noLingeringContainer);
    checks.put("admission.controller-kept", AdmissionChecks::controllerKept);
    checks.put("nodes.capable", NodeChecks::capable);
    checks.put("network.to-pod", NetworkChecks::toPod);
    return Map.copyOf(checks);
  }

  /** The objects that are sent on trial. */
  static final List<String> OBJECTS = List.of("service", "broker", "job");

  /** The pods that are sent on trial. */
  static final List<String> PODS = List.of("broker-pod", "worker-pod");
}
