package workqueue.checker.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.ImageNotPullable;
import workqueue.checker.diagnosis.ServiceVariable;
import workqueue.history.ApiEvent.CleanedUp;
import workqueue.history.ApiEvent.InventoryTaken;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.ApiEvent.ProofStopped;
import workqueue.history.ClusterEvent;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.PodRef;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/** The checks that one broker and one Job prove. */
final class ProofChecks {
  private static final Pattern NAMED_ITEM = Pattern.compile("Processing (?<item>.*)");
  private static final String SCOUT = "wq-scout";
  private static final double SOON_SECONDS = 5;
  private static final String PULLABLE = "images.pullable";
  static final String TO_POD = "network.to-pod";
  static final String BROKER_STARTS = "broker.starts";
  static final String BROKER_ANSWERS = "broker.answers";
  private static final String TO_SERVICE = "network.to-service";
  private static final String LOGS = "access.logs";

  /** Where one of them fails, what is sent to the broker arrives by chance. */
  static final List<String> WAYS = List.of(BROKER_STARTS, "network.endpoints", TO_SERVICE);

  private static final String PLATFORM = "images.platform";
  private static final String CONTROLLER = "job.controller-acts";
  private static final String COMPLETES = "job.completes";

  /** Without these no probe comes back with anything. */
  static final String[] PROBED = {PULLABLE, BROKER_STARTS, PLATFORM};

  private ProofChecks() {}

  /** The check that kept the proof from being made, or is yet to. */
  private static Optional<CheckAnswer> stopped(Visit visit) {
    return visit
        .history()
        .last(ProofStopped.class)
        .map(each -> CheckAnswer.blockedBy(each.event().check()));
  }

  /**
   * What is seen of a check.
   *
   * @param before checks without which there is nothing to be seen of it
   */
  static CheckAnswer of(
      Visit visit, Function<Visit, Optional<CheckAnswer>> seen, String... before) {
    return seen.apply(visit)
        .or(() -> stopped(visit))
        .or(
            () ->
                Stream.of(before)
                    .filter(each -> outcome(visit, each) != CheckAnswer.Outcome.HOLDS)
                    .findFirst()
                    .map(CheckAnswer::blockedBy))
        .orElseGet(Visit::notLooked);
  }

  /** What another check that fails makes of this one is no news. */
  static CheckAnswer unlessFails(
      Visit visit, List<String> others, Function<Visit, CheckAnswer> judge) {
    return others.stream()
        .filter(each -> outcome(visit, each) == CheckAnswer.Outcome.FAILS)
        .findFirst()
        .map(CheckAnswer::blockedBy)
        .orElseGet(() -> judge.apply(visit));
  }

  private static CheckAnswer.Outcome outcome(Visit visit, String check) {
    return ClusterChecks.answer(check, visit.history()).outcome();
  }

  static Optional<Recorded<ObjectMade>> made(Visit visit, String kind) {
    return visit.history().last(ObjectMade.class, each -> each.kind().equals(kind));
  }

  static Optional<Recorded<Probe>> probe(Visit visit, Try tried) {
    return visit.history().all(Probe.class, each -> each.tried() == tried).stream().findFirst();
  }

  private static Optional<Recorded<PodState>> brokerPod(Visit visit) {
    return visit.history().last(PodState.class, ProofChecks::isBroker);
  }

