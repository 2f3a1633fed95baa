package workqueue.checker.view;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which pods NetworkPolicies select, and for which direction, as the API gives them. */
public final class PolicySelection {
  private PolicySelection() {}

  /** The names of the policies of a direction that select pods with these labels. */
  public static List<String> names(
      List<Map<String, Object>> policies, String type, Map<String, String> labels) {
    return policies.stream()
        .filter(
            policy -> {
              Map<?, ?> spec = map(policy, "spec");
              return types(spec).contains(type) && matches(map(spec, "podSelector"), labels);
            })
        .map(policy -> String.valueOf(policy.get("name")))
        .toList();
  }

  /** Where it does not say, a policy is about what comes in, and out if it has rules for that. */
  public static List<String> types(Map<?, ?> spec) {
    if (spec.get("policyTypes") instanceof List<?> types) {
      return types.stream().map(String::valueOf).toList();
    }
    return spec.containsKey("egress") ? List.of("Ingress", "Egress") : List.of("Ingress");
  }

  /** Whether a selector of labels, which selects all if it is empty, selects these. */
  public static boolean matches(Map<?, ?> selector, Map<?, ?> labels) {
    for (Map.Entry<?, ?> each : map(selector, "matchLabels").entrySet()) {
      if (!Objects.equals(labels.get(each.getKey()), each.getValue())) {
        return false;
      }
    }
    return !(selector.get("matchExpressions") instanceof List<?> expressions)
        || expressions.stream().allMatch(each -> matchesExpression((Map<?, ?>) each, labels));
  }

  private static boolean matchesExpression(Map<?, ?> expression, Map<?, ?> labels) {
    Object value = labels.get(expression.get("key"));
    List<?> values = expression.get("values") instanceof List<?> list ? list : List.of();
    return switch (String.valueOf(expression.get("operator"))) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }

  private static Map<?, ?> map(Map<?, ?> object, String key) {
    return object.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }
}
