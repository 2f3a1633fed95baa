package workqueue.configuration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the harness behaves on a cluster that exists.
 *
 * @param namespace one that exists, outside of which nothing is made; absent if not given
 * @param mode how closely the cluster is looked at
 * @param pullSecrets names of Secrets in that namespace, which pods are told and nobody reads
 */
public record GuestChoice(
    Optional<String> namespace, ConformanceMode mode, List<String> pullSecrets) {

  /** Nothing of it is given. */
  public static final GuestChoice NONE =
      new GuestChoice(Optional.empty(), ConformanceMode.QUICK, List.of());

  public GuestChoice {
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(mode);
    pullSecrets = List.copyOf(pullSecrets);
  }
}