  /** The addresses that the broker's pod has had. */
  static Set<String> brokerAddresses(Visit visit) {
    return visit.history().all(PodState.class, ProofChecks::isBroker).stream()
        .map(each -> each.event().address())
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toSet());
  }

  private static boolean isBroker(PodState pod) {
    return pod.jobUid().isEmpty() && !pod.pod().name().startsWith(SCOUT);
  }

  static CheckAnswer pullable(Visit visit) {
    return of(
        visit,
        any -> {
          List<Recorded<ContainerState>> states = visit.history().all(ContainerState.class);
          Optional<Recorded<ContainerState>> stuck =
              states.stream()
                  .filter(each -> each.event().state() == Running.WAITING)
                  .filter(each -> ImageNotPullable.isWhy(each.event().reason()))
                  .filter(each -> !ranLater(states, each))
                  .reduce((first, second) -> second);
          if (stuck.isPresent()) {
            ContainerState state = stuck.get().event();
            return Optional.of(
                CheckAnswer.fails(
                        FindingCode.IMAGE_NOT_PULLABLE,
                        "pod "
                            + state.pod().name()
                            + ": "
                            + state.reason()
                            + ": "
                            + state.message(),
                        stuck.get().seq())
                    .remedy(
                        "kubectl describe pod -n "
                            + state.pod().namespace()
                            + " "
                            + state.pod().name()));
          }
          List<String> ran =
              states.stream()
                  .filter(each -> each.event().state() != Running.WAITING)
                  .map(each -> each.event().pod().name())
                  .distinct()
                  .toList();
          return ran.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  CheckAnswer.holds("on the nodes that ran " + Counted.of(ran.size(), "pod")));
        });
  }

  /** That it ran shows that it can; that it did not may have other reasons than this one. */
  static CheckAnswer ofItsPlatform(Visit visit) {
    return of(
        visit,
        any ->
            foreignProgram(visit)
                .or(
                    () ->
                        visit.history().all(Probe.class).isEmpty()
                            ? Optional.empty()
                            : Optional.of(CheckAnswer.holds("broker and probe ran"))),
        PULLABLE,
        BROKER_STARTS);
  }

  private static Optional<CheckAnswer> foreignProgram(Visit visit) {
    return visit.history().all(ContainerState.class).stream()
        .filter(each -> ofAnotherPlatform(each.event().message()))
        .findFirst()
        .map(each -> wrongPlatform(each.event().pod(), each.event().message(), each.seq()))
        .or(
            () ->
                visit.history().all(LogLine.class).stream()
                    .filter(each -> ofAnotherPlatform(each.event().text()))
                    .findFirst()
                    .map(
                        each ->
                            wrongPlatform(each.event().pod(), each.event().text(), each.seq())));
  }

  private static boolean ofAnotherPlatform(String text) {
    return text != null && text.contains("exec format error");
  }

  private static CheckAnswer wrongPlatform(PodRef pod, String said, long seq) {
    return CheckAnswer.fails(
            FindingCode.IMAGE_WRONG_PLATFORM, "pod " + pod.name() + ": " + said, seq)
        .remedy("docker buildx build --platform linux/amd64,linux/arm64 …");
  }

  private static boolean ranLater(
      List<Recorded<ContainerState>> states, Recorded<ContainerState> stuck) {
    return states.stream()
        .filter(each -> each.seq() > stuck.seq())
        .filter(each -> each.event().pod().equals(stuck.event().pod()))
        .anyMatch(each -> each.event().state() != Running.WAITING);
  }

  static CheckAnswer brokerStarts(Visit visit) {
    return of(
        visit,
        any ->
            brokerPod(visit)
                .map(
                    each ->
                        each.event().ready() && !keepsEnding(visit, each)
                            ? CheckAnswer.holds(
                                "pod "
                                    + each.event().pod().name()
                                    + " is Ready on node "
                                    + each.event().node(),
                                each.seq())
                            : whyNotReady(visit, each))
                .or(
                    () ->
                        made(visit, "StatefulSet")
                            .filter(each -> each.event().wasMade())
                            .filter(each -> visit.history().last(CleanedUp.class).isPresent())
                            .map(
                                each ->
                                    CheckAnswer.fails(
                                        FindingCode.CONTROLLER_INACTIVE,
                                        "StatefulSet rabbitmq is there, and nobody makes its pod",
                                        each.seq()))));
  }

  /** Between its ends a broker that cannot stay is Ready, as nothing but its process is asked. */
  private static boolean keepsEnding(Visit visit, Recorded<PodState> pod) {
    boolean ended =
        visit
            .history()
            .last(
                ContainerState.class,
                each ->
                    each.pod().equals(pod.event().pod())
                        && (each.restartCount() > 0 || each.state() == Running.TERMINATED))
            .isPresent();
    boolean answered =
        probe(visit, Try.LOG_IN)
            .filter(each -> List.of(Outcome.OK, Outcome.DENIED).contains(each.event().outcome()))
            .isPresent();
    return ended && !answered;
  }

  private static CheckAnswer whyNotReady(Visit visit, Recorded<PodState> pod) {
    PodState state = pod.event();
    Optional<Recorded<ContainerState>> container =
        visit.history().last(ContainerState.class, each -> each.pod().equals(state.pod()));
    if (state.node().isEmpty()) {
      return CheckAnswer.fails(
          FindingCode.UNSCHEDULABLE,
          "no node takes pod "
              + state.pod().name()
              + state.condition("PodScheduled").map(each -> ": " + each.message()).orElse(""),
          pod.seq());
    }
    String why = container.map(each -> each.event().reason()).orElse("");
    if (ImageNotPullable.isWhy(why)) {
      return CheckAnswer.blockedBy(PULLABLE);
    }
    if (foreignProgram(visit).isPresent()) {
      return CheckAnswer.blockedBy(PLATFORM);
    }
    boolean oom =
        container
            .map(each -> each.event().last())
            .map(last -> last.reason().equals("OOMKilled"))
            .orElse(false);
    return CheckAnswer.fails(
            oom ? FindingCode.OUT_OF_MEMORY : FindingCode.CRASH_LOOP,
            "pod "
                + state.pod().name()
                + " is "
                + state.phase()
                + (why.isEmpty() ? "" : ", " + why)
                + container
                    .filter(each -> each.event().restartCount() > 0)
                    .map(each -> ", " + Counted.of(each.event().restartCount(), "restart"))
                    .orElse("")
                + misread(visit, state.pod()),
            pod.seq())
        .remedy(
            "kubectl logs -n %s %s --previous"
                .formatted(state.pod().namespace(), state.pod().name()));
  }

  /** RabbitMQ reads RABBITMQ_NODE_PORT, which a Service rabbitmq-node sets. */
  private static String misread(Visit visit, PodRef pod) {
    List<String> printed =
        visit.history().all(LogLine.class, each -> each.pod().equals(pod)).stream()
            .map(each -> each.event().text())
            .toList();
    return ServiceVariable.printed(printed)
        .map(line -> "; it prints: " + line + ServiceVariable.hint(printed))
        .orElse("");
  }

  static CheckAnswer brokerAnswers(Visit visit) {
    return unlessFails(
        visit,
        WAYS,
        reached ->
            of(
                reached,
                any -> login(reached).or(() -> NetworkChecks.toPodRefused(reached)),
                TO_POD,
                TO_SERVICE));
  }

  private static Optional<CheckAnswer> login(Visit visit) {
    return probe(visit, Try.LOG_IN)
        .map(
            each ->
                switch (each.event().outcome()) {
                  case OK, DENIED -> CheckAnswer.holds(each.event().detail(), each.seq());
                  case NOT_TRIED -> notTheWorkersImage(each);
                  default ->
                      CheckAnswer.fails(
                          FindingCode.BROKER_UNREACHABLE, each.event().detail(), each.seq());
                });
  }

  private static CheckAnswer notTheWorkersImage(Recorded<Probe> login) {
    return CheckAnswer.unknown(
            "the image of wq.worker.image is no worker of the documentation: "
                + login.event().detail(),
            login.seq())
        .remedy("wq.worker.image=<an image that is built from fixtures/worker>");
  }

  static CheckAnswer roundTrip(Visit visit) {
    return unlessFails(visit, WAYS, ProofChecks::cameBack);
  }

  private static CheckAnswer cameBack(Visit visit) {
    return of(
        visit,
        any ->
            probe(visit, Try.LOG_IN)
                .filter(each -> each.event().outcome() == Outcome.DENIED)
                .map(
                    each ->
                        CheckAnswer.fails(
                            FindingCode.BROKER_REFUSED_LOGIN, each.event().detail(), each.seq()))
                .or(
                    () ->
                        probe(visit, Try.ROUND_TRIP)
                            .map(
                                each ->
                                    each.event().outcome() == Outcome.OK
                                        ? CheckAnswer.holds(
                                            "Hello went into queue foo and came back", each.seq())
                                        : CheckAnswer.fails(
                                            FindingCode.LOST_ITEMS,
                                            each.event().detail(),
                                            each.seq()))),
        BROKER_ANSWERS);
  }

  static Optional<Recorded<JobState>> job(Visit visit) {
    return visit.history().last(JobState.class);
  }

  static CheckAnswer controllerActs(Visit visit) {
    return of(
        visit,
        any ->
            job(visit)
                .map(
                    each ->
                        each.event().startedAt() != null
                            ? CheckAnswer.holds("it took the Job up", each.seq())
                            : CheckAnswer.fails(
                                FindingCode.CONTROLLER_INACTIVE,
                                "Job job-wq-1 is there, and nobody takes it up",
                                each.seq())),
        "broker.round-trip");
  }

  static CheckAnswer completes(Visit visit) {
    return of(
        visit,
        any ->
            job(visit)
                .filter(each -> each.event().startedAt() != null)
                .map(
                    each -> {
                      JobState state = each.event();
                      if (state.complete() && state.succeeded() == wanted(state)) {
                        return CheckAnswer.holds(
                            state.succeeded() + " succeeded, " + state.failed() + " failed",
                            each.seq());
                      }
                      return incomplete(visit, each);
                    }),
        CONTROLLER);
  }

  /** A Job that did not complete, by what its record gives as the cause. */
  static CheckAnswer incomplete(Visit visit, Recorded<JobState> job) {
    JobState state = job.event();
    Optional<Finding> cause =
        Diagnosis.of(visit.history()).findings().stream()
            .filter(finding -> finding.role() == Finding.Role.ROOT)
            .filter(finding -> !finding.code().isHarmless())
            .findFirst();
    return CheckAnswer.fails(
        cause.map(Finding::code).orElse(FindingCode.STILL_WORKING),
        "%d of %d succeeded, %d active, %d failed%s"
            .formatted(
                state.succeeded(),
                wanted(state),
                state.active(),
                state.failed(),
                cause.map(finding -> ": " + finding.message()).orElse("")),
        job.seq());
  }

  static int wanted(JobState state) {
    return state.spec().completions() == null ? 1 : state.spec().completions();
  }

  static CheckAnswer parallelismKept(Visit visit) {
    return of(
        visit,
        any ->
            job(visit)
                .filter(each -> each.event().startedAt() != null)
                .map(
                    each -> {
                      Conclusion kept = Claims.runsAtMost(2).judge(visit.history());
                      String said = kept.explanation().replaceAll("\\s+", " ");
                      return switch (kept.verdict()) {
                        case VALID -> CheckAnswer.holds("never more than 2 at once", each.seq());
                        case INVALID ->
                            CheckAnswer.fails(FindingCode.SPEC_CHANGED, said, each.seq());
                        case UNKNOWN -> CheckAnswer.unknown(said, each.seq());
                      };
                    }),
        CONTROLLER);
  }

  /** By the names that the workers print, and by what is left in the queue in the end. */
  static CheckAnswer eachItemOnce(Visit visit) {
    // What is left of a Job that did not complete is no news.
    return unlessFails(
        visit,
        List.of(CONTROLLER, COMPLETES),
        whole ->
            of(whole, any -> items(whole).map(each -> unlessCollected(whole, each)), COMPLETES));
  }

  /** Of pods that are gone there are no logs to look for items in. */
  private static CheckAnswer unlessCollected(Visit visit, CheckAnswer items) {
    boolean notNamed =
        items.outcome() == CheckAnswer.Outcome.UNKNOWN
            || items.code().equals(Optional.of(FindingCode.LOST_ITEMS));
    return notNamed && !collected(visit).isEmpty()
        ? CheckAnswer.blockedBy("job.finished-pods-kept")
        : items;
  }

  static Optional<CheckAnswer> items(Visit visit) {
    Optional<Recorded<Probe>> filled =
        probe(visit, Try.FILL).filter(each -> each.event().outcome() == Outcome.OK);
    Optional<Recorded<Probe>> drained = probe(visit, Try.DRAIN);
    if (filled.isEmpty() || drained.isEmpty()) {
      return Optional.empty();
    }
    if (drained.get().event().outcome() != Outcome.OK) {
      return Optional.of(
          CheckAnswer.unknown(
              "what is left in the queue is not known: " + drained.get().event().detail()));
    }
    List<String> published = List.of(filled.get().event().detail().split(",", -1));
    List<String> left =
        Stream.of(drained.get().event().detail().split(",", -1))
            .filter(each -> !each.isEmpty())
            .toList();
    List<String> named =
        visit.history().all(LogLine.class).stream()
            .filter(each -> !each.event().pod().name().startsWith(SCOUT))
            .map(each -> NAMED_ITEM.matcher(each.event().text()))
            .filter(Matcher::matches)
            .map(each -> each.group("item"))
            .toList();
    if (!left.isEmpty()) {
      return Optional.of(
          CheckAnswer.fails(
              named.size() + left.size() > published.size()
                  ? FindingCode.DUPLICATED_ITEMS
                  : FindingCode.LEFTOVER_ITEMS,
              "the queue is left with " + String.join(", ", left),
              drained.get().seq()));
    }
    if (!visit.history().gaps(Source.LOGS).isEmpty() || named.isEmpty()) {
      return Optional.of(
          unlessFails(
              visit,
              List.of(LOGS),
              any ->
                  CheckAnswer.unknown(
                      "the workers' logs do not name what each of them processed")));
    }
    List<String> missing = published.stream().filter(each -> !named.contains(each)).toList();
    List<String> twice =
        named.stream().filter(each -> Collections.frequency(named, each) > 1).distinct().toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          CheckAnswer.fails(
              FindingCode.LOST_ITEMS, "nobody processed " + String.join(", ", missing)));
    }
    return Optional.of(
        twice.isEmpty()
            ? CheckAnswer.holds(
                published.size() + " items, each processed once, and none is left",
                drained.get().seq())
            : CheckAnswer.fails(
                FindingCode.DUPLICATED_ITEMS,
                "processed more than once: " + String.join(", ", twice)));
  }

  static CheckAnswer finishedPodsKept(Visit visit) {
    return of(
        visit,
        any -> {
          Optional<Recorded<JobState>> job = job(visit).filter(each -> each.event().complete());
          Optional<Recorded<FinalStateTaken>> end = visit.history().finalState();
          if (job.isEmpty() || end.isEmpty()) {
            return Optional.empty();
          }
          List<String> gone = collected(visit);
          return Optional.of(
              gone.isEmpty()
                  ? CheckAnswer.holds(job.get().event().succeeded() + " are kept", end.get().seq())
                  : CheckAnswer.fails(
                      FindingCode.PODS_COLLECTED,
                      "somebody removed " + String.join(", ", gone),
                      end.get().seq()));
        },
        COMPLETES);
  }

  /** The workers' pods that were gone before anybody removed the Job. */
  private static List<String> collected(Visit visit) {
    long end = visit.history().finalState().map(Recorded::seq).orElse(Long.MAX_VALUE);
    return visit.history().all(PodGone.class).stream()
        .filter(each -> each.seq() < end)
        .map(each -> each.event().pod().name())
        .filter(each -> !each.startsWith(SCOUT))
        .toList();
  }

  /**
   * Which of its pods the events name, and not how many events there are: one may count for two.
   */
  static CheckAnswer events(Visit visit) {
    return of(visit, any -> visit.read("Event").map(each -> told(visit, each)), COMPLETES);
  }

  private static CheckAnswer told(Visit visit, Recorded<ObjectsRead> look) {
    if (!look.event().wereRead()) {
      return Visit.unread(look);
    }
    String uid = job(visit).map(each -> each.event().job().uid()).orElse("");
    List<String> made =
        visit.history().all(PodState.class, each -> each.jobUid().equals(uid)).stream()
            .map(each -> each.event().pod().name())
            .distinct()
            .toList();
    String told =
        look.event().objects().stream()
            .filter(each -> uid.equals(each.get("about")))
            .filter(each -> "SuccessfulCreate".equals(each.get("reason")))
            .map(each -> each.get("message") + "\n")
            .collect(Collectors.joining());
    List<String> untold = made.stream().filter(each -> !told.contains(each + "\n")).toList();
    return untold.isEmpty()
        ? CheckAnswer.holds("they tell of " + Counted.of(made.size(), "pod"), look.seq())
        : CheckAnswer.fails(
                FindingCode.EVENTS_ABSENT,
                "%d of %s are told of by no event"
                    .formatted(untold.size(), Counted.of(made.size(), "pod")),
                look.seq())
            .remedy("kubectl get events -n " + visit.guest().namespace());
  }

  /** By the clock of this machine, as those of API server and nodes have whole seconds only. */
  static CheckAnswer startsSoon(Visit visit) {
    return of(visit, any -> started(visit), COMPLETES);
  }

  private static Optional<CheckAnswer> started(Visit visit) {
    List<Double> seconds = new ArrayList<>();
    visit.history().all(PodState.class, each -> !each.jobUid().isEmpty()).stream()
        .collect(
            Collectors.toMap(
                each -> each.event().pod(),
                Recorded::at,
                (first, later) -> first,
                LinkedHashMap::new))
        .forEach(
            (pod, created) ->
                began(visit, pod)
                    .filter(began -> isSeen(visit, created, began))
                    .ifPresent(
                        began ->
                            seconds.add(Duration.between(created, began).toMillis() / 1000.0)));
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    Collections.sort(seconds);
    double median = seconds.get((seconds.size() - 1) / 2);
    String said =
        "%.1f s from creation to start in the median of %s, %.1f s at most"
            .formatted(median, Counted.of(seconds.size(), "pod"), seconds.get(seconds.size() - 1));
    long seq = job(visit).map(Recorded::seq).orElse(0L);
    return Optional.of(
        median > SOON_SECONDS
            ? CheckAnswer.fails(FindingCode.SLOW_START, said, seq)
            : CheckAnswer.holds(said, seq));
  }

  /** When a pod's worker was first seen to run, or must have begun if it was only seen to end. */
  private static Optional<Instant> began(Visit visit, PodRef pod) {
    return visit
        .history()
        .all(
            ContainerState.class,
            each -> each.pod().equals(pod) && each.kind() == ClusterEvent.Kind.ORDINARY)
        .stream()
        .filter(each -> each.event().state() != Running.WAITING)
        .findFirst()
        .map(
            each -> {
              ContainerState state = each.event();
              return state.startedAt() == null || state.finishedAt() == null
                  ? each.at()
                  : each.at().minus(Duration.between(state.startedAt(), state.finishedAt()));
            });
  }

  private static boolean isSeen(Visit visit, Instant from, Instant to) {
    return visit.history().gaps(Source.PODS).stream()
        .noneMatch(each -> each.event().from().isBefore(to) && each.event().to().isAfter(from));
  }

  static CheckAnswer logs(Visit visit) {
    return of(
        visit,
        any ->
            visit
                .history()
                .last(LogComplete.class, each -> each.pod().name().startsWith(SCOUT))
                .filter(each -> each.event().lines() > 0)
                .map(
                    each ->
                        CheckAnswer.holds(
                            each.event().lines() + " lines of " + each.event().pod().name(),
                            each.seq()))
                .or(
                    () ->
                        visit.history().gaps(Source.LOGS).stream()
                            .findFirst()
                            .map(
                                each ->
                                    CheckAnswer.fails(
                                        FindingCode.LOGS_UNREADABLE,
                                        each.event().why(),
                                        each.seq()))),
        PROBED);
  }

  /** Where logs cannot be read, the way to the nodes is what is wrong, and told there. */
  static CheckAnswer streams(Visit visit) {
    return of(visit, any -> entered(visit), COMPLETES);
  }

  private static Optional<CheckAnswer> entered(Visit visit) {
    List<Recorded<Probe>> ways =
        visit
            .history()
            .all(
                Probe.class,
                each -> each.tried() == Try.RUN_COMMAND || each.tried() == Try.FORWARD_PORT);
    Optional<Recorded<Probe>> closed =
        ways.stream()
            .filter(
                each -> !List.of(Outcome.OK, Outcome.NOT_TRIED).contains(each.event().outcome()))
            .findFirst();
    if (closed.isPresent()) {
      return Optional.of(
          outcome(visit, LOGS) == CheckAnswer.Outcome.FAILS
              ? CheckAnswer.blockedBy(LOGS)
              : CheckAnswer.fails(
                  FindingCode.STREAM_REFUSED, closed.get().event().detail(), closed.get().seq()));
    }
    return ways.stream()
        .filter(each -> each.event().outcome() == Outcome.NOT_TRIED)
        .findFirst()
        .map(ProofChecks::notEntered)
        .or(
            () ->
                ways.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        CheckAnswer.holds(
                            "a command ran in pod "
                                + ways.get(0).event().target()
                                + ", and its port 5672 answers")));
  }

  /** For want of a right. */
  static CheckAnswer notEntered(Recorded<Probe> attempt) {
    String why = attempt.event().detail();
    return CheckAnswer.unknown(why, attempt.seq()).lacking(List.of(Admission.missing(why)));
  }

  static CheckAnswer footprint(Visit visit) {
    return of(
        visit,
        any ->
            visit
                .history()
                .last(CleanedUp.class)
                .map(
                    each -> {
                      List<String> changed = changed(visit);
                      if (!each.event().left().isEmpty()) {
                        return CheckAnswer.fails(
                                FindingCode.FOOTPRINT_LEFT,
                                "still there after "
                                    + each.event().millis() / 1000
                                    + " s: "
                                    + String.join(", ", each.event().left()),
                                each.seq())
                            .remedy(
                                "kubectl get -o yaml -n "
                                    + visit.guest().namespace()
                                    + " "
                                    + each.event().left().get(0));
                      }
                      return CheckAnswer.holds(
                          "all is gone after %.1f s%s"
                              .formatted(
                                  each.event().millis() / 1000.0,
                                  changed.isEmpty()
                                      ? ""
                                      : "; meanwhile others changed " + String.join(", ", changed)),
                          each.seq());
                    }));
  }

  /** What is other than before: not the guest's doing, who changes nothing, and told. */
  private static List<String> changed(Visit visit) {
    List<String> changed = new ArrayList<>();
    Map<String, String> before = inventory(visit, "before");
    Map<String, String> after = inventory(visit, "after");
    before.forEach(
        (object, digest) -> {
          if (!digest.equals(after.get(object))) {
            changed.add(object);
          }
        });
    after.keySet().stream().filter(each -> !before.containsKey(each)).forEach(changed::add);
    return changed;
  }

  private static Map<String, String> inventory(Visit visit, String when) {
    return visit
        .history()
        .last(InventoryTaken.class, each -> each.when().equals(when))
        .map(each -> each.event().digests())
        .orElseGet(Map::of);
  }

  /** A node has taken the broker's pod. */
  static CheckAnswer scheduled(Visit visit) {
    return of(
        visit,
        any ->
            brokerPod(visit)
                .map(
                    each ->
                        each.event().node().isEmpty()
                            ? whyNotReady(visit, each)
                            : CheckAnswer.holds(
                                "node " + each.event().node() + " took the broker's pod",
                                each.seq())));
  }

  /** Whether what was inferred beforehand has come true: the Job that was proved by completed. */
  static boolean isProved(Visit visit) {
    return job(visit).map(each -> each.event().complete()).orElse(false);
  }
}
