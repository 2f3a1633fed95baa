package workqueue.checker.claim;

import java.util.Arrays;
import java.util.List;
import workqueue.Item;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.ledger.ItemNames;
import workqueue.history.Header;
import workqueue.history.History;

/**
 * What can be claimed of a history. Claims about a Job come in two forms: with its name, and
 * without for a record that holds only one.
 */
public final class Claims {
  private Claims() {}

  /** The Job is Complete, and this many of its pods succeeded. */
  public static Claim jobCompletesWith(int succeeded) {
    return jobCompletesWith("", succeeded);
  }

  public static Claim jobCompletesWith(String job, int succeeded) {
    return claim(new JobCompletesWith(job, succeeded));
  }

  /** The Job is complete, with however many successes. */
  public static Claim jobCompletes(String job) {
    return claim(new JobCompletes(job));
  }

  /** The Job has the condition Failed for this reason, for example BackoffLimitExceeded. */
  public static Claim jobFailsWith(String reason) {
    return jobFailsWith("", reason);
  }

  public static Claim jobFailsWith(String job, String reason) {
    return claim(new JobFailsWith(job, reason));
  }

  /** The Job is not Complete, and there is proof that it cannot become so by itself. */
  public static Claim jobNeverCompletes() {
    return jobNeverCompletes("");
  }

  public static Claim jobNeverCompletes(String job) {
    return claim(new JobNeverCompletes(job));
  }

  /** No more pods of the Job succeeded than items were acked on its queue. */
  public static Claim accountsForEverySuccess() {
    return accountsForEverySuccess("");
  }

  public static Claim accountsForEverySuccess(String job) {
    return claim(new AccountsForEverySuccess(job));
  }

  /** Each pod of the Job that succeeded finished one item, and none finished more. */
  public static Claim oneItemPerPod() {
    return oneItemPerPod("");
  }

  public static Claim oneItemPerPod(String job) {
    return claim(new OneItemPerPod(job));
  }

  /**
   * Never more than this many pods of the Job ran at once; refuted only by what is certain, as
   * Kubernetes gives times in whole seconds. A pod on its way out beside its replacement is legal.
   */
  public static Claim runsAtMost(int pods) {
    return runsAtMost("", pods);
  }

  public static Claim runsAtMost(String job, int pods) {
    return claim(new RunsAtMost(job, pods));
  }

  /**
   * No pod of the Job took the place of one that was deleted before that had ended, as its {@code
   * podReplacementPolicy} may ask for.
   */
  public static Claim replacesOnlyWhatEnded() {
    return replacesOnlyWhatEnded("");
  }

  public static Claim replacesOnlyWhatEnded(String job) {
    return claim(new ReplacesOnlyWhatEnded(job));
  }

  /** Each pod was announced by an event of its own; can be told of fewer than ten pods. */
  public static Claim announcesEachPod() {
    return announcesEachPod("");
  }

  public static Claim announcesEachPod(String job) {
    return claim(new AnnouncesEachPod(job));
  }

  /** Each item was worked on once, is gone from its queue, and nothing else was worked on. */
  public static Claim processesEachExactlyOnce(List<Item> items) {
    return processesEachExactlyOnce(ItemNames.of(items));
  }

  /** The same of all that the history holds as published to the queue. */
  public static Claim processesEachExactlyOnce(History history, String queue) {
    return processesEachExactlyOnce(ItemNames.published(history, queue));
  }

  private static Claim processesEachExactlyOnce(ItemNames items) {
    return claim(new ProcessesEachExactlyOnce(items));
  }

  /** Each item was worked on and is gone from its queue. */
  public static Claim processesEachAtLeastOnce(List<Item> items) {
    return processesEachAtLeastOnce(ItemNames.of(items));
  }

  private static Claim processesEachAtLeastOnce(ItemNames items) {
    return claim(new ProcessesEachAtLeastOnce(items));
  }

