package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.HOARDED_ITEMS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import workqueue.Counted;
import workqueue.checker.ledger.HeldOnWire;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;
import workqueue.history.BrokerEvent.BrokerCounters;
import workqueue.history.BrokerEvent.Consumer;
import workqueue.history.BrokerEvent.QueueConsumers;
import workqueue.history.Recorded;
import workqueue.history.Source;

/** Consumers hold items beside the one that they work on. */
final class HoardedItems extends Cause {

  HoardedItems() {
    super(
        HOARDED_ITEMS,
        Scope.QUEUE,
        """
        A worker that asks for more than one item, or for items without acks, keeps from others what it does not work on; and it loses
        what it holds, or gives it back late, when it ends. With workers of a Job of fixed completions one item a run is right; workers
        that go on until the queue is empty may hold as many as they say.
        """,
        Remedy.by(
            Who.AUTHOR, "set a prefetch of 1, or get one item, and acknowledge it after the work"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return picture.jobQueues().stream().flatMap(queue -> on(picture, queue).stream()).toList();
  }

  private static Optional<Suspicion> on(Picture picture, String queue) {
    if (picture.queue(queue).jobs().stream()
        .allMatch(job -> job.state().spec().completions() == null)) {
      // Workers that go on until the queue is empty may ask for several items at a time.
      return UnboundedConsumers.on(picture, queue);
    }
    Set<String> holders = new TreeSet<>();
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
    if (most > 1) {
      return Optional.of(
          Suspicion.of(
                  HOARDED_ITEMS,
                  "consumers of queue " + queue + " hold up to " + most + " items at once")
              .pods(holders)
              .proof(proof)
              .remedy(oneAtATime(queue)));
    }
    List<HeldOnWire.Unacked> fetched =
        HeldOnWire.withoutAcks(picture, queue).stream().filter(each -> each.fetched()).toList();
    return fetched.isEmpty()
        ? givenBack(picture, queue)
        : Optional.of(fetchedTooMany(queue, fetched));
  }

  private static String oneAtATime(String queue) {
    return "amqp-consume --url=$BROKER_URL -q " + queue + " -c 1 /worker.py";
  }

  private static Suspicion fetchedTooMany(String queue, List<HeldOnWire.Unacked> fetched) {
    HeldOnWire.Unacked first = fetched.get(0);
    return Suspicion.of(
            HOARDED_ITEMS,
            Counted.of(fetched.size(), "run")
                + " fetched up to "
                + fetched.stream().mapToInt(each -> each.held().count()).max().orElseThrow()
                + " items of queue "
                + queue
                + " by basic.get without acks, and worked on "
                + first.worked())
        .pods(fetched.stream().map(each -> each.held().pod()).sorted().toList())
        .proof(fetched.stream().map(each -> each.held().seq()).toList())
        .remedy(oneAtATime(queue));
  }

  /**
   * More items that were handed out again than there were runs, all of which exited 0 with an item
   * of their own: some were held beside it, and given back at the end. One more is pushed to each
   * run when it acks its own, also with a prefetch of 1: that it gives back is no harm.
   */
  private static Optional<Suspicion> givenBack(Picture picture, String name) {
    QueueView queue = picture.queue(name);
    Optional<Recorded<BrokerCounters>> counters = Sums.settledCounters(picture, queue);
    long again = counters.map(each -> each.event().redelivered()).orElse(0L);
    long runs = queue.jobs().stream().mapToLong(job -> job.pods.size()).sum();
    boolean allWell =
        picture.history.gaps(Source.PODS).isEmpty()
            && queue.jobs().stream()
                .allMatch(
                    job ->
                        job.state().complete()
                            && job.pods.stream().allMatch(HoardedItems::endedWell));
    if (again <= runs
        || !allWell
        || Sums.of(picture, queue).falseSuccesses() > 0
        || ForeignConsumer.on(picture, name).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Suspicion.of(
                HOARDED_ITEMS,
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
            .remedy(oneAtATime(name)));
  }

  private static boolean endedWell(PodView pod) {
    return pod.succeeded()
        && pod.deletionAt().isEmpty()
        && pod.attempts().stream().noneMatch(Attempt::failed);
  }
}
