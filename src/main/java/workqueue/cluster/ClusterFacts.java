package workqueue.cluster;

/**
 * What a cluster says of itself.
 *
 * @param kind {@code throwaway} or {@code existing}
 * @param distribution what follows the version's plus sign, without its number: {@code k3s}
 * @param version as the API server gives it, for example {@code v1.36.2+k3s1}
 * @param nodes how many there are; null where that is not looked at
 */
public record ClusterFacts(String kind, String distribution, String version, Integer nodes) {

  static ClusterFacts of(String kind, String version, Integer nodes) {
    int plus = version.indexOf('+');
    String suffix = plus < 0 ? "" : version.substring(plus + 1).replaceAll("[0-9.]+$", "");
    return new ClusterFacts(kind, suffix.isEmpty() ? "kubernetes" : suffix, version, nodes);
  }
}
