package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.ClusterChecks;

class ChecksTest {
  static java.util.List<Check> checks() {
    return Checks.list();
  }

  @Test
  void eachIsJudgedAndNoOther() {
    assertThat(Checks.list())
        .extracting(Check::id)
        .containsExactlyInAnyOrderElementsOf(ClusterChecks.ids());
  }

  @ParameterizedTest
  @MethodSource("checks")
  void sayWhatTheyRestOnAndWhoCanFixThem(Check check) {
    assertThat(check.restsOn().text()).isNotBlank();
    assertThat(URI.create(check.restsOn().source())).hasScheme("https");
    assertThat(check.owner()).isIn("platform", "namespace owner", "network team", "registry");
    assertThat(check.cost()).matches("[0-9]+ pods?, [0-9.]+ s");
    assertThat(check.sentence()).matches("[A-Z].*[^.]");
  }

  @ParameterizedTest
  @MethodSource("checks")
  void thatFailAreBlamedOnSomethingOnceEach(Check check) {
    if (!check.id().equals("access.api-answers")) {
      assertThat(check.blamed()).isNotEmpty();
    }
    assertThat(check.blamed()).doesNotHaveDuplicates();
  }

  @Test
  void areExplained() {
    assertThat(Conformance.explain("network.to-pod"))
        .isEqualTo(
            """
            network.to-pod (required)
              holds if:    the worker's pods may reach the broker's pod on port 5672
              rests on:    "if no policies exist in a namespace, then all ingress and egress traffic \
            is allowed to and from pods in that namespace"
                           https://kubernetes.io/docs/concepts/services-networking/network-policies/
              is seen by:  reads the NetworkPolicies and follows them; quick opens the connection
              found:       TRAFFIC_BLOCKED
              rights:      list networkpolicies.networking.k8s.io
              costs:       0 pods, 0.1 s
              who fixes:   network team
            """);
  }

  @Test
  void oneThatThereIsNotIsToldWithAllThatThereAre() {
    assertThatThrownBy(() -> Conformance.explain("network.nothing"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageStartingWith(
            "There is no check \"network.nothing\".\nAll checks: access.api-answers, access.rights,");
  }
}
