package workqueue.checker.claim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.view.Quantity;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.Recorded;

/** The checks of a namespace: whether it can be used, and what it leaves the pattern. */
final class NamespaceChecks {
  private static final BigDecimal BROKER_MEMORY = BigDecimal.valueOf(256L << 20);
  private static final BigDecimal BROKER_CPU = new BigDecimal("0.1");
  private static final BigDecimal WORKER_MEMORY = BigDecimal.valueOf(16L << 20);

  private NamespaceChecks() {}

  static CheckAnswer usable(Visit visit) {
    String namespace = visit.guest().namespace();
    Optional<Recorded<ObjectsRead>> look = visit.read("Namespace");
    Optional<CheckAnswer> gone = look.flatMap(each -> gone(namespace, each));
    if (gone.isPresent()) {
      return gone.get();
    }
    for (Recorded<DryRunAnswered> trial : visit.history().all(DryRunAnswered.class)) {
      DryRunAnswered answer = trial.event();
      Admission admission = Admission.of(answer);
      if (admission == Admission.EXISTS) {
        return CheckAnswer.fails(
                FindingCode.NAMESPACE_UNUSABLE,
                "%s %s is there already, and is somebody else's"
                    .formatted(answer.kind(), answer.name()),
                trial.seq())
            .remedy("kubectl get -n " + namespace + " " + answer.kind() + " " + answer.name());
      }
      if (admission == Admission.NAMESPACE_UNUSABLE) {
        return CheckAnswer.fails(
                FindingCode.NAMESPACE_UNUSABLE,
                "it takes no " + answer.kind() + ": " + answer.message(),
                trial.seq())
            .remedy("kubectl get namespace,serviceaccount -n " + namespace);
      }
    }
    Optional<CheckAnswer> unread =
        Stream.of("Namespace", "ServiceAccount")
            .flatMap(kind -> visit.read(kind).stream())
            .filter(each -> !each.event().wereRead())
            .map(NamespaceChecks::notSeen)
            .findFirst();
    if (unread.isPresent()) {
      return unread.get();
    }
    return look.isEmpty() || visit.read("ServiceAccount").isEmpty()
        ? Visit.notLooked()
        : CheckAnswer.holds(
            namespace + " is Active, and the names are free", look.orElseThrow().seq());
  }

  private static CheckAnswer notSeen(Recorded<ObjectsRead> look) {
    return look.event().code() != null && look.event().code() == 404
        ? CheckAnswer.fails(
            FindingCode.NAMESPACE_UNUSABLE,
            "there is no " + look.event().kind() + " " + look.event().name(),
            look.seq())
        : Visit.unread(look);
  }

  private static Optional<CheckAnswer> gone(String namespace, Recorded<ObjectsRead> look) {
    if (look.event().code() != null && look.event().code() == 404) {
      return Optional.of(
          CheckAnswer.fails(
                  FindingCode.NAMESPACE_UNUSABLE, "there is no namespace " + namespace, look.seq())
              .remedy("kubectl create namespace " + namespace));
    }
    return look.event().objects().stream()
        .map(each -> text(each, "status", "phase"))
        .filter(phase -> !phase.equals("Active"))
        .map(
            phase ->
                CheckAnswer.fails(
                        FindingCode.NAMESPACE_UNUSABLE,
                        "namespace " + namespace + " is " + phase,
                        look.seq())
                    .remedy("kubectl get namespace " + namespace + " -o yaml"))
        .findFirst();
  }

