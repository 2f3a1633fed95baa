package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestRulesTest {
  private static final GuestRules LOOKING = GuestRules.looking("team-a");
  private static final GuestRules MAKING =
      new GuestRules("team-a", Set.of("pods", "jobs"), "uid-1"::equals);

  @ParameterizedTest
  @CsvSource({
    "GET, /version, ''",
    "GET, /readyz, ''",
    "GET, /api, ''",
    "GET, /apis/batch/v1, ''",
    "GET, /api/v1/namespaces/team-a, ''",
    "GET, /api/v1/namespaces/team-a/pods, watch=true",
    "GET, /api/v1/namespaces/team-a/pods/p/log, ''",
    "GET, /apis/networking.k8s.io/v1/namespaces/team-a/networkpolicies, limit=500",
    "GET, /api/v1/nodes, limit=500",
    "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews, ''",
    "POST, /api/v1/namespaces/team-a/pods, dryRun=All",
    "POST, /apis/batch/v1/namespaces/team-a/jobs, fieldManager=x&dryRun=All",
  })
  void aGuestThatLooksMaySendThis(String method, String path, String query) {
    assertThat(LOOKING.refusal(method, path, query, "")).isEmpty();
    assertThat(MAKING.refusal(method, path, query, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/namespaces/team-a/pods, '', it lacks dryRun=All",
    "POST, /api/v1/namespaces/team-a/pods, dryRun=None, it lacks dryRun=All",
    "POST, /api/v1/namespaces/team-a/pods, xdryRun=All, it lacks dryRun=All",
    "POST, /apis/apps/v1/namespaces/team-a/statefulsets, '', it lacks dryRun=All",
    "DELETE, /api/v1/namespaces/team-a/pods/p, '', by its uid only",
  })
  void aGuestThatLooksMakesAndRemovesNothing(String method, String path, String query, String why) {
    assertThat(LOOKING.refusal(method, path, query, "").orElseThrow()).contains(why);
  }

  /** What must never be done on somebody's cluster, whatever the guest came for. */
  @ParameterizedTest
  @CsvSource({
    // a write outside of its namespace
    "POST, /api/v1/namespaces/team-b/pods, '', in another namespace",
    "POST, /api/v1/namespaces/team-b/pods, dryRun=All, in another namespace",
    "POST, /api/v1/namespaces, '', objects in its namespace",
    // deleting by label, or all of a kind, or without a uid
    "DELETE, /api/v1/namespaces/team-a/pods, labelSelector=a, single objects",
    "DELETE, /api/v1/namespaces/team-a, '', single objects",
    "DELETE, /api/v1/namespaces/team-a/pods/p, '', by its uid only",
    // taking over what exists
    "PATCH, /api/v1/namespaces/team-a/pods/p, '', changes nothing",
    "PUT, /api/v1/namespaces/team-a/services/s, '', changes nothing",
    "PATCH, /api/v1/namespaces/team-a/pods/p, dryRun=All, changes nothing",
    // secrets, and lists of the whole cluster
    "GET, /api/v1/namespaces/team-a/secrets, '', does not read secrets",
    "GET, /api/v1/namespaces/team-a/secrets/s, '', does not read secrets",
    "GET, /api/v1/secrets, '', outside of its namespace",
    "GET, /api/v1/pods, '', outside of its namespace",
    "GET, /api/v1/namespaces, '', outside of its namespace",
    // rights, webhooks, kinds, priorities, policies, quotas, labels of namespaces or nodes
    "POST, /apis/rbac.authorization.k8s.io/v1/namespaces/team-a/roles, '', makes no roles",
    "POST, /apis/rbac.authorization.k8s.io/v1/clusterroles, '', in its namespace",
    "POST, /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations, '', in its namespace",
    "POST, /apis/apiextensions.k8s.io/v1/customresourcedefinitions, '', in its namespace",
    "POST, /apis/scheduling.k8s.io/v1/priorityclasses, '', in its namespace",
    "POST, /apis/networking.k8s.io/v1/namespaces/team-a/networkpolicies, '', makes no networkpolicies",
    "POST, /api/v1/namespaces/team-a/resourcequotas, '', makes no resourcequotas",
    "POST, /api/v1/namespaces/team-a/secrets, dryRun=All, does not try to make secrets",
    "PATCH, /api/v1/nodes/n, '', changes nothing",
    "PATCH, /api/v1/namespaces/team-a, '', changes nothing",
    // evicting, executing, binding
    "POST, /api/v1/namespaces/team-a/pods/p/eviction, '', objects in its namespace",
    "GET, /api/v1/namespaces/team-a/pods/p/exec, '', enters no pod that it did not make",
    "GET, /api/v1/namespaces/team-a/pods/p/portforward, '', enters no pod that it did not make",
    "GET, /api/v1/namespaces/team-a/pods/p/attach, '', does not read pods",
    "POST, /api/v1/namespaces/team-a/pods/p/exec, '', objects in its namespace",
    "POST, /api/v1/namespaces/team-a/serviceaccounts/default/token, '', objects in its namespace",
  })
  void noGuestEverSendsThis(String method, String path, String query, String why) {
    assertThat(LOOKING.refusal(method, path, query, "")).isPresent();
    assertThat(MAKING.refusal(method, path, query, "").orElseThrow()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "own-0, exec, true",
    "own-0, portforward, true",
    "own-0, attach, false",
    "other-0, exec, false",
    "other-0, portforward, false"
  })
  void aGuestEntersOnlyPodsOfItsOwn(String pod, String how, boolean may) {
    GuestRules rules =
        new GuestRules("team-a", Set.of(), uid -> false, name -> name.startsWith("own"));
    String path = "/api/v1/namespaces/team-a/pods/" + pod + "/" + how;
    assertThat(rules.refusal("GET", path, "command=sh", "").isEmpty()).isEqualTo(may);
  }

  @ParameterizedTest
  @CsvSource({"uid-1, true", "uid-2, false"})
  void aGuestRemovesOnlyWhatItMade(String uid, boolean may) {
    String body = "{\"preconditions\":{\"uid\":\"" + uid + "\"}}";
    assertThat(MAKING.refusal("DELETE", "/api/v1/namespaces/team-a/pods/p", "", body).isEmpty())
        .isEqualTo(may);
    assertThat(LOOKING.refusal("DELETE", "/api/v1/namespaces/team-a/pods/p", "", body))
        .contains("a guest removes nothing that it did not make");
  }

  @ParameterizedTest
  @CsvSource({"pods, true", "jobs, true", "services, false", "configmaps, false"})
  void aGuestMakesOnlyTheKindsThatItCameFor(String resource, boolean may) {
    String path = "/apis/x/v1/namespaces/team-a/" + resource;
    assertThat(MAKING.refusal("POST", path, "", "{}").isEmpty()).isEqualTo(may);
  }
}
