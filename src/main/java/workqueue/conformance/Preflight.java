package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workqueue.cluster.ApiPath;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.Right;
import workqueue.history.ApiEvent.Difference;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GuestNamed;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** Looks at a cluster without making anything in it, and records what it sees. */
final class Preflight {
  private final Guest guest;
  private final Recorder recorder;
  private final String namespace;
  private final Pattern pattern;
  private final Rights rights;
  private final Reading reading;

  Preflight(Guest guest, Recorder recorder, String namespace, Pattern pattern, Rights rights) {
    this.guest = guest;
    this.recorder = recorder;
    this.namespace = namespace;
    this.pattern = pattern;
    this.rights = rights;
    this.reading = new Reading(guest, recorder, rights);
  }

  /**
   * Looks at all that there is to be seen.
   *
   * @param needed the rights that the checks need
   * @param optional those with which they see more
   */
  void look(Iterable<Right> needed, Iterable<Right> optional) {
    Discovery discovery = new Discovery(guest, recorder);
    discovery.look();
    if (discovery.has("authentication.k8s.io/v1", "selfsubjectreviews")) {
      askWhoIAm();
    }
    needed.forEach(each -> rights.has(each, true));
    optional.forEach(each -> rights.has(each, false));
    String here = "/api/v1/namespaces/" + namespace;
    reading.one("Namespace", namespace, here, "", "namespaces", namespace, Mapping::namespace);
    reading.one(
        "ServiceAccount",
        "default",
        here + "/serviceaccounts/default",
        "",
        "serviceaccounts",
        "default",
        Mapping::named);
    reading.all(
        "ResourceQuota",
        here + "/resourcequotas",
        "",
        "resourcequotas",
        Mapping::withSpecAndStatus);
    reading.all(
        "NetworkPolicy",
        "/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies",
        "networking.k8s.io",
        "networkpolicies",
        Mapping::withSpec);
    readNodes();
    pattern.objects().forEach(part -> attempt(part, List.of()));
    attempt(pattern.jobWithAllFields(), List.of());
    pattern.pods().forEach(this::attemptAdapting);
    reading.one(
        "Service",
        pattern.service().getMetadata().getName(),
        here + "/services/" + pattern.service().getMetadata().getName(),
        "",
        "services",
        "",
        Mapping::named);
  }

  private void askWhoIAm() {
    ObjectNode review =
        new ObjectMapper()
            .createObjectNode()
            .put("apiVersion", "authentication.k8s.io/v1")
            .put("kind", "SelfSubjectReview");
    Answer answer =
        guest.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", review.toString());
    String user = answer.json().at("/status/userInfo/username").asText();
    if (!user.isEmpty()) {
      recorder.record(Source.API, new GuestNamed(user));
    }
  }

  private void readNodes() {
    Right right = new Right("list", "", "nodes", "", "");
    if (!rights.hasEverywhere(right)) {
      reading.notAllowed("Node", "", right);
      return;
    }
    reading.list("Node", "", "/api/v1/nodes?limit=500", right, Mapping::node);
  }

  /** Sends a pod as documented, and where it is refused for something known, with that besides. */
  private void attemptAdapting(Pattern.Part part) {
    List<String> adapted = new ArrayList<>();
    Pattern.Part next = part;
    while (true) {
      DryRunAnswered answer = attempt(next, adapted);
      Optional<Overlay> help =
          answer.wasTaken() ? Optional.empty() : Overlay.against(answer.message());
      if (help.isEmpty() || adapted.contains(help.get().word())) {
        return;
      }
      adapted.add(help.get().word());
      Pod pod = (Pod) next.object();
      next =
          new Pattern.Part(
              part.part(), new PodBuilder(pod).withSpec(help.get().on(pod.getSpec())).build());
    }
  }

  private DryRunAnswered attempt(Pattern.Part part, List<String> adapted) {
    HasMetadata object = part.object();
    Right right =
        new Right(
            "create",
            ApiPath.group(object.getApiVersion()),
            ApiPath.resource(object.getKind()),
            "",
            "");
    if (!rights.has(right, true)) {
      return record(part, adapted, null, "", Reading.MAY_NOT + right, List.of(), Map.of());
    }
    JsonNode sent = Mapping.of(object);
    Answer answer =
        guest.post(
            ApiPath.of(object.getApiVersion(), object.getKind(), namespace) + "?dryRun=All",
            sent.toString());
    JsonNode returned = answer.json();
    return answer.isGood()
        ? record(
            part,
            adapted,
            answer.code().orElse(null),
            "",
            "",
            Comparison.of(sent, returned),
            resources(returned))
        : record(
            part,
            adapted,
            answer.code().orElse(null),
            returned.path("reason").asText(),
            answer.said(),
            List.of(),
            Map.of());
  }

  private DryRunAnswered record(
      Pattern.Part part,
      List<String> adapted,
      Integer code,
      String reason,
      String message,
      List<Difference> differences,
      Map<String, String> resources) {
    HasMetadata object = part.object();
    DryRunAnswered answer =
        new DryRunAnswered(
            part.part(),
            object.getKind(),
            object.getMetadata().getName(),
            object.getMetadata().getLabels(),
            adapted,
            code,
            reason,
            message,
            differences,
            resources);
    recorder.record(Source.API, answer);
    return answer;
  }

  /** What the containers of a pod get: {@code rabbitmq/limits.memory} and so on. */
  private static Map<String, String> resources(JsonNode pod) {
    Map<String, String> resources = new LinkedHashMap<>();
    for (JsonNode container : pod.at("/spec/containers")) {
      for (String kind : List.of("requests", "limits")) {
        container
            .path("resources")
            .path(kind)
            .properties()
            .forEach(
                each ->
                    resources.put(
                        container.path("name").asText() + "/" + kind + "." + each.getKey(),
                        each.getValue().asText()));
      }
    }
    return resources;
  }
}
