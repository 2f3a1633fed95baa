package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.checker.diagnosis.CostCauses;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.view.Picture;
import workqueue.cost.Change;
import workqueue.cost.Comparison;
import workqueue.cost.Measure;
import workqueue.cost.Measurement;
import workqueue.history.Environment;
import workqueue.history.HarnessEvent.BaselineGiven;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.HarnessEvent.Past;
import workqueue.history.Recorded;
import workqueue.history.Source;

/**
 * The queue's workers cost no more than what the record says they are to be held against, beyond
 * what is tolerated; what was not measured both times neither passes nor fails.
 */
record CostsNoMore(String queue) implements Statement {
  @Override
  public String words() {
    return "workers of queue " + queue + " cost no more than before";
  }

  @Override
  public Conclusion judge(Picture picture) {
    Optional<Conclusion> misfit = misfit(picture, words(), queue);
    if (misfit.isPresent()) {
      return misfit.get();
    }
    List<CostCauses.Compared> compared =
        CostCauses.compared(picture).stream().filter(each -> each.queue().equals(queue)).toList();
    if (compared.stream().allMatch(each -> each.comparison().changes().isEmpty())) {
      return Conclusion.unknown(
          Explanation.of(words() + ": nothing was measured both times")
              .expected("figures of " + Measurement.FEWEST + " pods or more, before and now")
              .actual(compared.isEmpty() ? "nothing to compare with" : "none of them"));
    }
    Finding[] worse =
        compared.stream()
            .flatMap(
                each ->
                    each.comparison().worse().stream()
                        .map(change -> CostCauses.suspicion(each, change).asRoot()))
            .toArray(Finding[]::new);
    if (worse.length > 0) {
      return Conclusion.invalid(
          Explanation.of(
                  words()
                      + ": "
                      + compared.stream()
                          .flatMap(each -> each.comparison().worse().stream())
                          .map(Change::brief)
                          .collect(Collectors.joining(", ")))
              .expected("no more than " + compared.get(0).with() + ", and what is tolerated")
              .actual(
                  compared.stream()
                      .flatMap(each -> each.comparison().worse().stream())
                      .map(Change::words)
                      .collect(Collectors.joining("\n              "))),
          worse);
    }
    return new Conclusion(
        Verdict.VALID, unmeasured(picture, words(), compared.get(0).comparison()), List.of());
  }

  /** A baseline of another cluster, broker or machine tells nothing about this one. */
  private static Optional<Conclusion> misfit(Picture picture, String words, String queue) {
    return picture
        .history
        .last(BaselineGiven.class, each -> each.queue().equals(queue))
        .map(Recorded::event)
        .filter(baseline -> CostCauses.past(picture, baseline).isEmpty())
        .map(
            baseline -> {
              Environment here = picture.history.header().environment();
              List<Past> alike = baseline.pasts().stream().filter(past -> past.isOf(here)).toList();
              Explanation why =
                  alike.isEmpty()
                      ? Explanation.of(words + ": " + baseline.file() + " is of other versions")
                          .expected(versions(here.cluster().version(), here.broker().version()))
                          .actual(
                              baseline.pasts().stream()
                                  .map(CostsNoMore::versions)
                                  .collect(Collectors.joining("; ")))
                      : Explanation.of(words + ": " + baseline.file() + " is of other machines")
                          .expected(baseline.machine())
                          .actual(
                              alike.stream().map(Past::machine).collect(Collectors.joining("; ")));
              return Conclusion.unknown(
                  why.remedy("mvn verify -Pgate -Dwq.gate.record=" + baseline.file()));
            });
  }

  private static String versions(Past past) {
    return versions(past.kubernetes(), past.rabbitmq());
  }

  private static String versions(String kubernetes, String rabbitmq) {
    return "Kubernetes " + kubernetes + ", RabbitMQ " + rabbitmq;
  }

  /** What could not be compared, which neither passes nor fails; empty if all could be. */
  private static String unmeasured(Picture picture, String words, Comparison comparison) {
    if (comparison.unmeasured().isEmpty()) {
      return "";
    }
    String what =
        comparison.unmeasured().stream().map(Measure::words).collect(Collectors.joining(", "));
    List<String> why =
        picture.history.gaps(Source.USE).stream().map(Recorded::event).map(Gap::why).toList();
    return words
        + ", as far as it was measured; not measured: "
        + what
        + (why.isEmpty() ? "" : " (" + why.get(0) + ")");
  }
}
