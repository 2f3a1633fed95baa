package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import workqueue.EnvironmentTrouble;
import workqueue.Sha256;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.ClusterChecks;
import workqueue.checker.diagnosis.Outlook;
import workqueue.cluster.Anchor;
import workqueue.cluster.ApiPath;
import workqueue.cluster.Belongings;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.RunLock;
import workqueue.cluster.ServiceAddresses;
import workqueue.history.ApiEvent.CleanedUp;
import workqueue.history.ApiEvent.InventoryTaken;
import workqueue.history.ApiEvent.ProofStopped;
import workqueue.history.ApiEvent.TrialBegan;
import workqueue.history.ApiEvent.TrialEnded;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.HarnessEvent.FinalStateTaken;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.History;
import workqueue.history.Recorder;
import workqueue.history.Source;
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
  private static final Duration BROKER = Duration.ofMinutes(5);
  private static final Duration SCOUT = Duration.ofMinutes(7);
  private static final Duration TAKEN_UP = Duration.ofMinutes(1);
  private static final Duration JOB = Duration.ofMinutes(4);
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final Duration GONE = Duration.ofSeconds(60);
  private static final Duration ENDPOINTS = Duration.ofSeconds(10);

  /** What trials of single checks begin with. */
  private static final String PROVED = "job.completes";

  private static final String NAMES = "network.dns";

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
  private Parts parts;
  private final Patience patience;
  private final Belongings made;
  private final Reading reading;
  private final List<Trial> trials;
  private final OwnObjects own;

  /**
   * @param trials what is made for single checks, once the proof was made
   */
  Quick(
      Reading reading,
      String namespace,
      Parts parts,
      Patience patience,
      Belongings made,
      List<Trial> trials) {
    this.guest = reading.guest();
    this.recorder = reading.recorder();
    this.namespace = namespace;
    this.parts = parts;
    this.patience = patience;
    this.made = made;
    this.reading = reading;
    this.trials = List.copyOf(trials);
    this.own = new OwnObjects(reading, namespace, parts, patience, made);
  }

  /**
   * Makes the proof, if nothing stands against it, and removes all of it again.
   *
   * @param soFar the record of the preflight
   * @throws EnvironmentTrouble if the namespace is being checked already
   */
  void prove(History soFar) {
    Optional<String> stopping = stopping(soFar);
    if (stopping.isPresent()) {
      recorder.record(Source.HARNESS, new ProofStopped(stopping.get()));
      return;
    }
    inventory("before");
    own.makeAnchor();
    try {
      proof();
      if (ClusterChecks.answer(PROVED, recorder.history(Session.HEADER)).outcome()
          == CheckAnswer.Outcome.HOLDS) {
        trials.forEach(this::attempt);
      }
    } finally {
      cleanUp();
    }
  }

  /** The check that speaks against it; one that is blocked by another does so least. */
  private static Optional<String> stopping(History soFar) {
    Map<String, CheckAnswer.Outcome> against = new LinkedHashMap<>();
    for (String check : STOPPING) {
      CheckAnswer.Outcome outcome = ClusterChecks.answer(check, soFar).outcome();
      if (outcome != CheckAnswer.Outcome.HOLDS) {
        against.put(check, outcome);
      }
    }
    return against.keySet().stream()
        .filter(each -> against.get(each) == CheckAnswer.Outcome.FAILS)
        .findFirst()
        .or(() -> against.keySet().stream().findFirst());
  }

  private void proof() {
    try {
      run();
    } catch (WaitedInVain inVain) {
      // What did not come is in the record, and judged by it.
      own.look().look();
    } finally {
      own.look().readLogs();
      recorder.record(Source.HARNESS, new FinalStateTaken("all listed again, logs read"));
    }
  }

  private void attempt(Trial trial) {
    recorder.record(Source.HARNESS, new TrialBegan(trial.check()));
    String inVain = "";
    try {
      own.clear();
      trial.run(own, parts);
    } catch (WaitedInVain waited) {
      inVain = waited.getMessage();
    } finally {
      own.look().look();
      own.look().readLogs();
      recorder.record(Source.HARNESS, new TrialEnded(trial.check(), inVain));
    }
  }

  private void run() {
    Answer service = own.make(parts.service());
    String clusterIp = service.json().at("/spec/clusterIP").asText();
    if (!service.isGood() || !own.make(parts.broker()).isGood()) {
      return;
    }
    Pod broker = own.awaitReady("the broker's pod to be Ready", parts.brokerPod(), BROKER);
    endpoints();
    own.probe(parts.fillingScout(clusterIp, broker.getStatus().getPodIP()), SCOUT);
    if (fails(NAMES)) {
      // As the documentation has it where there is no DNS.
      parts = parts.byAddress(clusterIp);
    }
    boolean filled =
        recorder
            .history(Session.HEADER)
            .last(Probe.class, each -> each.tried() == Try.FILL && each.outcome() == Outcome.OK)
            .isPresent();
    if (!filled || !own.make(parts.job()).isGood()) {
      return;
    }
    try {
      own.awaitJob("the Job to be taken up", TAKEN_UP, Quick::isTakenUp);
      own.awaitJob(
          "the Job to end, or to be held up for good",
          JOB,
          each -> OwnObjects.hasEnded(each) || isHopeless());
    } catch (WaitedInVain inVain) {
      own.look().look();
    }
    own.probe(parts.drainingScout(), DRAIN);
    readEvents();
    own.streams().attempt(parts.brokerPod());
  }

  /** Whether something is known that keeps the Job from its end, and does not pass by itself. */
  private boolean isHopeless() {
    return Outlook.of(recorder.history(Session.HEADER)).prospect() == Outlook.Prospect.HOPELESS;
  }

  /** A Job that is suspended is left to whoever suspended it. */
  private static boolean isTakenUp(Job job) {
    return Boolean.TRUE.equals(job.getSpec().getSuspend())
        || (job.getStatus() != null && job.getStatus().getStartTime() != null);
  }

  private boolean fails(String check) {
    return ClusterChecks.answer(check, recorder.history(Session.HEADER)).outcome()
        == CheckAnswer.Outcome.FAILS;
  }

  private void readEvents() {
    if (!reading.rights().has(OwnObjects.EVENTS, false)) {
      reading.notAllowed("Event", parts.jobName(), OwnObjects.EVENTS);
      return;
    }
    reading.list(
        "Event",
        parts.jobName(),
        ApiPath.of("v1", "Event", namespace)
            + "?limit=500&fieldSelector=involvedObject.name%3D"
            + parts.jobName(),
        OwnObjects.EVENTS,
        Mapping::event);
  }

  /** That it leads nowhere is recorded once it has had its time, and the rest is looked at. */
  private void endpoints() {
    try {
      leadsTo(
          patience.await(
              "the Service to lead to the broker",
              ENDPOINTS,
              OwnObjects.BETWEEN_LOOKS,
              () -> {
                List<String> addresses = addresses();
                return addresses.isEmpty()
                    ? Sight.<List<String>>notYet("it leads nowhere")
                    : Sight.found(addresses);
              }));
    } catch (WaitedInVain nowhere) {
      leadsTo(List.of());
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

  private void cleanUp() {
    long start = System.nanoTime();
    AtomicReference<Optional<List<String>>> left = new AtomicReference<>(Optional.empty());
    try {
      patience.await("what was made to be gone", GONE, OwnObjects.BETWEEN_LOOKS, () -> gone(left));
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
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }
}
