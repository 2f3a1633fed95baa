package workqueue.checker.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent.Difference;
import workqueue.history.ApiEvent.DiscoveryDone;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GroupDiscovered;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.ApiEvent.RightReviewed;
import workqueue.history.Recorded;

/** The checks of access to a cluster and of its API. */
final class AccessChecks {
  private static final Duration SKEW = Duration.ofSeconds(2);

  /** What the pattern is made of, by group and version. */
  private static final Map<String, List<String>> NEEDED = needed();

  private static final List<String> VERBS = List.of("create", "delete", "get", "list", "watch");

  private AccessChecks() {}

  static CheckAnswer apiAnswers(Visit visit) {
    return visit.history().all(RequestMade.class, each -> each.path().equals("/version")).stream()
        .findFirst()
        .map(
            each ->
                Integer.valueOf(200).equals(each.event().code())
                    ? CheckAnswer.holds(
                        "it answered in " + each.event().millis() + " ms", each.seq())
                    : CheckAnswer.unknown(
                        each.event().code() == null
                            ? each.event().trouble()
                            : "it answers " + each.event().code(),
                        each.seq()))
        .orElseGet(Visit::notLooked);
  }

  static CheckAnswer rights(Visit visit) {
    List<Recorded<RightReviewed>> needed =
        visit.history().all(RightReviewed.class, RightReviewed::needed);
    List<String> missing =
        needed.stream()
            .filter(each -> Boolean.FALSE.equals(each.event().allowed()))
            .map(each -> each.event().right())
            .toList();
    Optional<Recorded<RightReviewed>> unheard =
        needed.stream().filter(each -> each.event().allowed() == null).findFirst();
    if (needed.isEmpty()) {
      return Visit.notLooked();
    }
    String namespace = visit.guest().namespace();
    if (!missing.isEmpty()) {
      return CheckAnswer.unknown(
              Counted.of(missing.size(), "right")
                  + " of "
                  + needed.size()
                  + (missing.size() == 1 ? " is" : " are")
                  + " lacking in "
                  + namespace
                  + ": "
                  + String.join(", ", missing))
          .lacking(missing)
          .remedy("kubectl auth can-i --list -n " + namespace);
    }
    return unheard
        .map(each -> CheckAnswer.unknown(each.event().why(), each.seq()))
        .orElseGet(
            () -> CheckAnswer.holds(needed.size() + " of " + needed.size() + " in " + namespace));
  }

  static CheckAnswer discovery(Visit visit) {
    List<Recorded<GroupDiscovered>> dead =
        visit.history().all(GroupDiscovered.class, each -> Boolean.FALSE.equals(each.answers()));
    if (!dead.isEmpty()) {
      String group = dead.get(0).event().groupVersion();
      String name = group.substring(group.indexOf('/') + 1) + "." + group.split("/", -1)[0];
      return CheckAnswer.fails(
              FindingCode.DISCOVERY_BROKEN,
              dead.stream()
                      .map(each -> each.event().groupVersion() + ": " + each.event().why())
                      .collect(Collectors.joining("; "))
                  + "; while that is so no namespace can be removed",
              dead.get(0).seq())
          .remedy("kubectl get apiservice " + name);
    }
    return visit
        .history()
        .last(DiscoveryDone.class)
        .map(
            done ->
                done.event().why().isEmpty()
                    ? CheckAnswer.holds(
                        Counted.of(
                                visit.history().all(GroupDiscovered.class).size(), "group version")
                            + " of the API",
                        done.seq())
                    : CheckAnswer.unknown(done.event().why(), done.seq()))
        .orElseGet(Visit::notLooked);
  }

  /** What the dates of all answers allow together: each is of whole seconds. */
  static CheckAnswer clock(Visit visit) {
    Duration least = null;
    Duration most = null;
    for (Recorded<RequestMade> each :
        visit.history().all(RequestMade.class, request -> request.serverTime() != null)) {
      Instant from = each.event().sentAt();
      Instant to = from.plusMillis(each.event().millis());
      Duration low = Duration.between(to, each.event().serverTime());
      Duration high = Duration.between(from, each.event().serverTime().plusSeconds(1));
      least = least == null || low.compareTo(least) > 0 ? low : least;
      most = most == null || high.compareTo(most) < 0 ? high : most;
    }
    if (least == null) {
      return CheckAnswer.unknown("no answer was dated");
    }
    if (least.compareTo(SKEW) > 0 || most.compareTo(SKEW.negated()) < 0) {
      Duration off = least.compareTo(SKEW) > 0 ? least : most;
      return CheckAnswer.fails(
          FindingCode.CLOCK_SKEWED,
          "the API server's clock is %.1f s %s of this machine's"
              .formatted(Math.abs(off.toMillis() / 1000.0), off.isNegative() ? "behind" : "ahead"));
    }
    return CheckAnswer.holds(
        "the API server's clock is between %.1f s and %.1f s off"
            .formatted(least.toMillis() / 1000.0, most.toMillis() / 1000.0));
  }

