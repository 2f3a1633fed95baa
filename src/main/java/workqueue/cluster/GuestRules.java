package workqueue.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guest may ask of a cluster that exists: whatever is not allowed here is never sent.
 *
 * @param namespace that it stays in
 * @param makes the resources of which it may make objects there; none, where it makes nothing
 * @param removes whether an object of this uid is its own, so that it may be removed
 * @param enters whether a pod of this name is its own, so that commands may be run in it and its
 *     ports be reached
 */
public record GuestRules(
    String namespace, Set<String> makes, Predicate<String> removes, Predicate<String> enters) {
  private static final Set<String> READ_IN_NAMESPACE =
      Set.of(
          "configmaps",
          "endpoints",
          "endpointslices",
          "events",
          "jobs",
          "networkpolicies",
          "pods",
          "replicationcontrollers",
          "resourcequotas",
          "serviceaccounts",
          "services",
          "statefulsets");

  /** What may be sent to be taken without being made. */
  private static final Set<String> TRIED = Set.of("jobs", "pods", "services", "statefulsets");

  private static final Set<String> ENTERED = Set.of("exec", "portforward");

  private static final Set<String> REVIEWS =
      Set.of(
          "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
          "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
          "/apis/authentication.k8s.io/v1/selfsubjectreviews");

  private static final Pattern ABOUT_THE_SERVER =
      Pattern.compile("/(version|readyz|api|api/v1|apis|apis/[^/]+|apis/[^/]+/[^/]+)/?");
  private static final Pattern IN_NAMESPACE =
      Pattern.compile(
          "/(?:api/v1|apis/[^/]+/[^/]+)/namespaces/(?<namespace>[^/]+)"
              + "(?:/(?<resource>[^/]+)(?:/(?<name>[^/]+)(?:/(?<subresource>[^/]+))?)?)?");
  private static final Pattern UID = Pattern.compile("\"uid\"\\s*:\\s*\"(?<uid>[^\"]+)\"");
  private static final String NODES = "/api/v1/nodes";

  public GuestRules {
    makes = Set.copyOf(makes);
  }

  /** A guest that enters no pod. */
  public GuestRules(String namespace, Set<String> makes, Predicate<String> removes) {
    this(namespace, makes, removes, pod -> false);
  }

  /** A guest that looks, and makes nothing. */
  public static GuestRules looking(String namespace) {
    return new GuestRules(namespace, Set.of(), uid -> false);
  }

  /**
   * Why a request is not sent; empty if it may be.
   *
   * @param path without its query
   * @param query empty if there is none
   * @param body empty if there is none, or it cannot be seen
   */
  Optional<String> refusal(String method, String path, String query, String body) {
    return switch (method) {
      case "GET" -> reading(path);
      case "POST" -> making(path, query);
      case "DELETE" -> removing(path, query, body);
      default -> Optional.of("a guest changes nothing that is there");
    };
  }

  /** Whether the request is one of which nothing may come. */
  static boolean isDryRun(String query) {
    return List.of(query.split("&", -1)).contains("dryRun=All");
  }

  private Optional<String> reading(String path) {
    if (ABOUT_THE_SERVER.matcher(path).matches() || path.equals(NODES)) {
      return Optional.empty();
    }
    Matcher in = IN_NAMESPACE.matcher(path);
    if (!in.matches()) {
      return Optional.of("a guest reads nothing outside of its namespace but nodes");
    }
    if (!in.group("namespace").equals(namespace)) {
      return Optional.of("a guest reads nothing in another namespace than " + namespace);
    }
    String resource = in.group("resource");
    String subresource = in.group("subresource");
    boolean ofPod = "pods".equals(resource) && subresource != null;
    if (ofPod && ENTERED.contains(subresource)) {
      return enters.test(in.group("name"))
          ? Optional.empty()
          : Optional.of("a guest enters no pod that it did not make");
    }
    return resource == null
            || (READ_IN_NAMESPACE.contains(resource)
                && (subresource == null || (ofPod && subresource.equals("log"))))
        ? Optional.empty()
        : Optional.of("a guest does not read " + resource);
  }

  private Optional<String> making(String path, String query) {
    if (REVIEWS.contains(path)) {
      return Optional.empty();
    }
    Matcher in = IN_NAMESPACE.matcher(path);
    if (!in.matches() || in.group("resource") == null || in.group("name") != null) {
      return Optional.of("a guest makes nothing but objects in its namespace");
    }
    if (!in.group("namespace").equals(namespace)) {
      return Optional.of("a guest makes nothing in another namespace than " + namespace);
    }
    String resource = in.group("resource");
    if (isDryRun(query)) {
      return TRIED.contains(resource)
          ? Optional.empty()
          : Optional.of("a guest does not try to make " + resource);
    }
    return makes.contains(resource)
        ? Optional.empty()
        : Optional.of("a guest that looks makes no " + resource + ": it lacks dryRun=All");
  }

  private Optional<String> removing(String path, String query, String body) {
    Matcher in = IN_NAMESPACE.matcher(path);
    if (!in.matches() || !namespace.equals(in.group("namespace")) || in.group("name") == null) {
      return Optional.of("a guest removes single objects of its own namespace only");
    }
    if (isDryRun(query)) {
      return Optional.of("a guest does not try to remove what is there");
    }
    Matcher uid = UID.matcher(body);
    if (!body.contains("\"preconditions\"") || !uid.find()) {
      return Optional.of("a guest removes an object by its uid only");
    }
    return removes.test(uid.group("uid"))
        ? Optional.empty()
        : Optional.of("a guest removes nothing that it did not make");
  }
}
