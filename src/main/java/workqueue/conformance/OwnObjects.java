package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import workqueue.cluster.Anchor;
import workqueue.cluster.ApiJson;
import workqueue.cluster.ApiPath;
import workqueue.cluster.Belongings;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.PodHealth;
import workqueue.cluster.Right;
import workqueue.cluster.RunLock;
import workqueue.history.ApiEvent.ObjectDeleted;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.observer.LabelledLook;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/**
 * What a run makes in a namespace, and what it sees of that: all of it belongs to the run's anchor,
 * carries its label, and is removed by its uid. What is done and seen is recorded.
 */
final class OwnObjects {
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration GONE = Duration.ofSeconds(90);
  private static final int NO_PULLS = 15;
  static final Right EVENTS = new Right("list", "", "events", "", "");
  private static final List<String> ENDED = List.of("Succeeded", "Failed");

  private final Guest guest;
  private final Recorder recorder;
  private final Rights rights;
  private final String namespace;
  private final Parts parts;
  private final Patience patience;
  private final Belongings made;
  private final LabelledLook look;
  private final Streams streams;
  private String anchor = "";
  private int pullsFailed;

  OwnObjects(Reading reading, String namespace, Parts parts, Patience patience, Belongings made) {
    this.guest = reading.guest();
    this.recorder = reading.recorder();
    this.rights = reading.rights();
    this.namespace = namespace;
    this.parts = parts;
    this.patience = patience;
    this.made = made;
    this.look =
        new LabelledLook(guest.client(), namespace, Map.of(RunLock.LABEL, parts.run()), recorder);
    this.streams = new Streams(guest.client(), recorder, reading.rights(), namespace, patience);
  }

  /**
   * Makes what all the rest belongs to.
   *
   * @throws workqueue.EnvironmentTrouble if the namespace is being checked already
   */
  void makeAnchor() {
    anchor = Anchor.made(guest, namespace, parts.run(), make(parts.anchor()));
    if (!made.has(anchor)) {
      made.add(Anchor.path(namespace), anchor);
    }
  }

  /** What there is of it, as it was seen last. */
  LabelledLook look() {
    return look;
  }

  Patience patience() {
    return patience;
  }

  /** The ways into its pods. */
  Streams streams() {
    return streams;
  }

  /** Makes an object, or records why that was refused. */
  Answer make(JsonNode object) {
    ObjectNode owned = object.deepCopy();
    if (!anchor.isEmpty()) {
      owned
          .withObject("/metadata")
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "v1")
          .put("kind", "ConfigMap")
          .put("name", Anchor.NAME)
          .put("uid", anchor)
          .put("blockOwnerDeletion", false);
    }
    String path =
        ApiPath.of(owned.path("apiVersion").asText(), owned.path("kind").asText(), namespace);
    Answer answer = guest.post(path, owned.toString());
    JsonNode returned = answer.json();
    String name = owned.at("/metadata/name").asText();
    String uid = answer.isGood() ? returned.at("/metadata/uid").asText() : "";
    if (!uid.isEmpty()) {
      made.add(path + "/" + name, uid);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    String clusterIp = returned.at("/spec/clusterIP").asText();
    if (!clusterIp.isEmpty()) {
      facts.put("spec", Map.of("clusterIP", clusterIp));
    }
    recorder.record(
        Source.API,
        new ObjectMade(
            owned.path("kind").asText(),
            name,
            uid,
            answer.code().orElse(null),
            answer.isGood() ? "" : answer.said(),
            facts));
    return answer;
  }

  /**
   * Deletes a pod that came of something that was made.
   *
   * @param grace that it is given
   */
  void delete(Pod pod, Duration grace) {
    String name = pod.getMetadata().getName();
    String uid = pod.getMetadata().getUid();
    made.adopt(name, uid);
    Answer answer =
        guest.delete(ApiPath.of("v1", "Pod", namespace) + "/" + name, uid, Optional.of(grace));
    recorder.record(
        Source.API,
        new ObjectDeleted(
            "Pod", name, uid, answer.code().orElse(null), answer.isGood() ? "" : answer.said()));
  }

