package workqueue.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.history.BrokerEvent.BrokerCounters;
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

/** Consumers that hold more than they work on, and consumers that belong to no Job. */
final class ConsumerCauses {
  private static final Duration LAG = Duration.ofSeconds(5);

  private final Picture picture;
  private final List<Suspicion> found = new ArrayList<>();

  private ConsumerCauses(Picture picture) {
    this.picture = picture;
  }

  static List<Suspicion> in(Picture picture) {
    ConsumerCauses causes = new ConsumerCauses(picture);
    Set<String> queues = new HashSet<>();
    picture.jobs().forEach(job -> queues.add(job.queue()));
    queues.remove("");
    queues.forEach(
        queue -> {
          causes.foreign(queue);
          causes.hoarded(queue);
        });
    return causes.found;
  }

  private void hoarded(String queue) {
    if (picture.queue(queue).jobs().stream()
        .allMatch(job -> job.state().spec().completions() == null)) {
      // Workers that go on until the queue is empty may ask for several items at a time.
      ConsumerClaims.unbounded(picture, queue).ifPresent(found::add);
      return;
    }
    Set<String> holders = new HashSet<>();
    List<Long> proof = new ArrayList<>();
    int most = 0;
    for (Recorded<QueueConsumers> each :
        picture.history.all(QueueConsumers.class, one -> one.queue().equals(queue))) {
      for (Consumer consumer : each.event().consumers()) {
        if (consumer.unacked() != null && consumer.unacked() > 1) {
          holders.add(consumer.pod());
          proof.add(each.seq());
          most = Math.max(most, consumer.unacked());
        }
      }
    }
    for (HeldOnWire.Held held : HeldOnWire.in(picture, queue)) {
      holders.add(held.pod());
      proof.add(held.seq());
      most = Math.max(most, held.count());
    }
    List<HeldOnWire.Unacked> fetched =
        HeldOnWire.withoutAcks(picture, queue).stream().filter(each -> each.fetched()).toList();
    if (most <= 1 && !fetched.isEmpty()) {
      fetchedTooMany(queue, fetched);
    } else if (most <= 1) {
      givenBack(queue);
    } else {
      found.add(
          Suspicion.of(
                  FindingCode.HOARDED_ITEMS,
                  "consumers of queue " + queue + " hold up to " + most + " items at once")
              .pods(holders.stream().sorted().toList())
              .proof(proof)
              .remedy("amqp-consume --url=$BROKER_URL -q " + queue + " -c 1 /worker.py"));
    }
  }

  private void fetchedTooMany(String queue, List<HeldOnWire.Unacked> fetched) {
    HeldOnWire.Unacked first = fetched.get(0);
    found.add(
        Suspicion.of(
                FindingCode.HOARDED_ITEMS,
                Counted.of(fetched.size(), "run")
                    + " fetched up to "
                    + fetched.stream().mapToInt(each -> each.held().count()).max().orElseThrow()
                    + " items of queue "
                    + queue
                    + " by basic.get without acks, and worked on "
                    + first.worked())
            .pods(fetched.stream().map(each -> each.held().pod()).sorted().toList())
            .proof(fetched.stream().map(each -> each.held().seq()).toList())
            .remedy("amqp-consume --url=$BROKER_URL -q " + queue + " -c 1 /worker.py"));
  }

  /**
   * More items that were handed out again than there were runs, all of which exited 0 with an item
   * of their own: some were held beside it, and given back at the end. One more is pushed to each
   * run when it acks its own, also with a prefetch of 1: that it gives back is no harm.
   */
  private void givenBack(String name) {
    QueueView queue = picture.queue(name);
    Optional<Recorded<BrokerCounters>> counters = ConsumerClaims.counters(picture, queue);
    long again = counters.map(each -> each.event().redelivered()).orElse(0L);
    long runs = queue.jobs().stream().mapToLong(job -> job.pods.size()).sum();
    boolean allWell =
        picture.history.gaps(Source.PODS).isEmpty()
            && queue.jobs().stream()
                .allMatch(
                    job ->
                        job.state().complete()
                            && job.pods.stream().allMatch(ConsumerCauses::endedWell));
    if (again <= runs
        || !allWell
        || Sums.of(picture, queue).falseSuccesses() > 0
        || found.stream().anyMatch(each -> each.code() == FindingCode.FOREIGN_CONSUMER)) {
      return;
    }
    found.add(
        Suspicion.of(
                FindingCode.HOARDED_ITEMS,
                Counted.were(again, "item")
                    + " handed out again on queue "
                    + name
                    + " though "
                    + Counted.of(runs, "run")
                    + " took and acked one each: they held others beside it")
            .pods(
                queue.jobs().stream()
                    .flatMap(job -> job.pods.stream())
                    .map(pod -> pod.ref.name())
                    .toList())
            .proof(counters.orElseThrow().seq())
            .remedy("amqp-consume --url=$BROKER_URL -q " + name + " -c 1 /worker.py"));
  }

