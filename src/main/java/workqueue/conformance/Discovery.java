package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.history.ApiEvent.DiscoveryDone;
import workqueue.history.ApiEvent.GroupDiscovered;
import workqueue.history.Recorder;
import workqueue.history.Source;

/**
 * The groups of a cluster's API: in two requests where it lists them whole (from Kubernetes 1.27
 * on), and one by one elsewhere, as far as another server serves them.
 */
final class Discovery {
  private static final String WHOLE =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";
  private static final int MOST_ASKED = 20;

  /** Those whose resources are looked at. */
  private static final Set<String> NEEDED = Set.of("v1", "apps/v1", "batch/v1");

  /** The groups that the API server itself serves: they answer if it does. */
  private static final Set<String> ITS_OWN =
      Set.of(
          "",
          "admissionregistration.k8s.io",
          "apiextensions.k8s.io",
          "apiregistration.k8s.io",
          "apps",
          "authentication.k8s.io",
          "authorization.k8s.io",
          "autoscaling",
          "batch",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "events.k8s.io",
          "extensions",
          "flowcontrol.apiserver.k8s.io",
          "internal.apiserver.k8s.io",
          "networking.k8s.io",
          "node.k8s.io",
          "policy",
          "rbac.authorization.k8s.io",
          "resource.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io",
          "storagemigration.k8s.io");

  private final Guest guest;
  private final Recorder recorder;
  private final Set<String> resources = new HashSet<>();

  Discovery(Guest guest, Recorder recorder) {
    this.guest = guest;
    this.recorder = recorder;
  }

  /** Lists the groups, and records what of them is needed. */
  void look() {
    List<String> missing = new ArrayList<>();
    for (String root : List.of("/api", "/apis")) {
      Answer answer = guest.get(root, WHOLE);
      JsonNode list = answer.json();
      if (!answer.isGood()) {
        missing.add(root + " does not answer: " + answer.said());
      } else if (list.path("kind").asText().equals("APIGroupDiscoveryList")) {
        list.path("items").forEach(this::whole);
      } else {
        missing.addAll(oneByOne(list));
      }
    }
    recorder.record(Source.API, new DiscoveryDone(String.join("; ", missing)));
  }

  /**
   * Whether a version of a group is known to have a resource; a server that has to be asked for
   * each group, as those before 1.27 are, is asked for the needed ones only.
   */
  boolean has(String groupVersion, String resource) {
    return resources.contains(groupVersion + " " + resource);
  }

  private void whole(JsonNode group) {
    String name = group.at("/metadata/name").asText();
    for (JsonNode version : group.path("versions")) {
      String groupVersion = groupVersion(name, version.path("version").asText());
      version
          .path("resources")
          .forEach(each -> resources.add(groupVersion + " " + each.path("resource").asText()));
      boolean stale = version.path("freshness").asText().equals("Stale");
      record(
          groupVersion,
          !stale,
          stale ? "the server that serves it does not answer" : "",
          verbs(groupVersion, version.path("resources"), "resource"));
    }
  }

  /** What was not asked, so that it is not known. */
  private List<String> oneByOne(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.path("versions").forEach(version -> found.add(version.asText()));
    for (JsonNode group : list.path("groups")) {
      group.path("versions").forEach(each -> found.add(each.path("groupVersion").asText()));
    }
    int asked = 0;
    int left = 0;
    for (String groupVersion : found) {
      String group = groupVersion.contains("/") ? groupVersion.split("/", -1)[0] : "";
      if (!NEEDED.contains(groupVersion) && ITS_OWN.contains(group)) {
        record(groupVersion, null, "", Map.of());
      } else if (asked == MOST_ASKED) {
        left++;
      } else {
        asked++;
        ask(groupVersion);
      }
    }
    return left == 0
        ? List.of()
        : List.of("%d of %d group versions were not asked".formatted(left, found.size()));
  }

  private void ask(String groupVersion) {
    Answer answer = guest.get((groupVersion.equals("v1") ? "/api/" : "/apis/") + groupVersion);
    record(
        groupVersion,
        answer.isGood(),
        answer.isGood()
            ? ""
            : answer.code().map(code -> "it answers " + code).orElseGet(answer::body),
        verbs(groupVersion, answer.json().path("resources"), "name"));
  }

  private void record(
      String groupVersion, Boolean answers, String why, Map<String, List<String>> verbs) {
    recorder.record(Source.API, new GroupDiscovered(groupVersion, answers, why, verbs));
  }

  private static Map<String, List<String>> verbs(
      String groupVersion, JsonNode resources, String name) {
    Map<String, List<String>> verbs = new TreeMap<>();
    if (NEEDED.contains(groupVersion)) {
      for (JsonNode each : resources) {
        if (Set.of("pods", "services", "statefulsets", "jobs").contains(each.path(name).asText())) {
          List<String> words = new ArrayList<>();
          each.path("verbs").forEach(verb -> words.add(verb.asText()));
          verbs.put(each.path(name).asText(), List.copyOf(words));
        }
      }
    }
    return verbs;
  }

  private static String groupVersion(String group, String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
