package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.OUT_OF_MEMORY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.LimitsGiven;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.PodRef;
import workqueue.history.Recorded;

/** A container was killed for want of memory. */
final class OutOfMemory extends Cause {
  private static final String KILLED = "OOMKilled";
  private static final String MEMORY = "memory";

  OutOfMemory() {
    super(
        OUT_OF_MEMORY,
        Scope.POD,
        """
        The kernel killed a worker, or its start, because the container had used up its memory limit. A worker that reads a whole item into
        memory does so on the largest one only. A limit that the Job does not state was given by a LimitRange of its namespace, and is said to
        be so. The pod of a broker in the cluster is told of as well: then nobody answers at its address while it starts again.
        """,
        Remedy.by(Who.JOB, "raise the memory limit, or state one where a LimitRange gives it"),
        Remedy.by(Who.AUTHOR, "use less memory"),
        Remedy.by(Who.CLUSTER, "raise what the LimitRange gives"),
        Remedy.by(Who.BROKER, "raise the memory limit of the broker's pod"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return Stream.concat(
            others(seen.picture()).stream(),
            seen.picture().jobs().stream().flatMap(job -> of(seen, job).stream()))
        .toList();
  }

  /** Only a broker's end takes others with it. */
  @Override
  boolean mayCause(Suspicion one, FindingCode consequence, Picture picture) {
    boolean ofTheBroker =
        consequence == FindingCode.BROKER_UNREACHABLE
            || consequence == FindingCode.SERVICE_WITHOUT_ENDPOINTS;
    return !ofTheBroker || one.jobs(picture).isEmpty();
  }

  private static Optional<Suspicion> of(Examination seen, JobView job) {
    List<FailedRuns.Run> killed =
        seen.runs().all().stream()
            .filter(run -> run.job() == job && run.cause() == OUT_OF_MEMORY)
            .toList();
    if (killed.isEmpty()) {
      return Optional.empty();
    }
    Optional<Recorded<LimitsGiven>> given =
        killed.stream().flatMap(run -> given(seen.picture(), run.attempt().pod.ref)).findFirst();
    List<Long> proof = new ArrayList<>();
    killed.forEach(run -> proof.addAll(run.proof()));
    given.ifPresent(each -> proof.add(each.seq()));
    return Optional.of(
        Suspicion.of(
                OUT_OF_MEMORY,
                Counted.of(killed.size(), "run")
                    + " of "
                    + job
                    + (killed.size() == 1 ? " was" : " were")
                    + " killed for want of memory"
                    + given.map(each -> words(each.event())).orElse(""))
            .pods(killed.stream().map(run -> run.attempt().pod.ref.name()).toList())
            .proof(proof)
            .remedy(
                given
                    .map(each -> ranges(job.ref.namespace()))
                    .orElse(
                        Remedies.field(job.ref, "{.spec.template.spec.containers[*].resources}"))));
  }

  /** Pods of no Job, such as that of a broker in the cluster. */
  private static List<Suspicion> others(Picture picture) {
    Map<PodRef, List<Long>> killed = new LinkedHashMap<>();
    for (Recorded<ContainerState> each : picture.history.all(ContainerState.class)) {
      boolean now = each.event().reason().equals(KILLED);
      boolean before = each.event().last() != null && each.event().last().reason().equals(KILLED);
      if ((now || before) && isOfNoJob(picture, each.event().pod())) {
        killed.computeIfAbsent(each.event().pod(), any -> new ArrayList<>()).add(each.seq());
      }
    }
    return killed.entrySet().stream()
        .map(
            each -> {
              Optional<Recorded<LimitsGiven>> given = given(picture, each.getKey()).findFirst();
              given.ifPresent(limits -> each.getValue().add(limits.seq()));
              return Suspicion.of(
                      OUT_OF_MEMORY,
                      "pod %s, which is none of a Job, was killed for want of memory"
                              .formatted(each.getKey().name())
                          + given.map(limits -> words(limits.event())).orElse(""))
                  .proof(each.getValue())
                  .remedy(
                      given
                          .map(limits -> ranges(each.getKey().namespace()))
                          .orElse(
                              "kubectl get pod %s -n %s -o jsonpath='{.spec.containers[*].resources}'"
                                  .formatted(each.getKey().name(), each.getKey().namespace())));
            })
        .toList();
  }

  private static boolean isOfNoJob(Picture picture, PodRef pod) {
    return picture
        .history
        .last(PodState.class, each -> each.pod().equals(pod))
        .map(each -> each.event().jobUid().isEmpty())
        .orElse(false);
  }

  private static Stream<Recorded<LimitsGiven>> given(Picture picture, PodRef pod) {
    return picture
        .history
        .all(LimitsGiven.class, each -> each.pod().equals(pod) && each.limits().containsKey(MEMORY))
        .stream();
  }

  private static String words(LimitsGiven given) {
    return ": the limit of %s was set by %s, not by its manifest"
        .formatted(
            given.limits().get(MEMORY),
            given.limitRange().isEmpty() ? "a LimitRange" : "LimitRange " + given.limitRange());
  }

  private static String ranges(String namespace) {
    return "kubectl get limitrange -n " + namespace + " -o yaml";
  }
}
