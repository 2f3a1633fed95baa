package workqueue.checker.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import workqueue.Counted;
import workqueue.Item;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.ledger.ItemNames;
import workqueue.history.ClaimSpec;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.Header;
import workqueue.history.History;

/**
 * What can be claimed of a history. Claims about a Job come in two forms: with its name, and
 * without for a record that holds only one.
 */
public final class Claims {
  private static final Map<String, Function<Parameters, Claim>> BY_NAME = byName();

  private Claims() {}

  /** The Job is Complete, and this many of its pods succeeded. */
  public static Claim jobCompletesWith(int succeeded) {
    return jobCompletesWith("", succeeded);
  }

  public static Claim jobCompletesWith(String job, int succeeded) {
    String words = job(job) + " completes with " + succeeded;
    return new Claim(
        spec("jobCompletesWith", "job", job, "succeeded", succeeded),
        words,
        picture -> JobClaims.completesWith(picture, words, job, succeeded),
        picture -> JobClaims.end(picture, job));
  }

  /** The Job is complete, with however many successes. */
  public static Claim jobCompletes(String job) {
    String words = job(job) + " completes";
    return new Claim(
        spec("jobCompletes", "job", job),
        words,
        picture -> JobClaims.completes(picture, words, job),
        picture -> JobClaims.end(picture, job));
  }

  /** The Job has the condition Failed for this reason, for example BackoffLimitExceeded. */
  public static Claim jobFailsWith(String reason) {
    return jobFailsWith("", reason);
  }

  public static Claim jobFailsWith(String job, String reason) {
    String words = job(job) + " fails with " + reason;
    return new Claim(
        spec("jobFailsWith", "job", job, "reason", reason),
        words,
        picture -> JobClaims.failsWith(picture, words, job, reason),
        picture -> JobClaims.end(picture, job));
  }

  /** The Job is not Complete, and there is proof that it cannot become so by itself. */
  public static Claim jobNeverCompletes() {
    return jobNeverCompletes("");
  }

  public static Claim jobNeverCompletes(String job) {
    String words = job(job) + " never completes";
    return new Claim(
        spec("jobNeverCompletes", "job", job),
        words,
        picture -> JobClaims.neverCompletes(picture, words, job),
        picture -> JobClaims.end(picture, job));
  }

  /** No more pods of the Job succeeded than items were acked on its queue. */
  public static Claim accountsForEverySuccess() {
    return accountsForEverySuccess("");
  }

  public static Claim accountsForEverySuccess(String job) {
    String words = job(job) + " accounts for every success with an ack";
    return new Claim(
        spec("accountsForEverySuccess", "job", job),
        words,
        picture -> PodClaims.accountsForEverySuccess(picture, words, job),
        picture -> JobClaims.end(picture, job));
  }

  /** Each pod of the Job that succeeded finished one item, and none finished more. */
  public static Claim oneItemPerPod() {
    return oneItemPerPod("");
  }

  public static Claim oneItemPerPod(String job) {
    String words = job(job) + " processes one item per pod";
    return new Claim(
        spec("oneItemPerPod", "job", job),
        words,
        picture -> PodClaims.oneItemPerPod(picture, words, job),
        picture -> JobClaims.end(picture, job));
  }

  /**
   * Never more than this many pods of the Job ran at once; refuted only by what is certain, as
   * Kubernetes gives times in whole seconds. A pod on its way out beside its replacement is legal.
   */
  public static Claim runsAtMost(int pods) {
    return runsAtMost("", pods);
  }

  public static Claim runsAtMost(String job, int pods) {
    String words = job(job) + " runs at most " + pods + " at once";
    return new Claim(
        spec("runsAtMost", "job", job, "pods", pods),
        words,
        picture -> JobClaims.runsAtMost(picture, words, job, pods),
        picture -> JobClaims.end(picture, job));
  }

  /**
   * No pod of the Job took the place of one that was deleted before that had ended, as its {@code
   * podReplacementPolicy} may ask for.
   */
  public static Claim replacesOnlyWhatEnded() {
    return replacesOnlyWhatEnded("");
  }

  public static Claim replacesOnlyWhatEnded(String job) {
    String words = job(job) + " replaces pods only once they have ended";
    return new Claim(
        spec("replacesOnlyWhatEnded", "job", job),
        words,
        picture ->
            JobClaims.onJob(picture, words, job, each -> Replacement.judge(picture, words, each)),
        picture -> JobClaims.end(picture, job));
  }

  /** Each pod was announced by an event of its own; can be told of fewer than ten pods. */
  public static Claim announcesEachPod() {
    return announcesEachPod("");
  }

