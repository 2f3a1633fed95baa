package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.ClusterChecks;
import workqueue.cluster.Anchor;
import workqueue.cluster.ApiJson;
import workqueue.cluster.ApiPath;
import workqueue.cluster.Belongings;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.PodHealth;
import workqueue.cluster.Right;
import workqueue.cluster.RunLock;
import workqueue.cluster.ServiceAddresses;
import workqueue.history.ApiEvent.CleanedUp;
import workqueue.history.ApiEvent.InventoryTaken;
import workqueue.history.ApiEvent.ObjectMade;
import workqueue.history.ApiEvent.ProofStopped;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.observer.LabelledLook;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/**
 * Proves that a cluster runs the pattern, with one broker and one Job, and records what it sees.
 *
 * <p>All that is made belongs to one ConfigMap, whose removal removes it, and whose name keeps a
 * second run away. Nothing of it is anybody else's, and it is removed by its uid.
 */
final class Quick {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BROKER = Duration.ofMinutes(5);
  private static final Duration SCOUT = Duration.ofMinutes(7);
  private static final Duration JOB = Duration.ofMinutes(4);
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final Duration GONE = Duration.ofSeconds(60);
  private static final Duration ENDPOINTS = Duration.ofSeconds(10);
  private static final int NO_PULLS = 15;

  /** Where one of these speaks against it, nothing is made. */
  private static final List<String> STOPPING =
      List.of(
          "access.rights",
          "api.kinds",
          "namespace.usable",
          "namespace.quota-demands",
          "namespace.quota-room",
          "namespace.limits-suffice",
          "admission.objects",
          "admission.pods");

  private final Guest guest;
  private final Recorder recorder;
  private final String namespace;
  private final Parts parts;
  private final Patience patience;
  private final LabelledLook look;
  private final Belongings made;
  private final Reading reading;
  private int pullsFailed;

  Quick(
      Guest guest,
      Recorder recorder,
      String namespace,
      Parts parts,
      Patience patience,
      Belongings made,
      Reading reading) {
    this.guest = guest;
    this.recorder = recorder;
    this.namespace = namespace;
    this.parts = parts;
    this.patience = patience;
    this.made = made;
    this.reading = reading;
    this.look =
        new LabelledLook(guest.client(), namespace, Map.of(RunLock.LABEL, parts.run()), recorder);
  }

  /**
   * Makes the proof, if nothing stands against it, and removes all of it again.
   *
   * @param soFar the record of the preflight
   * @throws EnvironmentTrouble if the namespace is being checked already
   */
  void prove(History soFar) {
    for (String check : STOPPING) {
      if (ClusterChecks.answer(check, soFar).outcome() != CheckAnswer.Outcome.HOLDS) {
        recorder.record(Source.HARNESS, new ProofStopped(check));
        return;
      }
    }
    inventory("before");
    String anchor = anchor();
    try {
      run(anchor);
    } catch (WaitedInVain inVain) {
      // What did not come is in the record, and judged by it.
      look.look();
    } finally {
      try {
        look.readLogs();
        recorder.record(Source.HARNESS, new FinalStateTaken("all listed again, logs read"));
      } finally {
        cleanUp();
      }
    }
  }

  private String anchor() {
    String uid = Anchor.made(guest, namespace, parts.run(), make(parts.anchor(), ""));
    if (!made.has(uid)) {
      made.add(Anchor.path(namespace), uid);
    }
    return uid;
  }

  private void run(String anchor) {
    Answer service = make(parts.service(), anchor);
    String clusterIp = service.json().at("/spec/clusterIP").asText();
    if (!service.isGood() || !make(parts.broker(), anchor).isGood()) {
      return;
    }
    Pod broker =
        patience.await(
            "the broker's pod to be Ready", BROKER, BETWEEN_LOOKS, () -> ready(parts.brokerPod()));
    endpoints();
    scout(parts.fillingScout(clusterIp, broker.getStatus().getPodIP()), anchor, SCOUT);
    boolean filled =
        recorder
            .history(Session.HEADER)
            .last(Probe.class, each -> each.tried() == Try.FILL && each.outcome() == Outcome.OK)
            .isPresent();
    if (!filled || !make(parts.job(), anchor).isGood()) {
      return;
    }
    try {
      patience.await("the Job to end", JOB, BETWEEN_LOOKS, this::jobEnded);
    } catch (WaitedInVain inVain) {
      look.look();
    }
    scout(parts.drainingScout(), anchor, DRAIN);
    readEvents();
  }

