package workqueue.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.checker.Finding.Role;
import workqueue.history.History;

/**
 * What a history shows to be the matter, told from the history alone: causes first, then what
 * follows from them.
 */
public record Diagnosis(List<Finding> findings) {
  /** How long nothing may change before pods that wait are said to wait for ever. */
  public static final Duration WINDOW = Duration.ofSeconds(10);

  private static final List<Cause> CAUSES =
      List.of(
          new InitNotFinished(),
          new ConfigurationMissing(),
          NotCreated.volume(),
          NotCreated.sandbox(),
          new SchedulerInactive(),
          new CompletionsUnset(),
          new ContainerStillRunning(),
          new NotExited(),
          new OtherQueue(),
          new NotConsuming());

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  public static Diagnosis of(History history) {
    return of(history, WINDOW);
  }

  /** The diagnosis with another window than {@link #WINDOW}. */
  public static Diagnosis of(History history, Duration window) {
    return of(new Picture(history), window);
  }

  static Diagnosis of(Picture picture, Duration window) {
    FailedRuns runs = new FailedRuns(picture);
    List<Suspicion> found = new ArrayList<>();
    found.addAll(NodeCauses.in(picture));
    found.addAll(PodCauses.in(picture, runs));
    List<Suspicion> replies = new ArrayList<>(new RefusedByReply(runs).in(picture, window));
    replies.addAll(new HeartbeatMissed().in(picture, window));
    if (replies.stream().noneMatch(each -> each.code() == FindingCode.NEGOTIATION_FAILED)) {
      replies.addAll(new NegotiationFailed().in(picture, window));
    }
    found.addAll(replies);
    found.addAll(BrokerCauses.in(picture, runs, replies));
    CAUSES.forEach(cause -> found.addAll(cause.in(picture, window)));
    found.addAll(JobCauses.in(picture, runs, window));
    found.addAll(ItemCauses.in(picture));
    found.addAll(ConsumerCauses.in(picture));
    found.addAll(CostCauses.in(picture));
    found.addAll(WorkerFailed.in(picture, runs, found));
    found.addAll(ProgressCauses.in(picture, found, window));
    return new Diagnosis(sort(found, picture));
  }

  /** The codes of the causes. */
  public Set<FindingCode> roots() {
    Set<FindingCode> roots = EnumSet.noneOf(FindingCode.class);
    findings.stream()
        .filter(finding -> finding.role() == Role.ROOT)
        .forEach(finding -> roots.add(finding.code()));
    return roots;
  }

  public Optional<Finding> finding(FindingCode code) {
    return findings.stream().filter(finding -> finding.code() == code).findFirst();
  }

  private static List<Finding> sort(List<Suspicion> found, Picture picture) {
    List<Finding> findings = new ArrayList<>();
    for (Suspicion each : found) {
      Optional<Suspicion> root = Because.rootOf(each, found, picture);
      findings.add(root.map(each::asConsequenceOf).orElseGet(each::asRoot));
    }
    findings.sort(Comparator.comparing(Finding::role).thenComparing(Finding::code));
    return findings;
  }
}