  public static Claim announcesEachPod(String job) {
    String words = job(job) + " announces each pod";
    return new Claim(
        spec("announcesEachPod", "job", job),
        words,
        picture -> JobClaims.announcesEachPod(picture, words, job),
        picture -> JobClaims.end(picture, job));
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
    String words = Counted.each(items.size(), "item") + " is processed exactly once";
    return new Claim(
        spec("processesEachExactlyOnce", "items", items.asData()),
        words,
        picture -> ItemClaims.processedExactlyOnce(picture, words, items),
        picture -> JobClaims.end(picture, ""));
  }

  /** Each item was worked on and is gone from its queue. */
  public static Claim processesEachAtLeastOnce(List<Item> items) {
    return processesEachAtLeastOnce(ItemNames.of(items));
  }

  private static Claim processesEachAtLeastOnce(ItemNames items) {
    String words = Counted.each(items.size(), "item") + " is processed at least once";
    return new Claim(
        spec("processesEachAtLeastOnce", "items", items.asData()),
        words,
        picture -> ItemClaims.processedAtLeastOnce(picture, words, items),
        picture -> JobClaims.end(picture, ""));
  }

  /** Each item was processed or is still in its queue. */
  public static Claim losesNothing(List<Item> items) {
    return losesNothing(ItemNames.of(items));
  }

  /** The same of all that the history holds as published to the queue. */
  public static Claim losesNothing(History history, String queue) {
    return losesNothing(ItemNames.published(history, queue));
  }

  private static String none(ItemNames items) {
    return items.size() == 1
        ? "the one item is not"
        : "none of " + Counted.of(items.size(), "item") + " is";
  }

  private static Claim losesNothing(ItemNames items) {
    String words = none(items) + " lost";
    return new Claim(
        spec("losesNothing", "items", items.asData()),
        words,
        picture -> ItemClaims.lostNothing(picture, words, items),
        picture -> JobClaims.end(picture, ""));
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
    String words = none(items) + " altered";
    return new Claim(
        spec("altersNothing", "items", items.asData()),
        words,
        picture -> ItemClaims.unaltered(picture, words, items),
        picture -> JobClaims.end(picture, ""));
  }

  /** No worker prints a password. */
  public static Claim keepsSecrets() {
    String words = "workers keep passwords to themselves";
    return new Claim(
        spec("keepsSecrets"),
        words,
        picture -> PodClaims.keepsSecrets(picture, words),
        picture -> JobClaims.end(picture, ""));
  }

  /**
   * The items that are lost, counted independently of the ledger, are exactly those that findings
   * name, and each Job that is not complete has a cause. Needs what was left in the queue, message
   * by message.
   */
  public static Claim explainsWhatIsLost() {
    String words = "what is lost is named, and each Job's end explained";
    return new Claim(
        spec("explainsWhatIsLost"),
        words,
        picture -> FinalCount.explained(picture, words),
        picture -> JobClaims.end(picture, ""));
  }

  /** No consumer of the queue holds an item beside the one that it works on. */
  public static Claim holdsOneAtATime(String queue) {
    String words = "consumers of queue " + queue + " hold one item at a time";
    return new Claim(
        spec("holdsOneAtATime", "queue", queue),
        words,
        picture -> ConsumerClaims.holdOneAtATime(picture, words, queue),
        picture -> QueueClaims.settled(picture, queue));
  }

  /** A worker is handed an item of the queue, whatever it makes of it. */
  public static Claim takesAnItem(String queue) {
    String words = "a worker takes an item of queue " + queue;
    return new Claim(
        spec("takesAnItem", "queue", queue),
        words,
        picture -> TakesAnItem.judge(picture, words, queue),
        picture -> TakesAnItem.taken(picture, queue));
  }

  /** No consumer of the queue is given an unlimited number of items, or items without acks. */
  public static Claim boundsItsPrefetch(String queue) {
    String words = "consumers of queue " + queue + " bound their prefetch";
    return new Claim(
        spec("boundsItsPrefetch", "queue", queue),
        words,
        picture -> ConsumerClaims.boundPrefetch(picture, words, queue),
        picture -> JobClaims.end(picture, ""));
  }

  /** Enough pods of the queue's Jobs were seen to say what one of them takes. */
  public static Claim measuresCosts(String queue) {
    String words = "what workers of queue " + queue + " cost is measured";
    return new Claim(
        spec("measuresCosts", "queue", queue),
        words,
        picture -> CostClaims.measured(picture, words, queue),
        picture -> JobClaims.end(picture, ""));
  }

