package workqueue.configuration;

/** Which cluster the scenarios run on. */
public sealed interface ClusterChoice {

  /** A cluster that the harness starts for the run and throws away after it. */
  record Throwaway() implements ClusterChoice {}

  /** The cluster that the kubeconfig's current context names. */
  record Current() implements ClusterChoice {}

  /**
   * The cluster that a context of the kubeconfig names.
   *
   * @param name the context's name; whether it exists is not known here
   */
  record Context(String name) implements ClusterChoice {
    public Context {
      if (name.isBlank()) {
        throw new IllegalArgumentException("A kubeconfig context has a name.");
      }
    }
  }

  /** Whether the cluster was there before the run and stays after it. */
  default boolean exists() {
    return !(this instanceof Throwaway);
  }
}
