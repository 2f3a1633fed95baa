package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.FOREIGN_CONSUMER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.Recorded;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.End;

/** Somebody else than the Job's pods consumes from the queue. */
final class ForeignConsumer extends Cause {
  private static final Duration LAG = Duration.ofSeconds(5);

  ForeignConsumer() {
    super(
        FOREIGN_CONSUMER,
        Scope.QUEUE,
        """
        A consumer of the queue is no pod of its Jobs, as the broker's list or the wire tells; or there are more consumers than the Jobs
        can have. What it takes is gone for the Job's pods, which then wait forever.
        """,
        Remedy.by(Who.BROKER, "see who consumes, and end it or give it a queue of its own"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return picture.jobQueues().stream().flatMap(queue -> on(picture, queue).stream()).toList();
  }

  static Optional<Suspicion> on(Picture picture, String queue) {
    Set<String> who = new HashSet<>();
    List<Long> proof = new ArrayList<>();
    Set<String> addresses = addresses(picture);
    List<Recorded<QueueConsumers>> lists =
        picture.history.all(QueueConsumers.class, one -> one.queue().equals(queue));
    boolean peersTell =
        lists.stream()
            .flatMap(each -> each.event().consumers().stream())
            .anyMatch(each -> addresses.contains(each.peer()));
    for (Recorded<QueueConsumers> each : lists) {
      for (Consumer consumer : each.event().consumers()) {
        boolean strangePod = !consumer.pod().isEmpty() && !isWorker(picture, consumer.pod());
        boolean strangePeer =
            peersTell
                && consumer.pod().isEmpty()
                && !consumer.peer().isEmpty()
                && !addresses.contains(consumer.peer());
        if (strangePod || strangePeer) {
          who.add(strangePod ? "pod " + consumer.pod() : consumer.peer());
          proof.add(each.seq());
        }
      }
    }
    onWire(picture, queue, who, proof);
    tooMany(picture, queue)
        .ifPresent(
            sample -> {
              if (who.isEmpty()) {
                who.add("a client that is no pod of its Jobs");
              }
              proof.add(sample.seq());
            });
    if (who.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Suspicion.of(
                FOREIGN_CONSUMER,
                String.join(" and ", who.stream().sorted().toList())
                    + " consumes from queue "
                    + queue)
            .proof(proof)
            .remedy("rabbitmqctl list_consumers queue_name channel_pid consumer_tag"));
  }

  private static void onWire(Picture picture, String queue, Set<String> who, List<Long> proof) {
    for (Recorded<Delivered> each :
        picture.history.all(Delivered.class, one -> one.queue().equals(queue))) {
      String pod = picture.connections().podOf(each.event().connection());
      if (!pod.isEmpty() && !isWorker(picture, pod)) {
        who.add("pod " + pod);
        proof.add(each.seq());
      }
    }
  }

  /**
   * A sample with more consumers than the queue's Jobs can have had by then. The record may lag:
   * only what was sampled some time before it ends can be compared.
   */
  private static Optional<Recorded<QueueDepth>> tooMany(Picture picture, String queue) {
    if (!picture.history.gaps(Source.PODS).isEmpty()
        || !picture.history.gaps(Source.WIRE).isEmpty()) {
      return Optional.empty();
    }
    QueueView view = picture.queue(queue);
    if (!picture.connections().seen()) {
      return more(picture, view, runsBegun(view), runsEnded(view));
    }
    // Where a wire tap is in between, connections may outlive their clients.
    return allRunsCrossTheWire(picture, view)
        ? more(picture, view, started(picture, queue), stopped(picture, queue))
        : more(picture, view, runsBegun(view), new Instant[0]);
  }

  /** The first sample with more consumers than had begun by then and not ended long before. */
  private static Optional<Recorded<QueueDepth>> more(
      Picture picture, QueueView view, Instant[] begun, Instant[] ended) {
    Instant known =
        picture.history.finalState().isPresent() ? Instant.MAX : picture.now().minus(LAG);
    return view.samples().stream()
        .filter(sample -> sample.event().consumers() != null && !sample.at().isAfter(known))
        .filter(
            sample ->
                sample.event().consumers()
                    > notAfter(begun, sample.at().plus(LAG))
                        - notAfter(ended, sample.event().sampledAt().minus(LAG)))
        .findFirst();
  }

  private static Instant[] runsBegun(QueueView view) {
    return view.jobs().stream()
        .flatMap(job -> job.attempts().stream())
        .map(Attempt::firstSeenAt)
        .sorted()
        .toArray(Instant[]::new);
  }

  /** What ends closes its connection. */
  private static Instant[] runsEnded(QueueView view) {
    return view.jobs().stream()
        .flatMap(job -> job.attempts().stream())
        .flatMap(attempt -> attempt.endSeenAt().stream())
        .sorted()
        .toArray(Instant[]::new);
  }

  /** When consumers of the queue were started on the wire, which all workers' connections cross. */
  private static Instant[] started(Picture picture, String queue) {
    return consumersOnWire(picture, queue).stream()
        .map(Recorded::at)
        .sorted()
        .toArray(Instant[]::new);
  }

  /** When those ended, with their connection; one that went silent may still be open. */
  private static Instant[] stopped(Picture picture, String queue) {
    Map<String, List<Recorded<ConnectionEnded>>> ends =
        picture.history.all(ConnectionEnded.class, each -> each.end() != End.SILENT).stream()
            .collect(Collectors.groupingBy(each -> each.event().connection()));
    return consumersOnWire(picture, queue).stream()
        .flatMap(
            started ->
                ends.getOrDefault(started.event().connection(), List.of()).stream()
                    .filter(each -> each.seq() > started.seq())
                    .limit(1))
        .map(Recorded::at)
        .sorted()
        .toArray(Instant[]::new);
  }

  /** Whether each run has a connection on the wire: one that has none may pass it by. */
  private static boolean allRunsCrossTheWire(Picture picture, QueueView view) {
    return view.jobs().stream()
        .flatMap(job -> job.pods.stream())
        .allMatch(
            pod ->
                picture.connections().countOf(pod.ref.name())
                    >= pod.attempts().stream().filter(Attempt::began).count());
  }

  private static List<Recorded<ConsumerStarted>> consumersOnWire(Picture picture, String queue) {
    return picture.history.all(ConsumerStarted.class, each -> each.queue().equals(queue));
  }

  /** How many of the sorted instants are not after this one. */
  private static int notAfter(Instant[] sorted, Instant at) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].isAfter(at)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static boolean isWorker(Picture picture, String pod) {
    // A pod that was never seen may be a worker that came and went.
    return picture.podNamed(pod).map(view -> !view.jobUid().isEmpty()).orElse(true);
  }

  private static Set<String> addresses(Picture picture) {
    Set<String> addresses = new HashSet<>();
    for (Recorded<PodState> each : picture.history.all(PodState.class)) {
      if (!each.event().address().isEmpty() && !each.event().jobUid().isEmpty()) {
        addresses.add(each.event().address());
      }
    }
    return addresses;
  }
}