  /**
   * The queue's workers cost no more than what the record says they are to be held against, beyond
   * what is tolerated; what was not measured both times neither passes nor fails.
   */
  public static Claim costsNoMore(String queue) {
    String words = "workers of queue " + queue + " cost no more than before";
    return new Claim(
        spec("costsNoMore", "queue", queue),
        words,
        picture -> CostClaims.noMore(picture, words, queue),
        picture -> JobClaims.end(picture, ""));
  }

  /** The tag of the worker's image says which one it is. */
  public static Claim pinsItsImage() {
    String words = "the worker's image is pinned";
    return new Claim(
        spec("pinsItsImage"),
        words,
        picture -> ImageClaims.isPinned(picture, words),
        picture -> JobClaims.end(picture, ""));
  }

  /** The worker's image is for the architecture of a node. */
  public static Claim isForTheNodes() {
    String words = "the worker's image is for the nodes' architecture";
    return new Claim(
        spec("isForTheNodes"),
        words,
        picture -> ImageClaims.isForTheNodes(picture, words),
        picture -> JobClaims.end(picture, ""));
  }

  /** The worker's image has at most this many MiB, unpacked. */
  public static Claim weighsAtMost(int mebibytes) {
    String words = "the worker's image has at most " + mebibytes + " MiB";
    return new Claim(
        spec("weighsAtMost", "mebibytes", mebibytes),
        words,
        picture -> ImageClaims.weighsAtMost(picture, words, mebibytes),
        picture -> JobClaims.end(picture, ""));
  }

  /** Some run of a worker failed, openly or hidden behind a success. */
  public static Claim someWorkFails() {
    String words = "some work fails";
    return new Claim(
        spec("someWorkFails"),
        words,
        picture -> ConsumerClaims.someWorkFails(picture, words),
        picture -> JobClaims.end(picture, ""));
  }

  /**
   * The cluster's API drops this field, for example job.spec.suspend: what needs it cannot be had.
   */
  public static Claim apiLacks(String field) {
    String words = "the API has no " + field;
    return new Claim(
        spec("apiLacks", "field", field),
        words,
        picture -> ApiClaims.lacks(picture, words, field),
        picture -> ApiClaims.tried(picture, field));
  }

  /** A cluster passes one of its {@link ClusterChecks}. */
  public static Claim passesCheck(String check) {
    return check("passesCheck", check, check + " holds", true);
  }

  /** It is known whether a cluster passes one of its {@link ClusterChecks}: for advice. */
  public static Claim answersCheck(String check) {
    return check("answersCheck", check, "it is known whether " + check + " holds", false);
  }

  private static Claim check(String name, String check, String words, boolean required) {
    return new Claim(
        spec(name, "check", check),
        words,
        picture -> ClusterChecks.answer(check, picture.history).conclusion(words, required),
        picture -> Optional.empty());
  }

  /** A worker whose pod is deleted ends within its grace period. */
  public static Claim endsInGrace() {
    String words = "workers that are told to end do so in time";
    return new Claim(
        spec("endsInGrace"),
        words,
        picture -> InterruptionClaims.endsInGrace(picture, words),
        picture -> JobClaims.end(picture, ""));
  }

  /** A fault of this kind struck a worker that had been given an item, and that ended by it. */
  public static Claim strikesAtWork(String fault) {
    String words = fault + " strikes a worker that has an item";
    return new Claim(
        spec("strikesAtWork", "fault", fault),
        words,
        picture -> InterruptionClaims.strikesAtWork(picture, words, fault),
        picture -> PodClaims.strike(picture, fault));
  }

  /**
   * All of the claims come out as each expects.
   *
   * @param words what they amount to, for example "the worker keeps takes-one-item"
   */
  public static Claim all(String words, List<Claim> parts) {
    List<Claim> copy = List.copyOf(parts);
    return new Claim(
        spec("all", "words", words, "parts", CompositeClaims.asData(copy)),
        words,
        picture -> CompositeClaims.all(picture, words, copy),
        picture -> CompositeClaims.lastDecided(picture, copy));
  }

  /** It is known whether all of the claims come out as each expects: for advice. */
  public static Claim whether(String words, List<Claim> parts) {
    List<Claim> copy = List.copyOf(parts);
    String question = "it is known whether " + words;
    return new Claim(
        spec("whether", "words", words, "parts", CompositeClaims.asData(copy)),
        question,
        picture -> CompositeClaims.whether(picture, question, copy),
        picture -> CompositeClaims.lastDecided(picture, copy));
  }

