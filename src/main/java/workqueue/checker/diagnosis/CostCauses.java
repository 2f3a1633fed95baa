package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.cost.Change;
import workqueue.cost.Comparison;
import workqueue.cost.Measure;
import workqueue.cost.Measurement;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.HarnessEvent.Past;
import workqueue.history.HarnessEvent.RivalGiven;
import workqueue.history.Recorded;

/** Workers that cost more than what they are to be held against. */
public final class CostCauses {
  private final Picture picture;
  private final List<Compared> all = new ArrayList<>();

  private CostCauses(Picture picture) {
    this.picture = picture;
    for (Recorded<RivalGiven> each : picture.history.all(RivalGiven.class)) {
      String other = each.event().other();
      compare(each.seq(), each.event().queue(), named(each.event()), rival(other));
    }
    for (Recorded<BaselineGiven> each : picture.history.all(BaselineGiven.class)) {
      past(picture, each.event())
          .ifPresent(
              past ->
                  compare(
                      each.seq(),
                      each.event().queue(),
                      "their baseline " + each.event().file(),
                      past.runs().stream().map(Measurement::fromData).toList()));
    }
  }

  /**
   * What came of one comparison.
   *
   * @param seq of the event that asked for it
   * @param with what the queue's workers were compared with, in words
   */
  public record Compared(long seq, String queue, String with, Comparison comparison) {}

  /** All comparisons that the record asks for and allows. */
  public static List<Compared> compared(Picture picture) {
    return new CostCauses(picture).all;
  }

  /** What became worse so that it is found by this code. */
  static List<Suspicion> worse(Picture picture, FindingCode code) {
    List<Suspicion> found = new ArrayList<>();
    for (Compared each : compared(picture)) {
      each.comparison().worse().stream()
          .filter(change -> code(change.measure()) == code)
          .forEach(change -> found.add(suspicion(each, change)));
    }
    return found;
  }

  /** What was measured on a cluster, a broker and a machine like those of this record. */
  public static Optional<Past> past(Picture picture, BaselineGiven baseline) {
    return baseline.pasts().stream()
        .filter(past -> past.isOf(picture.history.header().environment()))
        .filter(baseline::isOfItsMachine)
        .findFirst();
  }

  static FindingCode code(Measure measure) {
    return switch (measure) {
      case START, WORK, END, POD -> FindingCode.SLOWER;
      case CPU, MEMORY, IMAGE -> FindingCode.HEAVIER;
    };
  }

  public static Suspicion suspicion(Compared compared, Change change) {
    FindingCode code = code(change.measure());
    return Suspicion.of(
            code,
            "workers of queue "
                + compared.queue()
                + " are "
                + (code == FindingCode.SLOWER ? "slower" : "heavier")
                + " than "
                + compared.with()
                + ": "
                + change.words())
        .proof(compared.seq());
  }

  /** The image is told where it is what the two differ in. */
  private String named(RivalGiven given) {
    Optional<String> image = image(given.other());
    return "those of queue "
        + given.other()
        + (image.equals(image(given.queue()))
            ? ""
            : image.map(name -> " (image " + name + ")").orElse(""));
  }

  private Optional<String> image(String queue) {
    return picture.jobs().stream()
        .filter(job -> job.queue().equals(queue))
        .map(job -> job.state().spec().image())
        .findFirst();
  }

  private List<Measurement> rival(String queue) {
    return List.of(Costs.of(picture, queue));
  }

  private void compare(long seq, String queue, String with, List<Measurement> before) {
    all.add(new Compared(seq, queue, with, Comparison.of(before, Costs.of(picture, queue))));
  }
}