  /** Waits until the pod of this name is Ready and has an address. */
  Pod awaitReady(String what, String name, Duration limit) {
    return patience.await(
        what,
        limit,
        BETWEEN_LOOKS,
        () -> seen(name, pod -> PodHealth.isReady(pod) && pod.getStatus().getPodIP() != null));
  }

  /** Has a probe look round until it ends, and records what it found. */
  void probe(JsonNode pod, Duration limit) {
    if (!make(pod).isGood()) {
      return;
    }
    String name = pod.at("/metadata/name").asText();
    Pod ended =
        patience.await(
            "the probe " + name + " to end",
            limit,
            BETWEEN_LOOKS,
            () -> {
              Sight<Pod> sight = seen(name, each -> ENDED.contains(each.getStatus().getPhase()));
              return sight instanceof Sight.NotYet
                  ? brokerFails().<Sight<Pod>>map(Sight::hopeless).orElse(sight)
                  : sight;
            });
    ended.getStatus().getContainerStatuses().stream()
        .map(each -> each.getState().getTerminated())
        .filter(each -> each != null && each.getMessage() != null)
        .map(each -> each.getMessage())
        .findFirst()
        .ifPresent(message -> message.lines().forEach(line -> fact(name, line)));
  }

  /** Whoever looks for a broker that ends again and again looks in vain. */
  private Optional<String> brokerFails() {
    return look.pod(parts.brokerPod()).flatMap(PodHealth::failsAgainAndAgain);
  }

  /** The same, of which nothing stays: another probe may have its name, and its place. */
  void passingProbe(JsonNode pod, Duration limit) {
    probe(pod, limit);
    forget(pod);
  }

  /** Removes a probe, which may have ended or not. */
  void forget(JsonNode pod) {
    remove(each -> each.endsWith("/" + pod.at("/metadata/name").asText()));
  }

  /** The nodes as they were read beforehand; none if they may not be. */
  List<Map<String, Object>> nodes() {
    return recorder
        .history(Session.HEADER)
        .last(ObjectsRead.class, each -> each.kind().equals("Node"))
        .map(each -> each.event().objects())
        .orElseGet(List::of);
  }

  /** A pod's address; empty if it has none. */
  String addressOf(String pod) {
    return look.pod(pod).map(each -> each.getStatus().getPodIP()).orElse("");
  }

  /** The node that a pod is on; empty if it is on none. */
  String nodeOf(String pod) {
    look.look();
    return look.pod(pod).map(each -> each.getSpec().getNodeName()).orElse("");
  }

  /** Waits until a pod is no longer there. */
  void awaitGone(Pod pod, Duration limit) {
    String name = pod.getMetadata().getName();
    patience.await(
        "pod " + name + " to be gone",
        limit,
        BETWEEN_LOOKS,
        () -> {
          look.look();
          return Sight.when(look.pod(name).isEmpty(), "it is there");
        });
  }

  /** Waits until the Job has ended. */
  void awaitJobEnd(Duration limit) {
    awaitJob("the Job to end", limit, OwnObjects::hasEnded);
  }

  /** Waits for something of the Job; that it ends otherwise, or is gone, ends the wait as well. */
  void awaitJob(String what, Duration limit, Predicate<Job> wanted) {
    AtomicBoolean seen = new AtomicBoolean();
    patience.await(
        what,
        limit,
        BETWEEN_LOOKS,
        () -> {
          look.look();
          Optional<Job> job = look.job(parts.jobName());
          if (job.isEmpty()) {
            return seen.get()
                ? Sight.<Boolean>hopeless("the Job is gone")
                : Sight.<Boolean>notYet("no Job");
          }
          seen.set(true);
          lookWhyThereIsNoPod(job.get());
          if (wanted.test(job.get())) {
            return Sight.found(true);
          }
          return hasEnded(job.get())
              ? Sight.<Boolean>hopeless("the Job has ended")
              : Sight.<Boolean>notYet("it goes on");
        });
  }