  static CheckAnswer quotaRoom(Visit visit) {
    Optional<Recorded<ObjectsRead>> look = visit.read("ResourceQuota");
    if (look.isEmpty()) {
      return Visit.notLooked();
    }
    Optional<Recorded<DryRunAnswered>> refused =
        visit.history().all(DryRunAnswered.class).stream()
            .filter(each -> Admission.of(each.event()) == Admission.QUOTA_USED_UP)
            .findFirst();
    if (refused.isPresent()) {
      return used(visit, refused.get().event().message(), refused.get().seq());
    }
    if (!look.get().event().wereRead()) {
      return Visit.unread(look.get());
    }
    Needs needs = Needs.of(visit);
    List<String> short_ = new ArrayList<>();
    for (Map<String, Object> quota : look.get().event().objects()) {
      if (!isAbout(quota)) {
        continue;
      }
      Map<?, ?> hard = map(map(quota, "status"), "hard");
      Map<?, ?> taken = map(map(quota, "status"), "used");
      for (Map.Entry<?, ?> limit : hard.entrySet()) {
        String resource = String.valueOf(limit.getKey());
        Optional<BigDecimal> needed = needs.amount(resource);
        Optional<BigDecimal> most = Quantity.value(String.valueOf(limit.getValue()));
        Optional<BigDecimal> used =
            Quantity.value(String.valueOf(taken.containsKey(resource) ? taken.get(resource) : "0"));
        if (needed.isPresent()
            && most.isPresent()
            && used.isPresent()
            && most.get().subtract(used.get()).compareTo(needed.get()) < 0) {
          short_.add(
              "quota %s leaves %s of %s, and %s are needed"
                  .formatted(
                      quota.get("name"),
                      most.get().subtract(used.get()).stripTrailingZeros().toPlainString(),
                      resource,
                      needed.get().stripTrailingZeros().toPlainString()));
        }
      }
    }
    if (!short_.isEmpty()) {
      return used(visit, String.join("; ", short_), look.get().seq());
    }
    GuestArrived guest = visit.guest();
    return CheckAnswer.holds(
        "%d pods at once and %d in all; %s"
            .formatted(
                guest.podsAtOnce(),
                guest.pods(),
                Counted.of(look.get().event().objects().size(), "quota")),
        look.get().seq());
  }

  private static CheckAnswer used(Visit visit, String said, long seq) {
    return CheckAnswer.fails(FindingCode.QUOTA_EXCEEDED, said, seq)
        .remedy("kubectl describe quota -n " + visit.guest().namespace());
  }

  /**
   * Whether a quota counts pods without a deadline, of whatever priority, that may state resources.
   */
  private static boolean isAbout(Map<String, Object> quota) {
    Object scopes = map(quota, "spec").get("scopes");
    Object selector = map(quota, "spec").get("scopeSelector");
    return selector == null
        && (!(scopes instanceof List<?> list)
            || list.stream()
                .allMatch(each -> List.of("NotTerminating", "NotBestEffort").contains(each)));
  }

  static CheckAnswer quotaDemands(Visit visit) {
    for (String part : ClusterChecks.PODS) {
      for (Recorded<DryRunAnswered> trial : visit.trials(part)) {
        if (Admission.of(trial.event()) == Admission.RESOURCES_NOT_STATED) {
          return CheckAnswer.fails(
                  FindingCode.RESOURCES_REQUIRED,
                  "the pod of " + trial.event().name() + ": " + trial.event().message(),
                  trial.seq())
              .asInferred()
              .remedy("kubectl describe quota -n " + visit.guest().namespace());
        }
      }
    }
    return AdmissionChecks.eachPodTried(visit)
        .orElseGet(() -> CheckAnswer.holds("no quota asks for more than is stated").asInferred());
  }

