package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.FALSE_SUCCESS;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.Sums;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.QueueView;
import workqueue.checker.view.WireView;
import workqueue.history.Event;
import workqueue.history.WireEvent.CloseAsked;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.End;

/** More pods succeeded than items were acknowledged. */
final class FalseSuccess extends Cause {

  FalseSuccess() {
    super(
        FALSE_SUCCESS,
        Scope.QUEUE,
        """
        A worker exits 0 although its item was not acknowledged, so that the Job counts a success that was none and the item goes back to
        the queue. Where the last command of a shell hides the exit code of the one before, or an error is caught and forgotten, it looks
        like this.
        """,
        Remedy.by(
            Who.AUTHOR,
            "exit with an error where the work or the ack fails; in a shell, set -e and pipefail"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return Ledger.of(picture).byQueue().keySet().stream()
        .flatMap(name -> on(picture, name).stream())
        .toList();
  }

  private static Optional<Suspicion> on(Picture picture, String name) {
    Ledger ledger = Ledger.of(picture);
    QueueView queue = picture.queue(name);
    Sums sums = Sums.of(picture, queue);
    if (sums.falseSuccesses() == 0) {
      return leftUnacked(picture, queue);
    }
    Set<String> acked = ackers(ledger);
    List<String> pods =
        queue.jobs().stream()
            .flatMap(job -> job.pods.stream())
            .filter(PodView::succeeded)
            .map(pod -> pod.ref.name())
            .filter(pod -> !ledger.wire() || !acked.contains(pod))
            .toList();
    return Optional.of(
        Suspicion.of(
                FALSE_SUCCESS,
                Counted.of(sums.succeeded(), "pod")
                    + " succeeded on queue "
                    + name
                    + " and only "
                    + Counted.were(sums.acked().orElseThrow(), "item")
                    + " acked, says "
                    + sums.ackedBy())
            .items(
                ledger.entries().stream()
                    .filter(entry -> entry.queue().equals(name) && entry.leftOver().holds())
                    .toList())
            .pods(pods)
            .proof(sums.proof())
            .remedy(
                queue.jobs().stream()
                    .findFirst()
                    .map(job -> Remedies.logs(job.ref))
                    .orElse(Remedies.depth(name))));
  }

  /** Who goes on from item to item may ack as many as there are pods, and leave others unacked. */
  private static Optional<Suspicion> leftUnacked(Picture picture, QueueView queue) {
    Set<String> drained =
        queue.jobs().stream()
            .filter(job -> job.state().spec().completions() == null)
            .flatMap(job -> job.pods.stream())
            .filter(pod -> pod.succeeded() && pod.deletionAt().isEmpty())
            .map(pod -> pod.ref.name())
            .collect(Collectors.toSet());
    if (drained.isEmpty()) {
      return Optional.empty();
    }
    Set<Long> left =
        WireView.of(picture)
            .from(queue.name)
            .filter(handed -> handed.requeued && wasLeft(picture.event(handed.settledSeq).event()))
            .map(handed -> handed.delivered.seq())
            .collect(Collectors.toSet());
    Map<LedgerEntry, List<LedgerEntry.Work>> unacked = new LinkedHashMap<>();
    for (LedgerEntry entry : Ledger.of(picture).entries()) {
      List<LedgerEntry.Work> work =
          entry.work().stream()
              .filter(each -> drained.contains(each.pod()) && endedWell(each))
              .filter(each -> isLeft(entry, each.pod(), left))
              .toList();
      if (entry.queue().equals(queue.name) && !work.isEmpty()) {
        unacked.put(entry, work);
      }
    }
    if (unacked.isEmpty()) {
      return Optional.empty();
    }
    List<LedgerEntry.Work> work = unacked.values().stream().flatMap(List::stream).toList();
    List<String> pods = work.stream().map(LedgerEntry.Work::pod).distinct().toList();
    return Optional.of(
        Suspicion.of(
                FALSE_SUCCESS,
                Counted.of(pods.size(), "pod")
                    + " succeeded on queue "
                    + queue.name
                    + " and never acked "
                    + Counted.of(unacked.size(), "item")
                    + " that "
                    + (pods.size() == 1 ? "it" : "they")
                    + " had worked on, says the wire")
            .items(List.copyOf(unacked.keySet()))
            .pods(pods)
            .proof(work.stream().map(LedgerEntry.Work::seq).toList())
            .remedy(Remedies.logs(picture)));
  }

  /** Whether a client closed its channel or its connection, or was gone. */
  private static boolean wasLeft(Event settled) {
    return settled instanceof CloseAsked close
        ? close.byClient()
        : settled instanceof ConnectionEnded ended && ended.byClient() && ended.end() != End.CUT;
  }

  private static boolean endedWell(LedgerEntry.Work work) {
    return work.exitCode() != null && work.exitCode() == 0;
  }

  /** Whether all that the pod was handed of the item it left unsettled. */
  private static boolean isLeft(LedgerEntry entry, String pod, Set<Long> left) {
    List<Long> handed =
        entry.deliveries().stream()
            .filter(each -> each.pod().equals(pod))
            .map(LedgerEntry.Delivery::seq)
            .toList();
    return !handed.isEmpty() && left.containsAll(handed);
  }

  /** The pods that acked something, or got it without having to, as the wire saw them. */
  private static Set<String> ackers(Ledger ledger) {
    return ledger.entries().stream()
        .flatMap(entry -> entry.deliveries().stream())
        .filter(delivery -> delivery.ackSeq() > 0 || !delivery.acks())
        .map(LedgerEntry.Delivery::pod)
        .collect(Collectors.toSet());
  }
}
