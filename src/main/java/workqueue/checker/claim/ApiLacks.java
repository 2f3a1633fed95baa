package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/**
 * The cluster's API drops this field, for example job.spec.suspend: what needs it cannot be had.
 */
record ApiLacks(String field) implements Statement {
  @Override
  public String words() {
    return "the API has no " + field;
  }

  @Override
  public Conclusion judge(Picture picture) {
    Optional<Recorded<Probe>> tried = tried(picture);
    Outcome outcome = tried.map(each -> each.event().outcome()).orElse(Outcome.NOT_TRIED);
    return switch (outcome) {
      case NOT_FOUND -> Conclusion.valid();
      case OK ->
          Conclusion.invalid(
              Explanation.of(words() + ": it has")
                  .expected("a dry run that drops " + field)
                  .actual("a dry run that keeps it, in event " + tried.orElseThrow().seq())
                  .remedy("kubectl explain " + field));
      default ->
          Conclusion.unknown(
              Explanation.of(words() + ": it was not seen")
                  .expected("a dry run with " + field)
                  .actual(tried.map(each -> each.event().detail()).orElse("none"))
                  .remedy("kubectl explain " + field));
    };
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return tried(picture);
  }

  /** The last dry run with this field. */
  private Optional<Recorded<Probe>> tried(Picture picture) {
    return picture.history.last(
        Probe.class, each -> each.tried() == Try.DRY_RUN && each.target().equals(field));
  }
}