  /** A fault of this kind struck after an ack passed and before its client was let go on. */
  public static Claim strikesBetweenAckAndRelease(String fault) {
    String words = fault + " strikes between ack and release";
    return new Claim(
        spec("strikesBetweenAckAndRelease", "fault", fault),
        words,
        picture -> PodClaims.strikesBetweenAckAndRelease(picture, words, fault),
        picture -> PodClaims.strike(picture, fault));
  }

  /** The diagnosis finds this, not as a cause but as what follows from that cause. */
  public static Claim follows(FindingCode consequence, FindingCode cause) {
    return follows(consequence.name(), cause.name());
  }

  private static Claim follows(String consequence, String cause) {
    String words = consequence + " follows from " + cause;
    return new Claim(
        spec("follows", "consequence", consequence, "cause", cause),
        words,
        picture -> PodClaims.follows(picture, words, consequence, cause),
        picture -> JobClaims.end(picture, ""));
  }

  /**
   * While this fault lasted a worker ended on the node that it struck, as the wire shows, and no
   * end of any container there was reported.
   */
  public static Claim reportsNoEndDuring(String fault) {
    String words = "no end is reported during " + fault;
    return new Claim(
        spec("reportsNoEndDuring", "fault", fault),
        words,
        picture -> NodeClaims.reportsNoEndDuring(picture, words, fault),
        picture -> NodeClaims.healed(picture, fault));
  }

  /** The causes that the diagnosis finds are exactly these. */
  public static Claim diagnosedAs(FindingCode... codes) {
    return diagnosedAs(Arrays.stream(codes).map(Enum::name).sorted().toList());
  }

  private static Claim diagnosedAs(List<String> codes) {
    String words = "diagnosed as " + (codes.isEmpty() ? "nothing" : String.join(", ", codes));
    return new Claim(
        spec("diagnosedAs", "codes", codes),
        words,
        picture -> PodClaims.diagnosedAs(picture, words, codes),
        picture -> JobClaims.end(picture, ""));
  }

  /** Each item names a part of the data that the Job's pods mount, and is read as it was given. */
  public static Claim readsItsParts(String job) {
    String words = job(job) + " reads the part of its data that each item names";
    return new Claim(
        spec("readsItsParts", "job", job),
        words,
        picture -> DataClaims.readsItsParts(picture, words, job),
        picture -> JobClaims.end(picture, job));
  }

  /** The Job's pods read the same data on at least so many nodes. */
  public static Claim readsTheSameOn(String job, int nodes) {
    String words = job(job) + " reads the same data on " + Counted.of(nodes, "node");
    return new Claim(
        spec("readsTheSameOn", "job", job, "nodes", nodes),
        words,
        picture -> DataClaims.readsTheSameOn(picture, words, job, nodes),
        picture -> JobClaims.end(picture, job));
  }

  /** Where the Job's pods mount their data nothing can be written. */
  public static Claim refusesWrites(String job) {
    String words = job(job) + " mounts its data read-only";
    return new Claim(
        spec("refusesWrites", "job", job),
        words,
        picture -> DataClaims.refusesWrites(picture, words, job),
        picture -> JobClaims.end(picture, job));
  }

  /** The data that the Job's pods mount is as it was given when the Job is over. */
  public static Claim leavesDataUnchanged(String job) {
    String words = job(job) + " leaves its data unchanged";
    return new Claim(
        spec("leavesDataUnchanged", "job", job),
        words,
        picture -> DataClaims.leavesUnchanged(picture, words, job),
        picture -> picture.history.last(DataFound.class, each -> each.job().equals(job)));
  }

  /** The queue holds nothing, neither ready nor unacked. */
  public static Claim drains(String queue) {
    String words = "queue " + queue + " is drained";
    return new Claim(
        spec("drains", "queue", queue),
        words,
        picture -> QueueClaims.holds(picture, words, queue, 0, 0),
        picture -> QueueClaims.settled(picture, queue));
  }

  /** The queue holds exactly this many messages, all of them ready. */
  public static Claim leavesOver(String queue, int count) {
    String words = "queue " + queue + " is left with " + count;
    return new Claim(
        spec("leavesOver", "queue", queue, "count", count),
        words,
        picture -> QueueClaims.holds(picture, words, queue, count, 0),
        picture -> QueueClaims.settled(picture, queue));
  }

  /** The queue holds exactly this many messages, all of them with consumers that have not acked. */
  public static Claim keepsUnacked(String queue, int count) {
    String words = "queue " + queue + " keeps " + count + " unacked";
    return new Claim(
        spec("keepsUnacked", "queue", queue, "count", count),
        words,
        picture -> QueueClaims.holds(picture, words, queue, 0, count),
        picture -> QueueClaims.settled(picture, queue));
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
    return header.claims().stream().map(Claims::fromSpec).toList();
  }

