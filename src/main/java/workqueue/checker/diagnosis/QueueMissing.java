package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import workqueue.checker.view.Picture;
import workqueue.checker.view.QueueView;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.RefusedByBroker;

/** The queue that the workers are to use does not exist. */
final class QueueMissing extends Cause {

  QueueMissing() {
    super(
        QUEUE_MISSING,
        Scope.BROKER,
        """
        The broker says that there is no such queue, to the harness or to a worker. `amqp-consume` does not declare a queue; one that was
        declared exclusive or auto-delete is gone with who declared it.
        """,
        Remedy.by(Who.BROKER, "declare the queue, durable"),
        Remedy.by(Who.AUTHOR, "declare the queue before consuming from it"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    for (String name : picture.jobQueues()) {
      QueueView queue = picture.queue(name);
      if (queue.missing()) {
        found.add(
            missing("queue " + name + " does not exist", name)
                .proof(queue.last().orElseThrow().seq()));
      }
    }
    boolean over = picture.jobs().stream().allMatch(job -> job.state().complete());
    return found.isEmpty() && !over ? byTheWorkers(seen) : found;
  }

  private static List<Suspicion> byTheWorkers(Examination seen) {
    List<FailedRuns.Run> failed = seen.runs().standing(QUEUE_MISSING);
    List<Recorded<RefusedByBroker>> refused =
        seen.picture()
            .history
            .all(
                RefusedByBroker.class,
                each ->
                    each.code() == 404 && each.text().toLowerCase(Locale.ROOT).contains("queue"));
    if (failed.isEmpty() && refused.isEmpty()) {
      return List.of();
    }
    String said = failed.isEmpty() ? refused.get(0).event().text() : failed.get(0).said();
    Stream<Long> proof =
        Stream.concat(
            failed.stream().flatMap(run -> run.proof().stream()),
            refused.stream().map(Recorded::seq));
    return List.of(
        missing("workers ask for a queue that does not exist (" + said + ")", "$QUEUE")
            .pods(failed.stream().map(run -> run.attempt().pod.ref.name()).toList())
            .proof(proof.toList()));
  }

  private static Suspicion missing(String message, String queue) {
    return Suspicion.of(QUEUE_MISSING, message)
        .remedy("amqp-declare-queue --url=$BROKER_URL -q " + queue + " -d");
  }
}
