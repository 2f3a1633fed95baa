package workqueue.history;

import java.time.Instant;
import java.util.List;

/**
 * What a history is of.
 *
 * @param scenario the scenario's id, for example {@code outcome.exact}
 * @param evidence how the worker shows what it did
 * @param claims what the scenario claims, never what came of it
 */
public record Header(
    String scenario,
    Instant startedAt,
    Environment environment,
    Evidence evidence,
    List<ClaimSpec> claims) {
  public Header {
    scenario = Text.required("scenario", scenario);
    Text.present("startedAt", startedAt);
    environment = environment == null ? Environment.unknown() : environment;
    evidence = evidence == null ? Evidence.none() : evidence;
    claims = claims == null ? List.of() : List.copyOf(claims);
  }

  public Header withClaims(List<ClaimSpec> stated) {
    return new Header(scenario, startedAt, environment, evidence, stated);
  }
}
