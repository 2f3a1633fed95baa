package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.Right;
import workqueue.history.ApiEvent.RightReviewed;
import workqueue.history.Recorder;
import workqueue.history.Source;

/** What a guest may do, as the API server tells: by one review of all rules, then one by one. */
final class Rights {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";

  private final Guest guest;
  private final Recorder recorder;
  private final String namespace;
  private final Map<Right, Optional<Boolean>> reviewed = new HashMap<>();
  private JsonNode rules;

  Rights(Guest guest, Recorder recorder, String namespace) {
    this.guest = guest;
    this.recorder = recorder;
    this.namespace = namespace;
  }

  /**
   * Asks for a right in the namespace, and records the answer; each right is asked for once.
   *
   * @param needed whether a check needs it
   */
  boolean has(Right right, boolean needed) {
    return reviewed
        .computeIfAbsent(inNamespace(right), each -> ask(each, namespace, needed))
        .orElse(true);
  }

  /** Asks for a right on what is in no namespace. */
  boolean hasEverywhere(Right right) {
    return reviewed.computeIfAbsent(right, each -> ask(each, "", false)).orElse(false);
  }

  private Right inNamespace(Right right) {
    return right.name().equals(Role.NAMESPACE) ? right.named(namespace) : right;
  }

  /** What is not known is tried: an answer is the better teacher. */
  private Optional<Boolean> ask(Right right, String where, boolean needed) {
    if (!where.isEmpty() && isAmongRules(right)) {
      record(right, needed, true, "by its rules");
      return Optional.of(true);
    }
    Answer answer = guest.post(REVIEWS + "selfsubjectaccessreviews", review(right, where));
    JsonNode allowed = answer.json().at("/status/allowed");
    if (!answer.isGood() || !allowed.isBoolean()) {
      record(right, needed, null, "whether it may is not told: " + answer.said());
      return Optional.empty();
    }
    record(right, needed, allowed.asBoolean(), "by a review");
    return Optional.of(allowed.asBoolean());
  }

  private void record(Right right, boolean needed, Boolean allowed, String why) {
    recorder.record(
        Source.API,
        new RightReviewed(
            right.verb(),
            right.group(),
            right.resource(),
            right.subresource(),
            right.name(),
            needed,
            allowed,
            why));
  }

  private boolean isAmongRules(Right right) {
    if (rules == null) {
      ObjectNode review = object("SelfSubjectRulesReview");
      review.putObject("spec").put("namespace", namespace);
      rules =
          guest
              .post(REVIEWS + "selfsubjectrulesreviews", review.toString())
              .json()
              .at("/status/resourceRules");
    }
    for (JsonNode rule : rules) {
      String resource =
          right.subresource().isEmpty()
              ? right.resource()
              : right.resource() + "/" + right.subresource();
      if (holds(rule.path("verbs"), right.verb())
          && holds(rule.path("apiGroups"), right.group())
          && (holds(rule.path("resources"), resource)
              || holds(rule.path("resources"), "*/" + right.subresource()))
          && (rule.path("resourceNames").isEmpty()
              || holds(rule.path("resourceNames"), right.name()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(JsonNode list, String wanted) {
    for (JsonNode each : list) {
      if (each.asText().equals("*") || each.asText().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String review(Right right, String where) {
    ObjectNode review = object("SelfSubjectAccessReview");
    ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
    attributes.put("verb", right.verb()).put("group", right.group());
    attributes.put("resource", right.resource());
    if (!where.isEmpty()) {
      attributes.put("namespace", where);
    }
    if (!right.subresource().isEmpty()) {
      attributes.put("subresource", right.subresource());
    }
    if (!right.name().isEmpty()) {
      attributes.put("name", right.name());
    }
    return review.toString();
  }

  private static ObjectNode object(String kind) {
    return new ObjectMapper()
        .createObjectNode()
        .put("apiVersion", "authorization.k8s.io/v1")
        .put("kind", kind);
  }
}
