package workqueue.checker.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.checker.view.WireView;
import workqueue.cost.Measure;
import workqueue.cost.Measurement;
import workqueue.history.ClusterEvent.ImageHeld;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.PodUse;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent.Acked;

/**
 * What the workers of a queue cost, pod by pod, as far as it was seen.
 *
 * <p>Times are those at which the harness saw things, by its own clock: Kubernetes gives its own in
 * whole seconds.
 */
public final class Costs {
  private static final double MEBIBYTE = 1 << 20;

  /** A pod of which fewer samples were had may have used far more between them. */
  private static final int SAMPLES = 3;

  private final Picture picture;
  private final String queue;
  private final Map<Measure, List<Double>> figures = new EnumMap<>(Measure.class);

  private Costs(Picture picture, String queue) {
    this.picture = picture;
    this.queue = queue;
  }

  public static Measurement of(History history, String queue) {
    return of(new Picture(history), queue);
  }

  public static Measurement of(Picture picture, String queue) {
    Costs costs = new Costs(picture, queue);
    costs.onTheWire();
    costs.ofPods();
    costs.ofImages();
    return new Measurement(costs.figures);
  }

  private List<JobView> jobs() {
    return picture.jobs().stream().filter(job -> job.queue().equals(queue)).toList();
  }

  /** A pod counts that was seen from its first moment, ran once, and exited 0. */
  private List<PodView> pods() {
    return jobs().stream()
        .flatMap(job -> job.pods.stream())
        .filter(pod -> pod.attempts().size() == 1 && pod.succeeded())
        .filter(pod -> pod.states().get(0).event().phase().equals("Pending"))
        .toList();
  }

  private void onTheWire() {
    Map<Long, Instant> acks = new HashMap<>();
    for (Recorded<Acked> each : picture.history.all(Acked.class)) {
      acks.put(each.seq(), each.at());
    }
    Map<String, PodView> pods = new HashMap<>();
    pods().forEach(pod -> pods.put(pod.ref.name(), pod));
    for (WireView.Handed handed : WireView.of(picture).all()) {
      Instant acked = acks.get(handed.ackSeq);
      if (acked == null || !handed.delivered.event().queue().equals(queue)) {
        continue;
      }
      Instant delivered = handed.delivered.at();
      add(Measure.WORK, delivered, acked);
      PodView pod = pods.get(handed.pod);
      if (pod != null) {
        add(Measure.START, pod.states().get(0).at(), delivered);
        add(Measure.END, acked, success(pod));
      }
    }
  }

  private void ofPods() {
    Map<String, List<PodUse>> uses =
        picture.history.all(PodUse.class).stream()
            .map(Recorded::event)
            .collect(Collectors.groupingBy(use -> use.pod().uid()));
    for (PodView pod : pods()) {
      add(Measure.POD, pod.states().get(0).at(), success(pod));
      // A kubelet that measures seldom tells the same again and again.
      List<PodUse> samples =
          uses.getOrDefault(pod.ref.uid(), List.of()).stream().distinct().toList();
      most(samples.stream().map(PodUse::cpuNanos).toList())
          .ifPresent(nanos -> add(Measure.CPU, nanos / 1e9));
      most(samples.stream().map(PodUse::memoryBytes).toList())
          .ifPresent(bytes -> add(Measure.MEMORY, bytes / MEBIBYTE));
    }
  }

  private static Optional<Long> most(List<Long> samples) {
    List<Long> known = samples.stream().filter(each -> each != null && each > 0).toList();
    return known.size() < SAMPLES ? Optional.empty() : known.stream().max(Long::compare);
  }

  private void ofImages() {
    List<String> images = jobs().stream().map(job -> job.state().spec().image()).toList();
    picture
        .history
        .all(ImageHeld.class, held -> held.bytes() != null && images.contains(held.image()))
        .stream()
        .map(each -> each.event().bytes())
        .max(Long::compare)
        .ifPresent(bytes -> add(Measure.IMAGE, bytes / MEBIBYTE));
  }

  private static Instant success(PodView pod) {
    return pod.states().stream()
        .filter(each -> each.event().phase().equals("Succeeded"))
        .map(Recorded<PodState>::at)
        .findFirst()
        .orElseThrow();
  }

  private void add(Measure measure, Instant from, Instant to) {
    add(measure, Duration.between(from, to).toNanos() / 1e9);
  }

  private void add(Measure measure, double value) {
    figures.computeIfAbsent(measure, any -> new ArrayList<>()).add(Math.round(value * 1e6) / 1e6);
  }
}
