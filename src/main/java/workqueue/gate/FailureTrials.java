package workqueue.gate;

import static workqueue.checker.claim.Claims.accountsForEverySuccess;
import static workqueue.checker.claim.Claims.leavesOver;
import static workqueue.checker.claim.Claims.losesNothing;
import static workqueue.checker.claim.Claims.processesEachAtLeastOnce;
import static workqueue.checker.claim.Claims.someWorkFails;
import static workqueue.checker.claim.Claims.whether;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import workqueue.Item;
import workqueue.Items;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Judged;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PublishedByWorkers;
import workqueue.history.BrokerEvent.ItemPublished;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.Rejected;
import workqueue.tutorial.JobDefinition;
import workqueue.waiting.Sight;
import workqueue.workload.RunningJob;

/** What becomes of an item that a worker cannot work on; the empty one unless one is declared. */
final class FailureTrials {
  private static final Duration AT_WORK = Duration.ofSeconds(20);
  private static final String NO_RUN_FAILED = someWorkFails().spec().claim();

  private FailureTrials() {}

  static List<Claim> failureIsNotSuccess(Stand stand) {
    List<Item> poison = List.of(poison(stand, 0));
    stand.workload().fill(stand.queue(), poison);
    RunningJob job = stand.run(stand.queue(), spec -> stand.sized(failing(spec), 1));
    List<Claim> claims = new ArrayList<>(stand.addsNoItems());
    if (stand.kind() == WorkerKind.SERVE) {
      stand.await(
          "the worker to be done with the item",
          history -> done(history, stand.queue(), stand.limit(AT_WORK)));
      stand.workload().stopAll();
      claims.add(stand.content(losesNothing(poison)));
      claims.add(failing(stand, leavesOver(stand.queue(), poison.size())));
      return claims;
    }
    job.awaitComplete();
    claims.addAll(
        List.of(accountsForEverySuccess(), stand.content(losesNothing(poison)), fails(stand)));
    return claims;
  }

  /**
   * The poison comes last: RabbitMQ puts what was given back at the head of its queue, so that
   * reaching what lies behind it is a matter of luck, whatever the worker.
   */
  static List<Claim> survivesPoisonItem(Stand stand) {
    List<Item> others = Items.ofTutorial(3);
    List<Item> items = new ArrayList<>(others);
    items.add(poison(stand, others.size()));
    stand.workload().fill(stand.queue(), items);
    stand.run(stand.queue(), spec -> stand.sized(failing(spec), others.size() + 2)).awaitComplete();
    stand.readWhatIsLeft(stand.queue());
    List<Claim> claims = new ArrayList<>(stand.addsNoItems());
    claims.addAll(
        List.of(
            stand.content(processesEachAtLeastOnce(others)),
            stand.content(losesNothing(others)),
            fails(stand)));
    return claims;
  }

  /**
   * Gives up a trial whose worker handed the item that it fails on to somebody else, before it
   * settled it: that is neither lost nor passed off as processed.
   *
   * @throws NotTried if so, and nothing else is wrong
   */
  static void requireKept(Rule rule, History history, List<Claim> claims, Judged outcome) {
    Optional<ItemPublished> poison = history.last(ItemPublished.class).map(Recorded::event);
    boolean aboutPoison =
        rule == Rule.FAILURE_IS_NOT_SUCCESS
            || (rule == Rule.SURVIVES_POISON_ITEM && onlyNoRunFailed(claims, outcome));
    if (aboutPoison && poison.isPresent() && outcome.verdict() != Verdict.VALID) {
      handedOn(history, poison.get())
          .ifPresent(
              to -> {
                throw new NotTried(
                    "the worker hands an item that it fails on to "
                        + to
                        + ", and who looks there is not known");
              });
    }
  }

  private static boolean onlyNoRunFailed(List<Claim> claims, Judged outcome) {
    return IntStream.range(0, claims.size())
        .filter(i -> !outcome.judgements().get(i).asExpected())
        .allMatch(i -> claims.get(i).spec().claim().equals(NO_RUN_FAILED));
  }

  /** Where a copy of the item went after it was delivered; not back to where it came from. */
  private static Optional<String> handedOn(History history, ItemPublished poison) {
    String digest = poison.payload().digest();
    long delivered =
        history.all(Delivered.class, each -> each.payload().digest().equals(digest)).stream()
            .mapToLong(Recorded::seq)
            .min()
            .orElse(Long.MAX_VALUE);
    return PublishedByWorkers.of(new Picture(history)).elsewhere(poison.queue(), digest).stream()
        .filter(each -> each.seq() > delivered)
        .map(Recorded::event)
        .map(
            each ->
                each.exchange().isEmpty() ? "queue " + each.queue() : "exchange " + each.exchange())
        .findFirst();
  }

  /** Pods that failed stay, and their logs with them; no other pod runs that would be cut off. */
  private static JobDefinition failing(JobDefinition spec) {
    return spec.parallelism(1).backoffLimit(1).restartPolicy("Never");
  }

  /** Without a declared poison a worker may well be fine with the empty item. */
  private static Claim fails(Stand stand) {
    return failing(stand, someWorkFails());
  }

  private static Claim failing(Stand stand, Claim shown) {
    return stand.poison().isPresent()
        ? shown
        : whether("the worker fails on the empty item", List.of(shown));
  }

  /** It settled the item, or ended with it, or has kept it for a while. */
  static Sight<Boolean> done(History history, String queue, Duration atWork) {
    boolean settled =
        !history.all(Acked.class).isEmpty()
            || !history.all(Rejected.class).isEmpty()
            || !history.all(Delivered.class, each -> !each.acks()).isEmpty()
            || Filled.last(history, queue).map(FailureTrials::isEmpty).orElse(false);
    boolean ended =
        !history
            .all(ContainerState.class, each -> each.last() != null || each.exitCode() != null)
            .isEmpty();
    return Sight.when(
        settled || ended || Outlook.of(history).isDecided() || keeps(history, atWork),
        "it may be at work on it");
  }

  private static boolean isEmpty(QueueDepth depth) {
    return Integer.valueOf(0).equals(depth.ready()) && Integer.valueOf(0).equals(depth.unacked());
  }

  private static boolean keeps(History history, Duration atWork) {
    return history.all(Delivered.class).stream()
        .map(Recorded::at)
        .findFirst()
        .map(at -> Instant.now().isAfter(at.plus(atWork)))
        .orElse(false);
  }

  private static Item poison(Stand stand, int id) {
    return Item.of(id, stand.poison().orElse(""));
  }
}
