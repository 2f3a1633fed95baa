package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Counted;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Finding.Role;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;
import workqueue.history.Evidence;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.Held;
import workqueue.history.WireEvent.Released;

/** The claims about what single pods did. */
final class PodClaims {
  private PodClaims() {}

  static Conclusion accountsForEverySuccess(Picture picture, String words, String name) {
    return JobClaims.onJob(
        picture,
        words,
        name,
        job -> {
          if (job.queue().isEmpty()) {
            return Conclusion.unknown(
                Explanation.of(words + ": the queue of " + job + " is not known")
                    .expected("a Job whose workers are told their queue by QUEUE")
                    .actual("none in the record"));
          }
          QueueView queue = picture.queue(job.queue());
          Sums sums = Sums.of(picture, queue);
          if (sums.acked().isEmpty() || picture.history.finalState().isEmpty()) {
            return Conclusion.unknown(
                Explanation.of(words + ": the acks on " + queue + " are not known")
                    .expected(Counted.of(sums.succeeded(), "success") + ", an ack for each")
                    .actual("neither the wire, nor the broker's counters, nor a final depth")
                    .remedy(Remedies.depth(queue.name)));
          }
          Explanation why =
              Explanation.of(
                      words
                          + ": "
                          + job
                          + " has "
                          + Counted.of(sums.succeeded(), "success")
                          + " on "
                          + queue
                          + " and "
                          + Counted.of(sums.acked().get(), "ack"))
                  .expected(Counted.of(sums.succeeded(), "success") + ", an ack for each")
                  .actual(Counted.of(sums.acked().get(), "ack") + ", says " + sums.ackedBy());
          if (sums.falseSuccesses() > 0) {
            return Conclusion.invalid(
                why.remedy(Remedies.logs(job.ref)),
                new Finding(
                    FindingCode.FALSE_SUCCESS,
                    Role.ROOT,
                    Counted.of(sums.falseSuccesses(), "pod") + " succeeded without an ack",
                    List.of(),
                    List.of(),
                    sums.proof().stream().sorted().toList()));
          }
          return sums.agree()
              ? Conclusion.valid()
              : Conclusion.unknown(
                  Explanation.of(words + ": the sources disagree").unseen(sums.disagreements()));
        });
  }

  static Conclusion oneItemPerPod(Picture picture, String words, String name) {
    return JobClaims.onJob(
        picture,
        words,
        name,
        job -> {
          Map<String, Set<Integer>> items = itemsByPod(picture);
          List<String> more = new ArrayList<>();
          List<String> fewer = new ArrayList<>();
          for (PodView pod : job.pods) {
            int count = items.getOrDefault(pod.ref.name(), Set.of()).size();
            if (count > 1) {
              more.add(pod.ref.name() + " with " + count);
            } else if (count == 0 && pod.succeeded()) {
              fewer.add(pod.ref.name());
            }
          }
          Explanation why =
              Explanation.of(
                      words
                          + ": "
                          + job
                          + " has "
                          + Stream.of(
                                  more.isEmpty()
                                      ? ""
                                      : Counted.of(more.size(), "pod") + " with several items",
                                  fewer.isEmpty()
                                      ? ""
                                      : Counted.of(fewer.size(), "pod")
                                          + " that succeeded with none")
                              .filter(each -> !each.isEmpty())
                              .collect(Collectors.joining(" and ")))
                  .expected("one item for each pod")
                  .actual(
                      Counted.of(more.size(), "pod")
                          + " with more, "
                          + fewer.size()
                          + " succeeded with none")
                  .missing(fewer)
                  .unexpected(more);
          Ledger ledger = Ledger.of(picture);
          // What lies in an output queue does not say which pod put it there.
          boolean byPod = picture.history.header().evidence().kind() != Evidence.Kind.OUTPUT_QUEUE;
          boolean sighted = (byPod && ledger.evidenceComplete()) || ledger.wire();
          if (!more.isEmpty() || (!fewer.isEmpty() && sighted)) {
            return Conclusion.invalid(why.remedy(Remedies.logs(job.ref)));
          }
          if (!sighted || !picture.allPodsSeen(job) || picture.history.finalState().isEmpty()) {
            return Conclusion.unknown(
                Explanation.of(words + ": cannot be told of " + job)
                    .expected("evidence of every pod, or the wire")
                    .actual(Counted.of(items.size(), "pod") + " seen with an item")
                    .unseen(ledger.unreadEvidence()));
          }
          return Conclusion.valid();
        });
  }

  /** The items that each pod finished, by its evidence and its acks. */
  private static Map<String, Set<Integer>> itemsByPod(Picture picture) {
    Map<String, Set<Integer>> items = new HashMap<>();
    for (LedgerEntry entry : Ledger.of(picture).entries()) {
      for (LedgerEntry.Work work : entry.work()) {
        if (!work.pod().isEmpty() && !work.brokenOff()) {
          items.computeIfAbsent(work.pod(), pod -> new HashSet<>()).add(entry.item());
        }
      }
      for (LedgerEntry.Delivery delivery : entry.deliveries()) {
        if (!delivery.pod().isEmpty() && (delivery.ackSeq() > 0 || !delivery.acks())) {
          items.computeIfAbsent(delivery.pod(), pod -> new HashSet<>()).add(entry.item());
        }
      }
    }
    return items;
  }