  /** The names by which headers know claims. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static Claim fromSpec(ClaimSpec spec) {
    Claim claim =
        Optional.ofNullable(BY_NAME.get(spec.claim()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no claim \""
                            + spec.claim()
                            + "\". Known are: "
                            + String.join(", ", BY_NAME.keySet())))
            .apply(new Parameters(spec));
    return claim.expecting(Verdict.valueOf(spec.expected()));
  }

  private static Map<String, Function<Parameters, Claim>> byName() {
    Map<String, Function<Parameters, Claim>> claims = new TreeMap<>();
    claims.put("jobCompletesWith", of -> jobCompletesWith(of.text("job"), of.number("succeeded")));
    claims.put("jobCompletes", of -> jobCompletes(of.text("job")));
    claims.put("takesAnItem", of -> takesAnItem(of.text("queue")));
    claims.put("boundsItsPrefetch", of -> boundsItsPrefetch(of.text("queue")));
    claims.put("runsAtMost", of -> runsAtMost(of.text("job"), of.number("pods")));
    claims.put("replacesOnlyWhatEnded", of -> replacesOnlyWhatEnded(of.text("job")));
    claims.put("announcesEachPod", of -> announcesEachPod(of.text("job")));
    claims.put("processesEachExactlyOnce", of -> processesEachExactlyOnce(of.items()));
    claims.put("processesEachAtLeastOnce", of -> processesEachAtLeastOnce(of.items()));
    claims.put("jobFailsWith", of -> jobFailsWith(of.text("job"), of.text("reason")));
    claims.put("jobNeverCompletes", of -> jobNeverCompletes(of.text("job")));
    claims.put("accountsForEverySuccess", of -> accountsForEverySuccess(of.text("job")));
    claims.put("oneItemPerPod", of -> oneItemPerPod(of.text("job")));
    claims.put("losesNothing", of -> losesNothing(of.items()));
    claims.put("altersNothing", of -> altersNothing(of.items()));
    claims.put("keepsSecrets", of -> keepsSecrets());
    claims.put("explainsWhatIsLost", of -> explainsWhatIsLost());
    claims.put("strikesBetweenAckAndRelease", of -> strikesBetweenAckAndRelease(of.text("fault")));
    claims.put("diagnosedAs", of -> diagnosedAs(of.texts("codes")));
    claims.put("follows", of -> follows(of.text("consequence"), of.text("cause")));
    claims.put("reportsNoEndDuring", of -> reportsNoEndDuring(of.text("fault")));
    claims.put("apiLacks", of -> apiLacks(of.text("field")));
    claims.put("readsItsParts", of -> readsItsParts(of.text("job")));
    claims.put("readsTheSameOn", of -> readsTheSameOn(of.text("job"), of.number("nodes")));
    claims.put("refusesWrites", of -> refusesWrites(of.text("job")));
    claims.put("leavesDataUnchanged", of -> leavesDataUnchanged(of.text("job")));
    claims.put("passesCheck", of -> passesCheck(of.text("check")));
    claims.put("answersCheck", of -> answersCheck(of.text("check")));
    claims.put("holdsOneAtATime", of -> holdsOneAtATime(of.text("queue")));
    claims.put("measuresCosts", of -> measuresCosts(of.text("queue")));
    claims.put("costsNoMore", of -> costsNoMore(of.text("queue")));
    claims.put("endsInGrace", of -> endsInGrace());
    claims.put("strikesAtWork", of -> strikesAtWork(of.text("fault")));
    claims.put("pinsItsImage", of -> pinsItsImage());
    claims.put("isForTheNodes", of -> isForTheNodes());
    claims.put("weighsAtMost", of -> weighsAtMost(of.number("mebibytes")));
    claims.put("someWorkFails", of -> someWorkFails());
    claims.put("all", of -> all(of.text("words"), parts(of)));
    claims.put("whether", of -> whether(of.text("words"), parts(of)));
    claims.put("drains", of -> drains(of.text("queue")));
    claims.put("keepsUnacked", of -> keepsUnacked(of.text("queue"), of.number("count")));
    claims.put("leavesOver", of -> leavesOver(of.text("queue"), of.number("count")));
    return claims;
  }

  private static List<Claim> parts(Parameters of) {
    return of.claims("parts").stream().map(Claims::fromSpec).toList();
  }

  private static ClaimSpec spec(String name, Object... parameters) {
    return new ClaimSpec(name, Parameters.of(parameters), Verdict.VALID.name());
  }

  private static String job(String name) {
    return name.isEmpty() ? "job" : "job " + name;
  }
}