  static CheckAnswer limitsSuffice(Visit visit) {
    for (String part : ClusterChecks.PODS) {
      for (Recorded<DryRunAnswered> trial : visit.trials(part)) {
        if (Admission.of(trial.event()) == Admission.RESOURCES_NOT_ALLOWED) {
          return tooSmall(visit, trial, trial.event().message());
        }
      }
    }
    for (String part : ClusterChecks.PODS) {
      Optional<Recorded<DryRunAnswered>> taken = visit.taken(part);
      if (taken.isEmpty()) {
        return AdmissionChecks.whyNotTaken(visit, part);
      }
      boolean isBroker = part.equals("broker-pod");
      Optional<CheckAnswer> low =
          below(visit, taken.get(), "limits.memory", isBroker ? BROKER_MEMORY : WORKER_MEMORY)
              .or(
                  () ->
                      isBroker
                          ? below(visit, taken.get(), "limits.cpu", BROKER_CPU)
                          : Optional.empty());
      if (low.isPresent()) {
        return low.get();
      }
    }
    return CheckAnswer.holds("the broker is left at least 256Mi and 100m").asInferred();
  }

  private static Optional<CheckAnswer> below(
      Visit visit, Recorded<DryRunAnswered> trial, String resource, BigDecimal least) {
    return trial.event().resources().entrySet().stream()
        .filter(each -> each.getKey().endsWith("/" + resource))
        .filter(
            each ->
                Quantity.value(each.getValue())
                    .map(amount -> amount.compareTo(least) < 0)
                    .orElse(false))
        .map(
            each ->
                tooSmall(
                    visit,
                    trial,
                    "container %s of %s is left %s %s"
                        .formatted(
                            each.getKey().substring(0, each.getKey().indexOf('/')),
                            trial.event().name(),
                            resource,
                            each.getValue())))
        .findFirst();
  }

  private static CheckAnswer tooSmall(Visit visit, Recorded<DryRunAnswered> trial, String said) {
    return CheckAnswer.fails(FindingCode.RESOURCES_TOO_SMALL, said, trial.seq())
        .asInferred()
        .remedy("kubectl describe limitrange -n " + visit.guest().namespace());
  }

  private static String text(Map<String, Object> object, String... path) {
    Map<?, ?> at = object;
    for (int i = 0; i < path.length - 1; i++) {
      at = map(at, path[i]);
    }
    Object value = at.get(path[path.length - 1]);
    return value == null ? "" : value.toString();
  }

  static Map<?, ?> map(Map<?, ?> object, String key) {
    return object.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** What the pattern needs in all of what quotas count. */
  private record Needs(GuestArrived guest, Map<String, String> broker, Map<String, String> worker) {

    static Needs of(Visit visit) {
      return new Needs(
          visit.guest(), resources(visit, "broker-pod"), resources(visit, "worker-pod"));
    }

    private static Map<String, String> resources(Visit visit, String part) {
      return visit.taken(part).map(each -> each.event().resources()).orElseGet(Map::of);
    }

    /** How much of it; empty if the pattern needs nothing of the kind. */
    Optional<BigDecimal> amount(String resource) {
      return switch (resource) {
        // Pods that have ended count here until they are removed.
        case "count/pods" -> pieces(guest.pods());
        case "pods" -> pieces(guest.podsAtOnce());
        case "count/jobs.batch",
            "services",
            "count/services",
            "count/statefulsets.apps",
            "configmaps",
            "count/configmaps" ->
            pieces(1);
        case "cpu", "requests.cpu" -> sum("requests.cpu");
        case "memory", "requests.memory" -> sum("requests.memory");
        case "limits.cpu", "limits.memory" -> sum(resource);
        default -> Optional.empty();
      };
    }

    private static Optional<BigDecimal> pieces(int count) {
      return Optional.of(BigDecimal.valueOf(count));
    }

    /** Of the broker, and of all other pods at once as if each were a worker. */
    private Optional<BigDecimal> sum(String resource) {
      BigDecimal others = BigDecimal.valueOf(guest.podsAtOnce() - 1L);
      return Optional.of(of(broker, resource).add(of(worker, resource).multiply(others)));
    }

    private static BigDecimal of(Map<String, String> resources, String resource) {
      return resources.entrySet().stream()
          .filter(each -> each.getKey().endsWith("/" + resource))
          .flatMap(each -> Quantity.value(each.getValue()).stream())
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }
}
