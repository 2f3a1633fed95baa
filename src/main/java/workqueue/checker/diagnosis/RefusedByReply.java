package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workqueue.checker.view.Picture;
import workqueue.checker.view.WireView;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.RefusedByBroker;

/** What the broker refuses its workers, told by its own words: on the wire first, else in a log. */
final class RefusedByReply {
  private RefusedByReply() {}

  static Map<Refusal, Suspicion> in(Picture picture, FailedRuns runs) {
    boolean over =
        !picture.jobs().isEmpty()
            && picture.jobs().stream().allMatch(job -> job.state().complete());
    if (over) {
      return Map.of();
    }
    Map<Refusal, Suspicion> found = new EnumMap<>(Refusal.class);
    Map<Refusal, List<Recorded<RefusedByBroker>>> byRefusal = replies(picture);
    for (Refusal refusal : Refusal.values()) {
      List<Recorded<RefusedByBroker>> replies = byRefusal.getOrDefault(refusal, List.of());
      List<FailedRuns.Run> failed = runs.standing(refusal.code());
      Optional<String> said =
          replies.stream()
              .map(each -> each.event().text())
              .findFirst()
              .or(() -> failed.stream().map(FailedRuns.Run::said).findFirst());
      said.ifPresent(text -> found.put(refusal, of(picture, refusal, replies, failed, text)));
    }
    return found;
  }

  private static Suspicion of(
      Picture picture,
      Refusal refusal,
      List<Recorded<RefusedByBroker>> replies,
      List<FailedRuns.Run> failed,
      String said) {
    NotAsGiven notAsGiven = new NotAsGiven(picture);
    Optional<Recorded<RefusedByBroker>> differing =
        replies.stream().filter(each -> notAsGiven.words(each.event()).isPresent()).findFirst();
    String message =
        refusal == Refusal.LOGIN
            ? refusal.message()
            : message(refusal, said) + " (" + said.strip() + ")";
    return Suspicion.of(
            refusal.code(),
            differing
                .flatMap(each -> notAsGiven.words(each.event()))
                .map(words -> message + ": " + words)
                .orElse(message))
        .pods(
            Stream.concat(
                    replies.stream()
                        .map(each -> picture.connections().podOf(each.event().connection())),
                    failed.stream().map(run -> run.attempt().pod.ref.name()))
                .toList())
        .proof(
            Stream.of(
                    replies.stream().map(Recorded::seq),
                    failed.stream().flatMap(run -> run.proof().stream()),
                    differing.stream().flatMap(each -> notAsGiven.proof(each.event()).stream()))
                .flatMap(each -> each)
                .toList())
        .remedy(differing.isPresent() ? Remedies.environment(picture) : remedy(refusal, said));
  }

  /** A queue is meant by all that is refused alike, unless the broker names an exchange. */
  private static String message(Refusal refusal, String said) {
    return isOfExchange(refusal, said)
        ? "a worker declares an exchange otherwise than it is"
        : refusal.message();
  }

  private static String remedy(Refusal refusal, String said) {
    return isOfExchange(refusal, said)
        ? "rabbitmqctl list_exchanges name type durable auto_delete arguments"
        : refusal.remedy();
  }

  private static boolean isOfExchange(Refusal refusal, String said) {
    return refusal == Refusal.QUEUE_MISMATCH && said.contains("for exchange ");
  }

  /** The replies after which their pod got no further, by what they refuse. */
  private static Map<Refusal, List<Recorded<RefusedByBroker>>> replies(Picture picture) {
    Map<Refusal, List<Recorded<RefusedByBroker>>> replies = new EnumMap<>(Refusal.class);
    for (Recorded<RefusedByBroker> each : picture.history.all(RefusedByBroker.class)) {
      refusalOf(each.event())
          .filter(refusal -> refusal == Refusal.ACK_TIMED_OUT || !isOvercome(picture, each))
          .ifPresent(
              refusal -> replies.computeIfAbsent(refusal, any -> new ArrayList<>()).add(each));
    }
    return replies;
  }

  /** Whether the pod consumed or was given something after that. */
  private static boolean isOvercome(Picture picture, Recorded<RefusedByBroker> reply) {
    String pod = picture.connections().podOf(reply.event().connection());
    return !pod.isEmpty()
        && (picture.connections().consumersOf(pod).stream()
                .anyMatch(later -> later.seq() > reply.seq())
            || WireView.of(picture).to(pod).stream()
                .anyMatch(later -> later.delivered.seq() > reply.seq()));
  }

  /** A 403 on a connection that says nothing else is about the login. */
  private static Optional<Refusal> refusalOf(RefusedByBroker reply) {
    Optional<Refusal> told = Refusal.in(reply.text());
    if (told.isEmpty() || told.get() == Refusal.LOGIN) {
      return reply.code() == 403
          ? Optional.of(reply.channel() == 0 ? Refusal.LOGIN : Refusal.PERMISSION_DENIED)
          : reply.code() == 530 ? told.or(() -> Optional.of(Refusal.LOGIN)) : Optional.empty();
    }
    return told;
  }
}