  /** Each item was processed or is still in its queue. */
  public static Claim losesNothing(List<Item> items) {
    return losesNothing(ItemNames.of(items));
  }

  /** The same of all that the history holds as published to the queue. */
  public static Claim losesNothing(History history, String queue) {
    return losesNothing(ItemNames.published(history, queue));
  }

  private static Claim losesNothing(ItemNames items) {
    return claim(new LosesNothing(items));
  }

  /** Each item reached its worker as it was published; evidence of whole payloads is needed. */
  public static Claim altersNothing(List<Item> items) {
    return altersNothing(ItemNames.of(items));
  }

  /** The same of all that the history holds as published to the queue. */
  public static Claim altersNothing(History history, String queue) {
    return altersNothing(ItemNames.published(history, queue));
  }

  private static Claim altersNothing(ItemNames items) {
    return claim(new AltersNothing(items));
  }

  /** No worker publishes to the queue that the items come from. */
  public static Claim addsNoItems(String queue) {
    return claim(new AddsNoItems(queue));
  }

  /** No worker prints a password. */
  public static Claim keepsSecrets() {
    return claim(new KeepsSecrets());
  }

  /**
   * The items that are lost, counted independently of the ledger, are exactly those that findings
   * name, and each Job that is not complete has a cause. Needs what was left in the queue, message
   * by message.
   */
  public static Claim explainsWhatIsLost() {
    return claim(new ExplainsWhatIsLost());
  }

  /** No consumer of the queue holds an item beside the one that it works on. */
  public static Claim holdsOneAtATime(String queue) {
    return claim(new HoldsOneAtATime(queue));
  }

  /** A worker is handed an item of the queue, whatever it makes of it. */
  public static Claim takesAnItem(String queue) {
    return claim(new TakesAnItem(queue));
  }

  /** No run goes through its queue as workers of another kind do, as far as the wire shows it. */
  public static Claim isOfItsKind() {
    return claim(new IsOfItsKind());
  }

  /** No consumer of the queue is given an unlimited number of items, or items without acks. */
  public static Claim boundsItsPrefetch(String queue) {
    return claim(new BoundsItsPrefetch(queue));
  }

  /** Enough pods of the queue's Jobs were seen to say what one of them takes. */
  public static Claim measuresCosts(String queue) {
    return claim(new MeasuresCosts(queue));
  }

  /**
   * The queue's workers cost no more than what the record says they are to be held against, beyond
   * what is tolerated; what was not measured both times neither passes nor fails.
   */
  public static Claim costsNoMore(String queue) {
    return claim(new CostsNoMore(queue));
  }

  /** The tag of the worker's image says which one it is. */
  public static Claim pinsItsImage() {
    return claim(new PinsItsImage());
  }

  /** The worker's image is for the architecture of a node. */
  public static Claim isForTheNodes() {
    return claim(new IsForTheNodes());
  }

  /** The worker's image has at most this many MiB, unpacked. */
  public static Claim weighsAtMost(int mebibytes) {
    return claim(new WeighsAtMost(mebibytes));
  }

  /** Some run of a worker failed, openly or hidden behind a success. */
  public static Claim someWorkFails() {
    return claim(new SomeWorkFails());
  }

  /**
   * The cluster's API drops this field, for example job.spec.suspend: what needs it cannot be had.
   */
  public static Claim apiLacks(String field) {
    return claim(new ApiLacks(field));
  }

  /** A cluster passes one of its {@link ClusterChecks}. */
  public static Claim passesCheck(String check) {
    return claim(new PassesCheck(check));
  }

  /** It is known whether a cluster passes one of its {@link ClusterChecks}: for advice. */
  public static Claim answersCheck(String check) {
    return claim(new AnswersCheck(check));
  }

  /** A worker whose pod is deleted ends within its grace period. */
  public static Claim endsInGrace() {
    return claim(new EndsInGrace());
  }

