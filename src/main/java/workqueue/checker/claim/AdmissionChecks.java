package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.Difference;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.Recorded;

/** The checks of what is admitted, and how it comes back. */
final class AdmissionChecks {
  private static final Pattern CONTAINER =
      Pattern.compile("(?:spec\\.template\\.)?spec\\.containers\\[[^\\]]+\\]");
  private static final Pattern ASKED_FOR =
      Pattern.compile(
          "(?:spec\\.template\\.)?spec\\.containers\\[[^\\]]+\\]\\.(?:image|command|args|env\\[[^\\]]+\\])(?:[.\\[].*)?"
              + "|(?:spec\\.template\\.)?spec\\.(?:restartPolicy|activeDeadlineSeconds)"
              + "|spec\\.(?:completions|parallelism|backoffLimit|activeDeadlineSeconds|replicas)");
  private static final Pattern WEBHOOK = Pattern.compile("webhook \"(?<name>[^\"]+)\"");

  /** What the API fills in where nothing is said. */
  private static final Set<Map.Entry<String, String>> DEFAULTS =
      Set.of(
          Map.entry("spec.backoffLimit", "6"),
          Map.entry("spec.restartPolicy", "Always"),
          Map.entry("spec.template.spec.restartPolicy", "Always"));

  private AdmissionChecks() {}

  static CheckAnswer objects(Visit visit) {
    return admitted(visit, ClusterChecks.OBJECTS);
  }

  static CheckAnswer pods(Visit visit) {
    return admitted(visit, ClusterChecks.PODS);
  }

  /** Whether all of these parts are admitted, as far as their refusals are not another check's. */
  private static CheckAnswer admitted(Visit visit, List<String> parts) {
    List<CheckAnswer> open = new ArrayList<>();
    for (String part : parts) {
      List<Recorded<DryRunAnswered>> trials = visit.trials(part);
      if (trials.isEmpty()) {
        open.add(Visit.notLooked());
      }
      for (Recorded<DryRunAnswered> trial : trials) {
        switch (Admission.of(trial.event())) {
          case DENIED -> {
            return denied(visit, trial);
          }
          case WEBHOOK_AWAY -> {
            return CheckAnswer.fails(
                    FindingCode.WEBHOOK_UNAVAILABLE,
                    trial.event().kind()
                        + " "
                        + trial.event().name()
                        + ": "
                        + trial.event().message(),
                    trial.seq())
                .asInferred()
                .owner("platform")
                .remedy(
                    "kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations");
          }
          case TAKEN -> {}
          default -> {
            if (visit.taken(part).isEmpty()) {
              open.add(whyNotTaken(visit, part));
            }
          }
        }
      }
    }
    return open.stream()
        .findFirst()
        .orElseGet(
            () ->
                CheckAnswer.holds(
                        parts.stream()
                            .flatMap(part -> visit.taken(part).stream())
                            .map(each -> each.event().kind() + " " + each.event().name())
                            .collect(Collectors.joining(", ")))
                    .asInferred());
  }

  private static CheckAnswer denied(Visit visit, Recorded<DryRunAnswered> trial) {
    String message = trial.event().message();
    boolean byLabel = message.contains("violates PodSecurity");
    Matcher webhook = WEBHOOK.matcher(message);
    return CheckAnswer.fails(
            FindingCode.ADMISSION_DENIED,
            trial.event().kind() + " " + trial.event().name() + ": " + message,
            trial.seq())
        .asInferred()
        .owner(byLabel ? "namespace owner" : "platform")
        .remedy(
            byLabel
                ? "kubectl get namespace " + visit.guest().namespace() + " --show-labels"
                : webhook.find()
                    ? "kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations -o yaml"
                    : "kubectl get events -n " + visit.guest().namespace());
  }

  /** Why nothing of the part was taken: which check tells it. */
  static CheckAnswer whyNotTaken(Visit visit, String part) {
    List<Recorded<DryRunAnswered>> trials = visit.trials(part);
    if (trials.isEmpty()) {
      return Visit.notLooked();
    }
    Recorded<DryRunAnswered> last = trials.get(trials.size() - 1);
    return switch (Admission.of(last.event())) {
      case EXISTS, NAMESPACE_UNUSABLE -> CheckAnswer.blockedBy(ClusterChecks.NAMESPACE);
      case NO_KIND -> CheckAnswer.blockedBy(ClusterChecks.KINDS);
      case NO_DRY_RUN -> CheckAnswer.blockedBy(ClusterChecks.DRY_RUN);
      case QUOTA_USED_UP -> CheckAnswer.blockedBy("namespace.quota-room");
      case RESOURCES_NOT_STATED -> CheckAnswer.blockedBy("namespace.quota-demands");
      case RESOURCES_NOT_ALLOWED -> CheckAnswer.blockedBy("namespace.limits-suffice");
      case DENIED, WEBHOOK_AWAY ->
          CheckAnswer.blockedBy(
              ClusterChecks.PODS.contains(part) ? "admission.pods" : "admission.objects");
      case NO_RIGHT, NO_ANSWER, TAKEN -> Visit.untried(last);
    };
  }

  /** What keeps it from being known how each pod fares; empty if each was tried. */
  static Optional<CheckAnswer> eachPodTried(Visit visit) {
    return notTaken(visit, ClusterChecks.PODS);
  }

