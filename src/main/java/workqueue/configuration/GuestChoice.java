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
 * @param overlay what all pods get besides; absent if not given
 */
public record GuestChoice(
    Optional<String> namespace,
    ConformanceMode mode,
    List<String> pullSecrets,
    Optional<PodOverlay> overlay) {

  /** Nothing of it is given. */
  public static final GuestChoice NONE =
      new GuestChoice(Optional.empty(), ConformanceMode.QUICK, List.of(), Optional.empty());

  public GuestChoice {
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(overlay);
    pullSecrets = List.copyOf(pullSecrets);
  }
}