  private void readEvents() {
    Right right = new Right("list", "", "events", "", "");
    if (!reading.rights().has(right, false)) {
      reading.notAllowed("Event", parts.jobName(), right);
      return;
    }
    reading.list(
        "Event",
        parts.jobName(),
        ApiPath.of("v1", "Event", namespace)
            + "?limit=500&fieldSelector=involvedObject.name%3D"
            + parts.jobName(),
        right,
        Mapping::event);
  }

  private Answer make(JsonNode object, String anchor) {
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

  private Sight<Pod> ready(String name) {
    look.look();
    return look.pod(name)
        .map(
            pod ->
                PodHealth.isReady(pod) && pod.getStatus().getPodIP() != null
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

  /** That it leads nowhere is recorded as well, once it has had its time. */
  private void endpoints() {
    try {
      leadsTo(
          patience.await(
              "the Service to lead to the broker",
              ENDPOINTS,
              BETWEEN_LOOKS,
              () -> {
                List<String> addresses = addresses();
                return addresses.isEmpty()
                    ? Sight.<List<String>>notYet("it leads nowhere")
                    : Sight.found(addresses);
              }));
    } catch (WaitedInVain nowhere) {
      leadsTo(List.of());
      throw nowhere;
    }
  }

  private void leadsTo(List<String> ready) {
    recorder.record(
        Source.ENDPOINTS,
        new EndpointsState(namespace, parts.serviceName(), true, ready, List.of()));
  }

  private List<String> addresses() {
    return ServiceAddresses.readyOf(guest.client(), namespace, parts.serviceName());
  }

  private void scout(JsonNode pod, String anchor, Duration limit) {
    if (!make(pod, anchor).isGood()) {
      return;
    }
    String name = pod.at("/metadata/name").asText();
    Pod ended =
        patience.await("the probe " + name + " to end", limit, BETWEEN_LOOKS, () -> ended(name));
    String message =
        ended.getStatus().getContainerStatuses().stream()
            .map(each -> each.getState().getTerminated())
            .filter(each -> each != null && each.getMessage() != null)
            .map(each -> each.getMessage())
            .findFirst()
            .orElse("");
    message.lines().forEach(line -> fact(name, line));
  }

  private Sight<Pod> ended(String name) {
    look.look();
    return look.pod(name)
        .map(
            pod ->
                List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())
                    ? Sight.found(pod)
                    : hopeless(pod).orElseGet(() -> Sight.notYet(PodHealth.describe(pod))))
        .orElseGet(() -> Sight.notYet("no pod"));
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

  private Sight<Boolean> jobEnded() {
    look.look();
    return look.job(parts.jobName())
        .map(
            job ->
                job.getStatus() != null
                        && job.getStatus().getConditions().stream()
                            .anyMatch(
                                each ->
                                    List.of("Complete", "Failed").contains(each.getType())
                                        && each.getStatus().equals("True"))
                    ? Sight.found(true)
                    : Sight.<Boolean>notYet("it goes on"))
        .orElseGet(() -> Sight.notYet("no Job"));
  }

  private void cleanUp() {
    long start = System.nanoTime();
    AtomicReference<Optional<List<String>>> left = new AtomicReference<>(Optional.empty());
    try {
      patience.await("what was made to be gone", GONE, BETWEEN_LOOKS, () -> gone(left));
    } catch (WaitedInVain inVain) {
      // It is told what is left, as far as that could be listed.
    }
    long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
    left.get().ifPresent(seen -> recorder.record(Source.API, new CleanedUp(seen, took)));
    inventory("after");
  }

  private Sight<Boolean> gone(AtomicReference<Optional<List<String>>> left) {
    try {
      List<String> seen = new ArrayList<>(made.remove(guest));
      seen.addAll(Anchor.left(guest, namespace, parts.run()));
      left.set(Optional.of(seen));
      return seen.isEmpty() ? Sight.found(true) : Sight.notYet(seen.toString());
    } catch (EnvironmentTrouble unlisted) {
      left.set(Optional.empty());
      return Sight.notYet(unlisted.getMessage());
    }
  }

  private void inventory(String when) {
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, String> list : Anchor.lists(namespace).entrySet()) {
      for (JsonNode each : guest.get(list.getValue() + "?limit=500").json().path("items")) {
        if (!each.at("/metadata/labels/" + RunLock.LABEL).asText().equals(parts.run())) {
          digests.put(
              list.getKey()
                  + " "
                  + each.at("/metadata/name").asText()
                  + " "
                  + each.at("/metadata/uid").asText(),
              digest(each.at("/metadata/labels").toString() + each.path("spec")));
        }
      }
    }
    recorder.record(Source.API, new InventoryTaken(when, digests));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
          .substring(0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