  private static Optional<CheckAnswer> notTaken(Visit visit, List<String> parts) {
    return parts.stream()
        .filter(part -> visit.taken(part).isEmpty())
        .map(part -> whyNotTaken(visit, part))
        .findFirst();
  }

  private static List<Recorded<DryRunAnswered>> takenOf(Visit visit, List<String> parts) {
    return parts.stream().flatMap(part -> visit.taken(part).stream()).toList();
  }

  static CheckAnswer specKept(Visit visit) {
    List<String> parts =
        Stream.concat(ClusterChecks.OBJECTS.stream(), ClusterChecks.PODS.stream()).toList();
    for (Recorded<DryRunAnswered> trial : takenOf(visit, parts)) {
      for (Difference each : trial.event().differences()) {
        if (isChange(trial.event(), each)) {
          return CheckAnswer.fails(
                  FindingCode.SPEC_CHANGED,
                  "%s %s: %s is %s, and %s was asked for"
                      .formatted(
                          trial.event().kind(),
                          trial.event().name(),
                          each.path(),
                          each.returned().isEmpty() ? "gone" : each.returned(),
                          each.sent().isEmpty() ? "nothing" : each.sent()),
                  trial.seq())
              .asInferred()
              .remedy("kubectl get mutatingwebhookconfigurations -o yaml");
        }
      }
    }
    return notTaken(visit, parts)
        .orElseGet(
            () -> CheckAnswer.holds("what came back is what was sent, and defaults").asInferred());
  }

  /** A variable that is added harms nobody; nor does what the API fills in itself. */
  private static boolean isChange(DryRunAnswered answer, Difference difference) {
    boolean isAddedVariable = difference.sent().isEmpty() && difference.path().contains(".env");
    boolean isDefault =
        difference.sent().isEmpty()
            && DEFAULTS.contains(Map.entry(difference.path(), difference.returned()));
    return ASKED_FOR.matcher(difference.path()).matches()
        && !isAddedVariable
        && !isDefault
        && !isAboutAnAddedContainer(answer, difference);
  }

  private static boolean isAboutAnAddedContainer(DryRunAnswered answer, Difference difference) {
    return answer.differences().stream()
        .filter(AdmissionChecks::isAddedContainer)
        .anyMatch(each -> difference.path().startsWith(each.path() + "."));
  }

  private static boolean isAddedContainer(Difference difference) {
    return difference.sent().isEmpty() && CONTAINER.matcher(difference.path()).matches();
  }

  /** Beside the broker another container does no harm; in the Job's pods it does. */
  static CheckAnswer noLingeringContainer(Visit visit) {
    List<String> parts = List.of("job", "worker-pod");
    for (Recorded<DryRunAnswered> trial : takenOf(visit, parts)) {
      Optional<Difference> added =
          trial.event().differences().stream()
              .filter(AdmissionChecks::isAddedContainer)
              .findFirst();
      if (added.isPresent()) {
        String name = added.get().path().replaceFirst(".*\\[(.*)\\]$", "$1");
        return CheckAnswer.fails(
                FindingCode.CONTAINER_STILL_RUNNING,
                "container %s is added to %s %s; unless it ends by itself the Job never completes"
                    .formatted(name, trial.event().kind(), trial.event().name()),
                trial.seq())
            .asInferred()
            .remedy("kubectl get mutatingwebhookconfigurations -o yaml");
      }
    }
    return notTaken(visit, parts)
        .orElseGet(() -> CheckAnswer.holds("no further container is added").asInferred());
  }

  static CheckAnswer controllerKept(Visit visit) {
    List<String> parts = List.of("job", "worker-pod");
    for (Recorded<DryRunAnswered> trial : takenOf(visit, parts)) {
      Optional<String> taken =
          trial.event().differences().stream()
              .flatMap(each -> takenOver(each).stream())
              .findFirst();
      if (taken.isPresent()) {
        return CheckAnswer.fails(
                FindingCode.TAKEN_OVER,
                "%s %s %s".formatted(trial.event().kind(), trial.event().name(), taken.get()),
                trial.seq())
            .asInferred()
            .remedy("kubectl get mutatingwebhookconfigurations -o yaml");
      }
    }
    return notTaken(visit, parts)
        .orElseGet(
            () ->
                CheckAnswer.holds("not suspended, managed by nobody else, default scheduler")
                    .asInferred());
  }

  private static Optional<String> takenOver(Difference difference) {
    String now = difference.returned();
    return switch (difference.path()) {
      case "spec.suspend" -> now.equals("true") ? Optional.of("is suspended") : Optional.empty();
      case "spec.managedBy" ->
          now.isEmpty() || now.equals("kubernetes.io/job-controller")
              ? Optional.empty()
              : Optional.of("is left to " + now);
      case "spec.schedulerName", "spec.template.spec.schedulerName" ->
          now.equals("default-scheduler")
              ? Optional.empty()
              : Optional.of("is left to the scheduler " + now);
      default ->
          difference.path().matches("(?:spec\\.template\\.)?spec\\.schedulingGates.*")
              ? Optional.of("waits at the scheduling gate " + now)
              : Optional.empty();
    };
  }
}
