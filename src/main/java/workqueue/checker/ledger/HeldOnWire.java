package workqueue.checker.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;
import workqueue.history.WireEvent.ConsumerStarted;

/** Deliveries that a client held beside another one. */
public final class HeldOnWire {
  private HeldOnWire() {}

  /** How many items a pod held at once, and the delivery that made it so many. */
  public record Held(String pod, int count, long seq) {}

  /** What clients held at once, more than one item each, whether they acked it or not. */
  public static List<Held> in(Picture picture, String queue) {
    return held(picture, queue, handed -> true);
  }

  /** What clients held at once of what they fetched one by one, by {@code basic.get} with acks. */
  public static List<Held> fetched(Picture picture, String queue) {
    Set<String> consuming = consuming(picture);
    return held(
        picture,
        queue,
        handed ->
            handed.stream()
                .noneMatch(each -> consuming.contains(each.delivered.event().connection())));
  }

  private static List<Held> held(
      Picture picture, String queue, Predicate<List<WireView.Handed>> which) {
    return WireView.of(picture).byConnection(queue).values().stream()
        .filter(handed -> atOnce(handed) > 1)
        .filter(which)
        .map(
            handed -> {
              WireView.Handed last = handed.get(handed.size() - 1);
              return new Held(last.pod, atOnce(handed), last.delivered.seq());
            })
        .toList();
  }

  private static Set<String> consuming(Picture picture) {
    return picture.history.all(ConsumerStarted.class).stream()
        .map(each -> each.event().connection())
        .collect(Collectors.toSet());
  }

  /**
   * Who was given several items without acks, which settles them at once, and worked on fewer.
   *
   * @param fetched whether they were asked for one by one, by {@code basic.get}, or pushed
   */
  public record Unacked(Held held, int worked, boolean fetched) {}

  public static List<Unacked> withoutAcks(Picture picture, String queue) {
    List<Unacked> given = new ArrayList<>();
    if (!Ledger.of(picture).evidenceComplete()) {
      return given;
    }
    Set<String> consuming = consuming(picture);
    byRun(picture, queue)
        .forEach(
            (pod, handed) -> {
              if (handed.size() < 2) {
                return;
              }
              WireView.Handed last = handed.get(handed.size() - 1);
              int worked = worked(picture, handed);
              if (worked > 0 && worked < handed.size()) {
                given.add(
                    new Unacked(
                        new Held(pod, handed.size(), last.delivered.seq()),
                        worked,
                        handed.stream()
                            .noneMatch(
                                each -> consuming.contains(each.delivered.event().connection()))));
              }
            });
    return given;
  }

  /** What was delivered without acks to pods that ran once, on however many connections. */
  private static Map<String, List<WireView.Handed>> byRun(Picture picture, String queue) {
    return WireView.of(picture).byConnection(queue).values().stream()
        .flatMap(List::stream)
        .filter(each -> !each.pod.isEmpty() && !each.delivered.event().acks())
        .filter(each -> picture.podNamed(each.pod).filter(PodView::ranOnce).isPresent())
        .collect(Collectors.groupingBy(each -> each.pod, LinkedHashMap::new, Collectors.toList()));
  }

  /** On how many of them the pod that they were handed to worked. */
  private static int worked(Picture picture, List<WireView.Handed> handed) {
    Set<Long> seqs = handed.stream().map(each -> each.delivered.seq()).collect(Collectors.toSet());
    String pod = handed.get(0).pod;
    return (int)
        Ledger.of(picture).entries().stream()
            .filter(
                entry -> entry.deliveries().stream().anyMatch(each -> seqs.contains(each.seq())))
            .filter(entry -> entry.work().stream().anyMatch(each -> each.pod().equals(pod)))
            .count();
  }

  private static int atOnce(List<WireView.Handed> handed) {
    int most = 0;
    for (WireView.Handed one : handed) {
      long at = one.delivered.seq();
      int held =
          (int)
              handed.stream()
                  .filter(each -> each.delivered.event().acks())
                  .filter(each -> each.delivered.seq() <= at)
                  .filter(each -> each.settledSeq == 0 || each.settledSeq > at)
                  .count();
      most = Math.max(most, held);
    }
    return most;
  }
}