  /** A fault of this kind struck a worker that had been given an item, and that ended by it. */
  public static Claim strikesAtWork(String fault) {
    return claim(new StrikesAtWork(fault));
  }

  /**
   * All of the claims come out as each expects.
   *
   * @param words what they amount to, for example "the worker keeps takes-one-item"
   */
  public static Claim all(String words, List<Claim> parts) {
    return claim(new All(words, parts));
  }

  /** It is known whether all of the claims come out as each expects: for advice. */
  public static Claim whether(String words, List<Claim> parts) {
    return claim(new Whether(words, parts));
  }

  /** A fault of this kind struck after an ack passed and before its client was let go on. */
  public static Claim strikesBetweenAckAndRelease(String fault) {
    return claim(new StrikesBetweenAckAndRelease(fault));
  }

  /** The diagnosis finds this, not as a cause but as what follows from that cause. */
  public static Claim follows(FindingCode consequence, FindingCode cause) {
    return follows(consequence.name(), cause.name());
  }

  private static Claim follows(String consequence, String cause) {
    return claim(new Follows(consequence, cause));
  }

  /**
   * While this fault lasted a worker ended on the node that it struck, as the wire shows, and no
   * end of any container there was reported.
   */
  public static Claim reportsNoEndDuring(String fault) {
    return claim(new ReportsNoEndDuring(fault));
  }

  /** The causes that the diagnosis finds are exactly these. */
  public static Claim diagnosedAs(FindingCode... codes) {
    return diagnosedAs(Arrays.stream(codes).map(Enum::name).sorted().toList());
  }

  private static Claim diagnosedAs(List<String> codes) {
    return claim(new DiagnosedAs(codes));
  }

  /** Each item names a part of the data that the Job's pods mount, and is read as it was given. */
  public static Claim readsItsParts(String job) {
    return claim(new ReadsItsParts(job));
  }

  /** The Job's pods read the same data on at least so many nodes. */
  public static Claim readsTheSameOn(String job, int nodes) {
    return claim(new ReadsTheSameOn(job, nodes));
  }

  /** Where the Job's pods mount their data nothing can be written. */
  public static Claim refusesWrites(String job) {
    return claim(new RefusesWrites(job));
  }

  /** The data that the Job's pods mount is as it was given when the Job is over. */
  public static Claim leavesDataUnchanged(String job) {
    return claim(new LeavesDataUnchanged(job));
  }

  /** The queue holds nothing, neither ready nor unacked. */
  public static Claim drains(String queue) {
    return claim(new Drains(queue));
  }

  /** The queue holds exactly this many messages, all of them ready. */
  public static Claim leavesOver(String queue, int count) {
    return claim(new LeavesOver(queue, count));
  }

  /** The queue holds exactly this many messages, all of them with consumers that have not acked. */
  public static Claim keepsUnacked(String queue, int count) {
    return claim(new KeepsUnacked(queue, count));
  }

  /** Each step of the documented procedure, named by its id, shows what is documented. */
  public static Claim showsEachStep(List<String> steps) {
    return claim(new ShowsEachStep(steps));
  }

  /** Of the steps exactly this one does not show what is documented, and ends the walk. */
  public static Claim failsOnlyAt(String step, List<String> steps) {
    return claim(new FailsOnlyAt(step, steps));
  }

  /** The claim, of which the scenario expects this verdict; a mutant's is INVALID. */
  public static Claim expecting(Verdict verdict, Claim claim) {
    return claim.expecting(verdict);
  }

  /**
   * The claims that a history was recorded with.
   *
   * @throws IllegalArgumentException if one is not known, or its parameters do not fit
   */
  public static List<Claim> fromHeader(Header header) {
    return header.claims().stream().map(Claim::of).toList();
  }

  private static Claim claim(Statement statement) {
    return new Claim(statement, Verdict.VALID);
  }
}