  /** Of pods that are not made nothing but events tells. */
  private void lookWhyThereIsNoPod(Job job) {
    String uid = job.getMetadata().getUid();
    boolean hasPods =
        look.pods().stream()
            .flatMap(each -> each.getMetadata().getOwnerReferences().stream())
            .anyMatch(each -> each.getUid().equals(uid));
    if (!hasPods && rights.has(EVENTS, false)) {
      look.lookAtEvents(parts.jobName());
    }
  }

  static boolean hasEnded(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                each ->
                    List.of("Complete", "Failed").contains(each.getType())
                        && each.getStatus().equals("True"));
  }

  /** Looks on for a while. */
  void watch(Duration time) {
    try {
      patience.await(
          "nothing, but looking on",
          time,
          BETWEEN_LOOKS,
          () -> {
            look.look();
            return Sight.<Boolean>notYet("it is looked on");
          });
    } catch (WaitedInVain over) {
      // That is what was wanted.
    }
  }

  /** Removes Jobs and probes, and waits until they are gone; the broker and its Service stay. */
  void clear() {
    remove(each -> each.contains("/jobs/") || each.contains("/pods/"));
  }

  private void remove(Predicate<String> which) {
    patience.await(
        "what was made for this to be gone",
        GONE,
        BETWEEN_LOOKS,
        () -> {
          List<String> left = made.remove(guest, which);
          look.look();
          List<String> pods =
              look.pods().stream()
                  .filter(each -> isOf(each, which))
                  .map(each -> each.getMetadata().getName())
                  .toList();
          return Sight.when(left.isEmpty() && pods.isEmpty(), left + " " + pods);
        });
  }

  /** A Job's pods go with it. */
  private boolean isOf(Pod pod, Predicate<String> which) {
    return Stream.concat(
            Stream.of(ApiPath.of("v1", "Pod", namespace) + "/" + pod.getMetadata().getName()),
            pod.getMetadata().getOwnerReferences().stream()
                .filter(each -> each.getKind().equals("Job"))
                .map(each -> ApiPath.of("batch/v1", "Job", namespace) + "/" + each.getName()))
        .anyMatch(each -> !each.endsWith("/" + parts.brokerPod()) && which.test(each));
  }

  private Sight<Pod> seen(String name, Predicate<Pod> wanted) {
    look.look();
    return look.pod(name)
        .map(
            pod ->
                wanted.test(pod)
                    ? Sight.found(pod)
                    : hopeless(pod).orElseGet(() -> Sight.notYet(PodHealth.describe(pod))))
        .orElseGet(() -> Sight.notYet("no pod"));
  }

  /** An image that cannot be pulled may yet be, for a while. */
  private Optional<Sight<Pod>> hopeless(Pod pod) {
    boolean backsOff =
        pod.getStatus().getContainerStatuses().stream()
            .map(ContainerStatus::getState)
            .anyMatch(
                each ->
                    each.getWaiting() != null
                        && String.valueOf(each.getWaiting().getReason()).contains("Pull"));
    pullsFailed = backsOff ? pullsFailed + 1 : 0;
    return PodHealth.hopeless(pod, pullsFailed > NO_PULLS ? 2 : 0).map(Sight::hopeless);
  }

  private void fact(String pod, String line) {
    JsonNode fact = ApiJson.read(line);
    try {
      recorder.record(
          Source.PROBES,
          new Probe(
              Try.valueOf(fact.path("try").asText()),
              fact.path("target").asText(),
              pod,
              Outcome.valueOf(fact.path("outcome").asText()),
              fact.path("detail").asText()));
    } catch (IllegalArgumentException other) {
      // Something else than a fact, as of an image that prints to its termination message.
    }
  }
}
