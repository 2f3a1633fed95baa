package workqueue.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import workqueue.cluster.Right;
import workqueue.configuration.ConformanceMode;

/** The least Role that suffices for the checks of a mode, as YAML; it follows from the checks. */
public final class Role {
  /** The name of service account, Role and binding. */
  public static final String NAME = "wq-conformance";

  /** The name of what shows more, and can be left out. */
  static final String MORE = NAME + "-more";

  /** Stands for the namespace in rights that are about its own object. */
  static final String NAMESPACE = "$(NAMESPACE)";

  /**
   * A rule of a Role: the same verbs on resources of one group.
   *
   * @param names of the only objects that it is about; none for any
   */
  record Rule(String group, Set<String> resources, Set<String> names, Set<String> verbs) {
    String yaml() {
      return "- {apiGroups: [%s], resources: [%s]%s, verbs: [%s]}"
          .formatted(
              group.isEmpty() ? "\"\"" : group,
              String.join(", ", resources),
              names.isEmpty() ? "" : ", resourceNames: [" + String.join(", ", names) + "]",
              String.join(", ", verbs));
    }
  }

  private Role() {}

  /**
   * Service account, Role and RoleBinding, to be given to {@code kubectl apply -f -}; with them a
   * second Role of what can be left out.
   */
  public static String yaml(String namespace, ConformanceMode mode) {
    List<Rule> more = optional(mode);
    return yaml(namespace, rules(namespace, mode))
        + (more.isEmpty()
            ? ""
            : "---\n# Can be left out, and with it these checks: %s\n"
                    .formatted(
                        Checks.in(mode).stream()
                            .filter(each -> !each.optional().isEmpty())
                            .map(Check::id)
                            .collect(Collectors.joining(", ")))
                + binding(namespace, MORE, more));
  }

  /** The same for the suites that make more: walkthrough and gate, where they stay in it. */
  public static String yamlOfSuites(String namespace) {
    return yaml(namespace, rules(Right.ofStay()));
  }

  private static String yaml(String namespace, List<Rule> rules) {
    return """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %1$s, namespace: %2$s}
        ---
        """
            .formatted(NAME, namespace)
        + binding(namespace, NAME, rules);
  }

  private static String binding(String namespace, String role, List<Rule> rules) {
    return """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: %1$s, namespace: %2$s}
        rules:
        %3$s
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %1$s, namespace: %2$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
        subjects:
        - {kind: ServiceAccount, name: %4$s, namespace: %2$s}
        """
        .formatted(
            role,
            namespace,
            rules.stream().map(Rule::yaml).collect(Collectors.joining("\n")),
            NAME);
  }

  /** The rules: rights that differ in the resource only stand in one. */
  static List<Rule> rules(String namespace, ConformanceMode mode) {
    return rules(
        Checks.rights(mode).stream()
            .map(each -> each.name().equals(NAMESPACE) ? each.named(namespace) : each)
            .toList());
  }

  /** The rules of what shows more, and can be left out. */
  static List<Rule> optional(ConformanceMode mode) {
    return rules(Checks.optionalRights(mode));
  }

  private static List<Rule> rules(Collection<Right> rights) {
    Map<String, Set<String>> verbs = new TreeMap<>();
    Map<String, Right> ofKey = new TreeMap<>();
    for (Right each : rights) {
      String key = each.group() + " " + resource(each) + " " + each.name();
      verbs.computeIfAbsent(key, any -> new TreeSet<>()).add(each.verb());
      ofKey.put(key, each);
    }
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, Set<String>> each : verbs.entrySet()) {
      Right right = ofKey.get(each.getKey());
      Set<String> names = right.name().isEmpty() ? Set.of() : Set.of(right.name());
      rules.stream()
          .filter(rule -> rule.group.equals(right.group()))
          .filter(rule -> rule.names.equals(names) && names.isEmpty())
          .filter(rule -> rule.verbs.equals(each.getValue()))
          .findFirst()
          .ifPresentOrElse(
              rule -> rule.resources.add(resource(right)),
              () ->
                  rules.add(
                      new Rule(
                          right.group(),
                          new TreeSet<>(Set.of(resource(right))),
                          names,
                          each.getValue())));
    }
    return rules;
  }

  private static String resource(Right right) {
    return right.subresource().isEmpty()
        ? right.resource()
        : right.resource() + "/" + right.subresource();
  }
}