  static Conclusion strikesBetweenAckAndRelease(Picture picture, String words, String kind) {
    Optional<Recorded<FaultInjected>> strike = strike(picture, kind);
    List<Recorded<Acked>> acks = picture.history.all(Acked.class);
    if (strike.isEmpty() || acks.isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": the record does not show it")
              .expected("an ack on the wire, then the fault on its pod, then the release")
              .actual(
                  (acks.isEmpty() ? "no ack" : Counted.of(acks.size(), "ack"))
                      + ", "
                      + (strike.isEmpty() ? "no fault " + kind : "a fault " + kind)));
    }
    long at = strike.get().seq();
    String target = strike.get().event().target();
    // A fault is recorded before it strikes and again when it is certain that it has.
    long certain =
        picture
            .history
            .last(
                FaultInjected.class,
                each -> each.kind().equals(kind) && each.target().equals(target))
            .map(Recorded::seq)
            .orElseThrow();
    for (Recorded<Acked> ack : acks) {
      String connection = ack.event().connection();
      boolean held =
          picture.history.all(Held.class, each -> each.connection().equals(connection)).stream()
              .anyMatch(each -> ack.seq() < each.seq() && each.seq() < at);
      boolean released =
          picture
              .history
              .last(Released.class, each -> each.connection().equals(connection))
              .map(each -> each.seq() > certain)
              .orElse(false);
      if (held && released && struck(picture, target, picture.connections().podOf(connection))) {
        return Conclusion.valid();
      }
    }
    return Conclusion.unknown(
        Explanation.of(words + ": the fault missed its window")
            .expected("an ack on the wire, then the fault on its pod, then the release")
            .actual("the fault in event " + at + " lies outside"));
  }

  /** Whether the fault struck this pod, or the node that it was on. */
  private static boolean struck(Picture picture, String target, String pod) {
    return pod.equals(target)
        || picture.podNamed(pod).map(view -> view.node().equals(target)).orElse(false);
  }

  static Optional<Recorded<FaultInjected>> strike(Picture picture, String kind) {
    return picture.history.all(FaultInjected.class, each -> each.kind().equals(kind)).stream()
        .findFirst();
  }

  static Conclusion keepsSecrets(Picture picture, String words) {
    List<String> told = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      for (Attempt attempt : job.attempts()) {
        attempt.lines().stream()
            .filter(line -> line.event().secret())
            .findFirst()
            .ifPresent(line -> told.add(attempt + ": " + line.event().text()));
        if (attempt.began() && !attempt.logComplete()) {
          unread.add("the log of " + attempt);
        }
      }
    }
    if (!told.isEmpty()) {
      return Conclusion.invalid(
          Explanation.of(words + ": " + Counted.of(told.size(), "run") + " printed one")
              .expected("no password in any log")
              .actual(told.get(0)));
    }
    if (!unread.isEmpty() || picture.workers().isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words + ": cannot be told")
              .expected("every log read to its end")
              .actual(Counted.of(picture.workers().size(), "pod") + " seen")
              .unseen(unread));
    }
    return Conclusion.valid();
  }

  static Conclusion follows(Picture picture, String words, String consequence, String cause) {
    List<Finding> findings = Diagnosis.of(picture, Diagnosis.WINDOW).findings();
    List<String> told =
        findings.stream()
            .map(each -> each.code() + " (" + each.role().name().toLowerCase(Locale.ROOT) + ")")
            .toList();
    boolean holds =
        findings.stream().anyMatch(each -> is(each, cause, Role.ROOT))
            && findings.stream().anyMatch(each -> is(each, consequence, Role.CONSEQUENCE));
    if (holds) {
      return Conclusion.valid();
    }
    Explanation why =
        Explanation.of(
                words
                    + ": "
                    + picture.history.header().scenario()
                    + (told.isEmpty() ? " shows neither" : " shows otherwise"))
            .expected(cause + " (root), " + consequence + " (consequence)")
            .actual(told.isEmpty() ? "no finding" : String.join(", ", told));
    return told.isEmpty() ? Conclusion.unknown(why) : Conclusion.invalid(why);
  }

  private static boolean is(Finding finding, String code, Role role) {
    return finding.code().name().equals(code) && finding.role() == role;
  }

  static Conclusion diagnosedAs(Picture picture, String words, List<String> codes) {
    Diagnosis diagnosis = Diagnosis.of(picture, Diagnosis.WINDOW);
    List<String> roots = diagnosis.roots().stream().map(Enum::name).toList();
    List<String> missing = new ArrayList<>(codes);
    missing.removeAll(roots);
    List<String> unexpected = new ArrayList<>(roots);
    unexpected.removeAll(codes);
    if (missing.isEmpty() && unexpected.isEmpty()) {
      return Conclusion.valid();
    }
    List<String> unseen = new ArrayList<>();
    if (roots.isEmpty()) {
      unseen.addAll(Ledger.of(picture).unreadEvidence());
      unseen.addAll(Ledger.of(picture).doubts());
    }
    Explanation why =
        Explanation.of(
                words
                    + ": "
                    + picture.history.header().scenario()
                    + " has "
                    + (roots.isEmpty() ? "no root" : "root " + String.join(", ", roots)))
            .expected(codes.isEmpty() ? "no root" : "root " + String.join(", ", codes))
            .actual(roots.isEmpty() ? "no root" : "root " + String.join(", ", roots))
            .missing(missing)
            .unexpected(unexpected)
            .unseen(unseen);
    boolean blind =
        roots.isEmpty() && (picture.history.finalState().isEmpty() || !unseen.isEmpty());
    return blind ? Conclusion.unknown(why) : Conclusion.invalid(why);
  }
}