  static CheckAnswer kinds(Visit visit) {
    if (visit.history().last(DiscoveryDone.class).isEmpty()) {
      return Visit.notLooked();
    }
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<String>> group : NEEDED.entrySet()) {
      Optional<Recorded<GroupDiscovered>> found =
          visit
              .history()
              .last(GroupDiscovered.class, each -> each.groupVersion().equals(group.getKey()));
      if (found.isPresent() && Boolean.FALSE.equals(found.get().event().answers())) {
        return CheckAnswer.unknown(
            group.getKey() + " does not answer: " + found.get().event().why(), found.get().seq());
      }
      Map<String, List<String>> verbs = found.map(each -> each.event().verbs()).orElseGet(Map::of);
      for (String resource : group.getValue()) {
        List<String> lacking =
            VERBS.stream()
                .filter(verb -> !verbs.getOrDefault(resource, List.of()).contains(verb))
                .toList();
        if (lacking.size() == VERBS.size()) {
          missing.add(resource + " of " + group.getKey());
        } else if (!lacking.isEmpty()) {
          missing.add(String.join(", ", lacking) + " for " + resource + " of " + group.getKey());
        }
      }
    }
    return missing.isEmpty()
        ? CheckAnswer.holds("Jobs, Services, Pods and StatefulSets, with all their verbs")
        : CheckAnswer.fails(
                FindingCode.API_ABSENT, "the API does not have " + String.join("; ", missing))
            .remedy("kubectl api-resources --verbs=create,watch");
  }

  static CheckAnswer dryRun(Visit visit) {
    Optional<Recorded<DryRunAnswered>> trial = visit.documented("service");
    if (trial.isEmpty()) {
      return Visit.notLooked();
    }
    return switch (Admission.of(trial.get().event())) {
      case TAKEN -> persists(visit, trial.get());
      case NO_DRY_RUN ->
          CheckAnswer.unknown(
                  "the dry run is refused: " + trial.get().event().message(), trial.get().seq())
              .code(FindingCode.DRY_RUN_REFUSED)
              .remedy("kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations");
      case NO_RIGHT, NO_ANSWER -> Visit.untried(trial.get());
      case EXISTS, NAMESPACE_UNUSABLE -> CheckAnswer.blockedBy(ClusterChecks.NAMESPACE);
      default -> CheckAnswer.holds("a dry run is answered as the real request would be");
    };
  }

  private static CheckAnswer persists(Visit visit, Recorded<DryRunAnswered> trial) {
    if (trial.event().differences().stream().noneMatch(each -> each.sent().isEmpty())) {
      return CheckAnswer.unknown(
          "the Service came back without its defaults, so it was not looked at", trial.seq());
    }
    return visit
        .read("Service")
        .map(
            look ->
                look.event().code() == null
                    ? Visit.unread(look)
                    : look.event().code() == 404
                        ? CheckAnswer.holds(
                            "the Service came back with its defaults, and is not there", look.seq())
                        : look.event().wereRead()
                            ? CheckAnswer.unknown(
                                "a Service of the name is there after its dry run", look.seq())
                            : Visit.unread(look))
        .orElseGet(Visit::notLooked);
  }

  static CheckAnswer jobFields(Visit visit) {
    Optional<Recorded<DryRunAnswered>> trial = visit.documented("job-fields");
    if (trial.isEmpty()) {
      return Visit.notLooked();
    }
    DryRunAnswered answer = trial.get().event();
    return switch (Admission.of(answer)) {
      case TAKEN -> {
        List<String> dropped =
            answer.differences().stream()
                .filter(each -> !each.sent().isEmpty() && each.returned().isEmpty())
                .map(Difference::path)
                .map(path -> path.replaceFirst("^spec\\.", ""))
                .toList();
        yield dropped.isEmpty()
            ? CheckAnswer.holds("it keeps all of them", trial.get().seq())
            : CheckAnswer.fails(
                FindingCode.FIELD_DROPPED,
                "it drops " + String.join(", ", dropped),
                trial.get().seq());
      }
      case NAMESPACE_UNUSABLE, EXISTS -> CheckAnswer.blockedBy(ClusterChecks.NAMESPACE);
      case NO_KIND -> CheckAnswer.blockedBy(ClusterChecks.KINDS);
      case NO_DRY_RUN -> CheckAnswer.blockedBy(ClusterChecks.DRY_RUN);
      case DENIED, WEBHOOK_AWAY ->
          visit.taken("job").isEmpty()
              ? CheckAnswer.blockedBy("admission.objects")
              : CheckAnswer.unknown(
                  "a Job with all fields is refused: " + answer.message(), trial.get().seq());
      default -> Visit.untried(trial.get());
    };
  }

  private static Map<String, List<String>> needed() {
    Map<String, List<String>> needed = new LinkedHashMap<>();
    needed.put("v1", List.of("pods", "services"));
    needed.put("apps/v1", List.of("statefulsets"));
    needed.put("batch/v1", List.of("jobs"));
    return needed;
  }
}