  private static boolean endedWell(PodView pod) {
    return pod.succeeded()
        && pod.deletionAt().isEmpty()
        && pod.attempts().stream().noneMatch(Attempt::failed);
  }

  private void foreign(String queue) {
    Set<String> who = new HashSet<>();
    List<Long> proof = new ArrayList<>();
    Set<String> addresses = addresses();
    List<Recorded<QueueConsumers>> lists =
        picture.history.all(QueueConsumers.class, one -> one.queue().equals(queue));
    boolean peersTell =
        lists.stream()
            .flatMap(each -> each.event().consumers().stream())
            .anyMatch(each -> addresses.contains(each.peer()));
    for (Recorded<QueueConsumers> each : lists) {
      for (Consumer consumer : each.event().consumers()) {
        boolean strangePod = !consumer.pod().isEmpty() && !isWorker(consumer.pod());
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
    onWire(queue, who, proof);
    tooMany(queue)
        .ifPresent(
            sample -> {
              if (who.isEmpty()) {
                who.add("a client that is no pod of its Jobs");
              }
              proof.add(sample.seq());
            });
    if (!who.isEmpty()) {
      found.add(
          Suspicion.of(
                  FindingCode.FOREIGN_CONSUMER,
                  String.join(" and ", who.stream().sorted().toList())
                      + " consumes from queue "
                      + queue)
              .proof(proof)
              .remedy("rabbitmqctl list_consumers queue_name channel_pid consumer_tag"));
    }
  }

  private void onWire(String queue, Set<String> who, List<Long> proof) {
    for (Recorded<Delivered> each :
        picture.history.all(Delivered.class, one -> one.queue().equals(queue))) {
      String pod = picture.connections().podOf(each.event().connection());
      if (!pod.isEmpty() && !isWorker(pod)) {
        who.add("pod " + pod);
        proof.add(each.seq());
      }
    }
  }

  /**
   * A sample with more consumers than the queue's Jobs can have had by then. The record may lag:
   * only what was sampled some time before it ends can be compared.
   */
  private Optional<Recorded<QueueDepth>> tooMany(String queue) {
    if (!picture.history.gaps(Source.PODS).isEmpty()
        || !picture.history.gaps(Source.WIRE).isEmpty()) {
      return Optional.empty();
    }
    QueueView view = picture.queue(queue);
    if (!picture.connections().seen()) {
      return more(view, runsBegun(view), runsEnded(view));
    }
    // Where a wire tap is in between, connections may outlive their clients.
    return allRunsCrossTheWire(view)
        ? more(view, started(queue), stopped(queue))
        : more(view, runsBegun(view), new Instant[0]);
  }

  /** The first sample with more consumers than had begun by then and not ended long before. */
  private Optional<Recorded<QueueDepth>> more(QueueView view, Instant[] begun, Instant[] ended) {
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
  private Instant[] started(String queue) {
    return consumersOnWire(queue).stream().map(Recorded::at).sorted().toArray(Instant[]::new);
  }

  /** When those ended, with their connection; one that went silent may still be open. */
  private Instant[] stopped(String queue) {
    Map<String, List<Recorded<ConnectionEnded>>> ends =
        picture.history.all(ConnectionEnded.class, each -> each.end() != End.SILENT).stream()
            .collect(Collectors.groupingBy(each -> each.event().connection()));
    return consumersOnWire(queue).stream()
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
  private boolean allRunsCrossTheWire(QueueView view) {
    return view.jobs().stream()
        .flatMap(job -> job.pods.stream())
        .allMatch(
            pod ->
                picture.connections().countOf(pod.ref.name())
                    >= pod.attempts().stream().filter(Attempt::began).count());
  }

  private List<Recorded<ConsumerStarted>> consumersOnWire(String queue) {
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

  private boolean isWorker(String pod) {
    // A pod that was never seen may be a worker that came and went.
    return picture.podNamed(pod).map(view -> !view.jobUid().isEmpty()).orElse(true);
  }

  private Set<String> addresses() {
    Set<String> addresses = new HashSet<>();
    for (Recorded<PodState> each : picture.history.all(PodState.class)) {
      if (!each.event().address().isEmpty() && !each.event().jobUid().isEmpty()) {
        addresses.add(each.event().address());
      }
    }
    return addresses;
  }
}
