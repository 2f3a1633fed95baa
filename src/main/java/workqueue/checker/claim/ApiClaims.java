package workqueue.checker.claim;

import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/** The claims about what a cluster's API can do, told from dry runs. */
final class ApiClaims {
  private ApiClaims() {}

  static Conclusion lacks(Picture picture, String words, String field) {
    Optional<Recorded<Probe>> tried = tried(picture, field);
    Outcome outcome = tried.map(each -> each.event().outcome()).orElse(Outcome.NOT_TRIED);
    return switch (outcome) {
      case NOT_FOUND -> Conclusion.valid();
      case OK ->
          Conclusion.invalid(
              Explanation.of(words + ": it has")
                  .expected("a dry run that drops " + field)
                  .actual("a dry run that keeps it, in event " + tried.orElseThrow().seq())
                  .remedy("kubectl explain " + field));
      default ->
          Conclusion.unknown(
              Explanation.of(words + ": it was not seen")
                  .expected("a dry run with " + field)
                  .actual(tried.map(each -> each.event().detail()).orElse("none"))
                  .remedy("kubectl explain " + field));
    };
  }

  /** The last dry run with this field. */
  static Optional<Recorded<Probe>> tried(Picture picture, String field) {
    return picture.history.last(
        Probe.class, each -> each.tried() == Try.DRY_RUN && each.target().equals(field));
  }
}
