package workqueue.history;

import java.time.Instant;
import java.util.List;

/**
 * What a history is of.
 *
 * @param scenario the scenario's id, for example {@code outcome.exact}
 * @param evidence how the worker shows what it did
 * @param patienceSeconds how long a state that may pass by itself was waited for; null in records
 *     from before it was recorded
 * @param claims what the scenario claims, never what came of it
 */
public record Header(
    String scenario,
    Instant startedAt,
    Environment environment,
    Evidence evidence,
    Long patienceSeconds,
    List<ClaimSpec> claims) {
  public Header {
    scenario = Text.required("scenario", scenario);
    Text.present("startedAt", startedAt);
    environment = environment == null ? Environment.unknown() : environment;
    evidence = evidence == null ? Evidence.none() : evidence;
    claims = claims == null ? List.of() : List.copyOf(claims);
  }

  public Header withClaims(List<ClaimSpec> stated) {
    return new Header(scenario, startedAt, environment, evidence, patienceSeconds, stated);
  }

  /** A header that says nothing of patience. */
  public Header(
      String scenario,
      Instant startedAt,
      Environment environment,
      Evidence evidence,
      List<ClaimSpec> claims) {
    this(scenario, startedAt, environment, evidence, null, claims);
  }
}
