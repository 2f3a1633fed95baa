package workqueue.cluster;

import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that the harness does on a cluster.
 *
 * @param verb of the API: create, get, watch …
 * @param group of the resource; empty for the core group
 * @param resource in the plural
 * @param subresource empty for the resource itself
 * @param name of the only object that it is about; empty for any
 */
public record Right(String verb, String group, String resource, String subresource, String name) {

  /** Several verbs on a resource. */
  public static List<Right> to(String group, String resource, String... verbs) {
    return of(group, resource, "", verbs).toList();
  }

  /** Several verbs on a part of a resource. */
  public static List<Right> toPart(
      String group, String resource, String subresource, String... verbs) {
    return of(group, resource, subresource, verbs).toList();
  }

  /** The same about one object only. */
  public Right named(String object) {
    return new Right(verb, group, resource, subresource, object);
  }

  /**
   * All that the harness does, so that what is missing is told before anything is made.
   *
   * @param slices whether the API has EndpointSlices
   */
  static List<Right> all(boolean slices) {
    return Stream.concat(ALWAYS.stream(), (slices ? SLICES : ENDPOINTS).stream()).toList();
  }

  /**
   * All that a suite uses where it stays in a namespace that exists, whatever the version: what it
   * cannot do without, commands in its own pods, and the Secrets that a worker's Job refers to.
   */
  public static List<Right> ofStay() {
    return Stream.of(
            ofStay(true).stream(),
            ofStay(false).stream(),
            of("", "pods", "exec", "create", "get"),
            of("", "secrets", "", "create", "delete"))
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  /** A right that a suite can do without where it stays in a namespace. */
  public static final Right EXEC = new Right("create", "", "pods", "exec", "");

  /**
   * What a suite cannot do without where it stays in a namespace that exists; it asks for none
   * outside of that.
   *
   * @param slices whether the API has EndpointSlices
   */
  public static List<Right> ofStay(boolean slices) {
    return Stream.of(
            of("", "configmaps", "", "create", "delete", "get"),
            of("", "pods", "", "create", "delete", "get", "list", "watch"),
            of("", "pods", "log", "get"),
            of("", "pods", "portforward", "create", "get"),
            of("", "services", "", "create", "delete", "get", "list", "watch"),
            of("", "replicationcontrollers", "", "create", "delete"),
            of("", "events", "", "list", "watch"),
            of("", "resourcequotas", "", "list", "watch"),
            of("apps", "statefulsets", "", "create", "delete", "list"),
            of("batch", "jobs", "", "create", "delete", "get", "list", "watch"),
            slices
                ? of("discovery.k8s.io", "endpointslices", "", "list", "watch")
                : of("", "endpoints", "", "list", "watch"))
        .flatMap(each -> each)
        .toList();
  }

  private static final List<Right> SLICES = routes("discovery.k8s.io", "endpointslices");
  private static final List<Right> ENDPOINTS = routes("", "endpoints");

  private static final List<Right> ALWAYS =
      Stream.of(
              of("", "namespaces", "", "create", "delete", "get", "list"),
              of("", "pods", "", "create", "delete", "get", "list", "watch"),
              of("", "pods", "log", "get"),
              // A web socket is opened by a get; from Kubernetes 1.35 on it needs the other too.
              of("", "pods", "exec", "create", "get"),
              of("", "pods", "portforward", "create", "get"),
              of("", "pods", "eviction", "create"),
              of("", "services", "", "create", "get", "list", "watch"),
              of("", "serviceaccounts", "", "get"),
              of("", "replicationcontrollers", "", "create"),
              of("", "events", "", "list", "watch"),
              of("", "nodes", "", "list", "watch"),
              of("", "resourcequotas", "", "create", "get", "list", "watch"),
              of("apps", "statefulsets", "", "create"),
              of("batch", "jobs", "", "create", "delete", "get", "list", "patch", "watch"))
          .flatMap(each -> each)
          .toList();

  private static List<Right> routes(String group, String resource) {
    return of(group, resource, "", "create", "get", "list", "update", "watch").toList();
  }

  private static Stream<Right> of(
      String group, String resource, String subresource, String... verbs) {
    return Stream.of(verbs).map(verb -> new Right(verb, group, resource, subresource, ""));
  }

  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (subresource.isEmpty() ? "" : "/" + subresource)
        + (group.isEmpty() ? "" : "." + group)
        + (name.isEmpty() ? "" : " " + name);
  }
}
