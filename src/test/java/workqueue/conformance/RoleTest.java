package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import workqueue.cluster.Right;
import workqueue.configuration.ConformanceMode;

class RoleTest {
  @Test
  void isTheLeastThatAPreflightNeeds() {
    assertThat(Conformance.role("team-a", ConformanceMode.PREFLIGHT))
        .isEqualTo(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: wq-conformance, namespace: team-a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: wq-conformance, namespace: team-a}
            rules:
            - {apiGroups: [""], resources: [namespaces], resourceNames: [team-a], verbs: [get]}
            - {apiGroups: [""], resources: [pods], verbs: [create]}
            - {apiGroups: [""], resources: [resourcequotas], verbs: [list]}
            - {apiGroups: [""], resources: [serviceaccounts], resourceNames: [default], verbs: [get]}
            - {apiGroups: [""], resources: [services], verbs: [create, get]}
            - {apiGroups: [apps], resources: [statefulsets], verbs: [create]}
            - {apiGroups: [batch], resources: [jobs], verbs: [create]}
            - {apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [list]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: wq-conformance, namespace: team-a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: wq-conformance}
            subjects:
            - {kind: ServiceAccount, name: wq-conformance, namespace: team-a}
            """);
  }

  @Test
  void whatCanBeLeftOutStandsApart() {
    assertThat(Conformance.role("team-a", ConformanceMode.QUICK))
        .contains(
            """
            subjects:
            - {kind: ServiceAccount, name: wq-conformance, namespace: team-a}
            ---
            # Can be left out, and with it these checks: job.events, access.streams
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: wq-conformance-more, namespace: team-a}
            rules:
            - {apiGroups: [""], resources: [events], verbs: [list]}
            - {apiGroups: [""], resources: [pods], verbs: [get]}
            - {apiGroups: [""], resources: [pods/exec, pods/portforward], verbs: [create, get]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: wq-conformance-more, namespace: team-a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: wq-conformance-more}
            subjects:
            - {kind: ServiceAccount, name: wq-conformance, namespace: team-a}
            """);
  }

  @Test
  void holdsEachRightOfEachCheckAndNoOther() {
    for (ConformanceMode mode : ConformanceMode.values()) {
      Set<String> asked =
          Checks.rights(mode).stream()
              .map(each -> each.name().equals(Role.NAMESPACE) ? each.named("team-a") : each)
              .map(Right::toString)
              .collect(Collectors.toSet());
      Set<String> given =
          Role.rules("team-a", mode).stream()
              .flatMap(
                  rule ->
                      rule.verbs().stream()
                          .flatMap(
                              verb ->
                                  rule.resources().stream()
                                      .map(
                                          resource ->
                                              verb
                                                  + " "
                                                  + resource
                                                  + (rule.group().isEmpty()
                                                      ? ""
                                                      : "." + rule.group())
                                                  + (rule.names().isEmpty()
                                                      ? ""
                                                      : " " + String.join("", rule.names())))))
              .collect(Collectors.toSet());
      assertThat(given).as(mode.word()).isEqualTo(asked);
    }
  }

  @Test
  void neverAsksForWhatNoGuestNeeds() {
    for (ConformanceMode mode : ConformanceMode.values()) {
      assertThat(Checks.rights(mode))
          .extracting(Right::resource)
          .doesNotContain("secrets", "nodes", "roles", "rolebindings", "*");
      assertThat(Checks.rights(mode))
          .extracting(Right::verb)
          .doesNotContain("update", "deletecollection", "impersonate", "bind", "escalate", "*");
    }
  }
}
