package workqueue.checker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workqueue.checker.claim.CheckAnswer.Outcome.FAILS;
import static workqueue.checker.claim.CheckAnswer.Outcome.HOLDS;
import static workqueue.checker.claim.CheckAnswer.Outcome.NOT_RUN;
import static workqueue.checker.claim.CheckAnswer.Outcome.UNKNOWN;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.ApiEvent;
import workqueue.history.ApiEvent.Difference;
import workqueue.history.ApiEvent.DiscoveryDone;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GroupDiscovered;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.ApiEvent.RightReviewed;
import workqueue.history.Evidence;
import workqueue.history.Header;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.history.Recorded;
import workqueue.history.Source;

/** What each check makes of records that must fail it, and of others that come near. */
public class ClusterChecksTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00.200Z");
  private static final List<String> VERBS = List.of("create", "delete", "get", "list", "watch");
  private static final Difference DEFAULT = new Difference("spec.type", "", "ClusterIP");
  private static final Map<String, String> BROKER_LABELS =
      Map.of("app.kubernetes.io/name", "task-queue", "app.kubernetes.io/component", "rabbitmq");
  private static final Map<String, String> WORKER_LABELS = Map.of("job-name", "job-wq-1");

  private final Map<String, ApiEvent> sound = new HashMap<>();
  private final List<ApiEvent> more = new ArrayList<>();

  @BeforeEach
  void aSoundCluster() {
    sound.put("guest", new GuestArrived("preflight", "prod", "team-a", 11, 4, null));
    sound.put("version", request("/version", 200, START.plusMillis(100)));
    sound.put("right", right("create", "pods", true));
    sound.put("v1", group("v1", Map.of("pods", VERBS, "services", VERBS)));
    sound.put("apps", group("apps/v1", Map.of("statefulsets", VERBS)));
    sound.put("batch", group("batch/v1", Map.of("jobs", VERBS)));
    sound.put("discovered", new DiscoveryDone(""));
    sound.put("namespace", read("Namespace", namespace("Active")));
    sound.put("account", read("ServiceAccount", Map.of("name", "default")));
    sound.put("quotas", read("ResourceQuota"));
    sound.put("policies", read("NetworkPolicy"));
    sound.put("nodes", read("Node", node(Map.of(), true)));
    sound.put("service", taken("service", "Service", "rabbitmq-service", DEFAULT));
    sound.put("broker", taken("broker", "StatefulSet", "rabbitmq"));
    sound.put("job", taken("job", "Job", "job-wq-1"));
    sound.put("fields", taken("job-fields", "Job", "job-wq-1-fields"));
    sound.put("broker-pod", taken("broker-pod", "Pod", "rabbitmq-0"));
    sound.put("worker-pod", taken("worker-pod", "Pod", "job-wq-1-trial"));
    sound.put("gone", new ObjectsRead("Service", "rabbitmq-service", 404, "not found", List.of()));
  }

  /** The checks that nothing is made for. */
  private static List<String> preflight() {
    return List.of(
        "access.api-answers",
        "access.rights",
        "access.discovery",
        "access.clock",
        "api.kinds",
        "api.dry-run",
        "api.job-fields",
        "namespace.usable",
        "namespace.quota-room",
        "namespace.quota-demands",
        "namespace.limits-suffice",
        "admission.objects",
        "admission.pods",
        "admission.spec-kept",
        "admission.no-lingering-container",
        "admission.controller-kept",
        "nodes.capable",
        "network.to-pod");
  }

  @Test
  void aSoundClusterPassesAll() {
    for (String check : preflight()) {
      CheckAnswer answer = answer(check);
      assertThat(answer.outcome()).as(check + ": " + answer.said()).isEqualTo(HOLDS);
      assertThat(answer.code()).as(check).isEmpty();
      assertThat(answer.inferred())
          .as(check)
          .isEqualTo(
              check.startsWith("admission.")
                  || check.startsWith("network.")
                  || check.equals("namespace.quota-demands")
                  || check.equals("namespace.limits-suffice"));
    }
  }

  @Test
  void ofNothingNothingIsKnown() {
    sound.keySet().retainAll(List.of("guest"));
    for (String check : preflight()) {
      assertThat(answer(check).outcome()).as(check).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void whatIsNotLookedAtIsUnknownForThatCheckAlone() {
    sound.remove("quotas");
    only("namespace.quota-room", UNKNOWN);
    assertThat(answer("namespace.quota-room").said()).isEqualTo("nothing of it is in the record");
  }

  @Test
  void anApiThatDoesNotAnswerIsUnknown() {
    sound.put(
        "version",
        new RequestMade("GET", "/version", false, null, 12, START, null, "ConnectException"));
    assertThat(answer("access.api-answers").said()).isEqualTo("ConnectException");
    assertThat(answer("access.api-answers").outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void aRightThatIsLackingIsNamed() {
    more.add(right("list", "resourcequotas", false));
    only("access.rights", UNKNOWN);
    CheckAnswer answer = answer("access.rights");
    assertThat(answer.code()).contains(FindingCode.RIGHT_MISSING);
    assertThat(answer.missing()).containsExactly("list resourcequotas");
    assertThat(answer.said()).isEqualTo("1 right of 2 is lacking in team-a: list resourcequotas");
  }

  @Test
  void aRightThatOnlyShowsMoreMayBeLacking() {
    more.add(new RightReviewed("list", "", "nodes", "", "", false, false, "by a review"));
    sound.put("nodes", new ObjectsRead("Node", "", null, "may not list nodes", List.of()));
    only("nodes.capable", NOT_RUN);
    assertThat(answer("nodes.capable").said())
        .isEqualTo("may not list nodes; that pods are scheduled is seen by quick");
  }

  @ParameterizedTest
  @CsvSource({
    "quotas, ResourceQuota, namespace.quota-room, list resourcequotas",
    "policies, NetworkPolicy, network.to-pod, list networkpolicies.networking.k8s.io",
    "namespace, Namespace, namespace.usable, get namespaces team-a",
    "account, ServiceAccount, namespace.usable, get serviceaccounts default",
    "gone, Service, api.dry-run, get services",
  })
  void aKindThatMayNotBeReadIsUnknownAndNoneElseIsBlamed(
      String event, String kind, String check, String right) {
    sound.put(event, new ObjectsRead(kind, "", null, "may not " + right, List.of()));
    only(check, UNKNOWN);
    assertThat(answer(check).missing()).containsExactly(right);
    assertThat(answer(check).code()).contains(FindingCode.RIGHT_MISSING);
  }

  @Test
  void podsThatMayNotBeTriedAreUnknown() {
    for (String part : List.of("broker-pod", "worker-pod")) {
      sound.put(part, refused(part, "Pod", part, null, "may not create pods"));
    }
    assertThat(answer("admission.pods").missing()).containsExactly("create pods");
    for (String check : preflight()) {
      assertThat(answer(check).outcome()).as(check).isNotEqualTo(FAILS);
    }
  }

  @Test
  void aRightThatIsRefusedInSpiteOfAReviewIsNamedAsWell() {
    refusesTheWorkersPod(
        "pods is forbidden: User \"u\" cannot create resource \"pods\" in API group \"\"");
    assertThat(answer("admission.pods").outcome()).isEqualTo(UNKNOWN);
    assertThat(answer("admission.pods").missing()).containsExactly("create pods");
  }

  @Test
  void aGroupThatDoesNotAnswerIsBroken() {
    more.add(new GroupDiscovered("gone.example/v1beta1", false, "it answers 503", null));
    only("access.discovery", FAILS);
    CheckAnswer answer = answer("access.discovery");
    assertThat(answer.code()).contains(FindingCode.DISCOVERY_BROKEN);
    assertThat(answer.said())
        .isEqualTo(
            "gone.example/v1beta1: it answers 503; while that is so no namespace can be removed");
    assertThat(answer.remedy()).isEqualTo("kubectl get apiservice v1beta1.gone.example");
  }

  @Test
  void groupsThatWereNotAskedAreNotKnown() {
    more.add(new GroupDiscovered("apps/v1beta1", null, "", null));
    assertThat(answer("access.discovery").outcome()).isEqualTo(HOLDS);
    more.add(new DiscoveryDone("3 of 40 group versions were not asked"));
    only("access.discovery", UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"300, ahead", "-300, behind", "4, ahead", "-4, behind"})
  void aClockThatIsOffIsTold(int seconds, String where) {
    sound.put("version", request("/version", 200, START.plusSeconds(seconds)));
    only("access.clock", FAILS);
    assertThat(answer("access.clock").code()).contains(FindingCode.CLOCK_SKEWED);
    assertThat(answer("access.clock").said()).endsWith(" s " + where + " of this machine's");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1, -1, -2})
  void aClockIsNotOffByWhatWholeSecondsHide(int seconds) {
    sound.put("version", request("/version", 200, START.plusSeconds(seconds)));
    assertThat(answer("access.clock").outcome()).isEqualTo(HOLDS);
  }

  @Test
  void anApiWithoutJobsIsTold() {
    sound.remove("batch");
    only("api.kinds", FAILS);
    assertThat(answer("api.kinds").code()).contains(FindingCode.API_ABSENT);
    assertThat(answer("api.kinds").said()).isEqualTo("the API does not have jobs of batch/v1");
    sound.put("batch", group("batch/v1", Map.of("jobs", List.of("create", "get", "list"))));
    assertThat(answer("api.kinds").said())
        .isEqualTo("the API does not have delete, watch for jobs of batch/v1");
    sound.put("batch", new GroupDiscovered("batch/v1", false, "it answers 503", null));
    assertThat(answer("api.kinds").outcome()).isEqualTo(UNKNOWN);
  }

  @Test
  void aJobOfWhichTheApiKnowsNothingIsDeniedByNobody() {
    sound.remove("batch");
    sound.put(
        "job",
        refused("job", "Job", "job-wq-1", 404, "the server could not find the requested resource"));
    sound.put("fields", refused("job-fields", "Job", "job-wq-1-fields", 404, "not found"));
    onlyFails("api.kinds");
    assertThat(answer("admission.objects").said()).isEqualTo("blocked by api.kinds");
  }

  @Test
  void aDryRunThatIsRefusedIsUnknown() {
    sound.put(
        "service",
        refused(
            "service",
            "Service",
            "rabbitmq-service",
            400,
            "admission webhook \"x.example\" does not support dry run"));
    CheckAnswer answer = answer("api.dry-run");
    assertThat(answer.outcome()).isEqualTo(UNKNOWN);
    assertThat(answer.code()).contains(FindingCode.DRY_RUN_REFUSED);
    assertThat(answer("admission.objects").said()).isEqualTo("blocked by api.dry-run");
    for (String check : preflight()) {
      assertThat(answer(check).outcome()).as(check).isNotEqualTo(FAILS);
    }
  }

  @Test
  void aDryRunThatMakesItsObjectIsNoDryRun() {
    sound.put("gone", read("Service", Map.of("name", "rabbitmq-service")));
    only("api.dry-run", UNKNOWN);
  }

  @Test
  void aFieldThatIsDroppedIsTold() {
    sound.put(
        "fields",
        taken(
            "job-fields",
            "Job",
            "job-wq-1-fields",
            new Difference("spec.ttlSecondsAfterFinished", "600", ""),
            new Difference("spec.selector", "", "{…}")));
    only("api.job-fields", FAILS);
    assertThat(answer("api.job-fields").code()).contains(FindingCode.FIELD_DROPPED);
    assertThat(answer("api.job-fields").said()).isEqualTo("it drops ttlSecondsAfterFinished");
  }

  @Test
  void anObjectOfTheSameNameMakesANamespaceUnusable() {
    sound.put(
        "service",
        refused(
            "service",
            "Service",
            "rabbitmq-service",
            409,
            "services \"rabbitmq-service\" already exists"));
    CheckAnswer answer = answer("namespace.usable");
    assertThat(answer.code()).contains(FindingCode.NAMESPACE_UNUSABLE);
    assertThat(answer.said())
        .isEqualTo("Service rabbitmq-service is there already, and is somebody else's");
    onlyFails("namespace.usable");
    assertThat(answer("admission.objects").said()).isEqualTo("blocked by namespace.usable");
  }

  @Test
  void aNamespaceThatIsBeingRemovedOrIsNotThereIsUnusable() {
    sound.put("namespace", read("Namespace", namespace("Terminating")));
    onlyFails("namespace.usable");
    assertThat(answer("namespace.usable").said()).isEqualTo("namespace team-a is Terminating");
    sound.put("namespace", new ObjectsRead("Namespace", "team-a", 404, "not found", List.of()));
    onlyFails("namespace.usable");
    assertThat(answer("namespace.usable").said()).isEqualTo("there is no namespace team-a");
  }

  @ParameterizedTest
  @CsvSource({
    "pods, 2, 0, false",
    "pods, 4, 1, false",
    "pods, 4, 0, true",
    "count/pods, 6, 0, false",
    "count/pods, 11, 0, true",
    "count/jobs.batch, 1, 1, false",
    "limits.memory, 700M, 0, false",
    "limits.memory, 704M, 0, true",
    "limits.memory, 1Gi, 512Mi, false",
    "secrets, 1, 1, true",
  })
  void aQuotaLeavesRoomOrNot(String resource, String hard, String used, boolean holds) {
    more.add(
        new DryRunAnswered(
            "broker-pod",
            "Pod",
            "rabbitmq-0",
            BROKER_LABELS,
            List.of(),
            201,
            "",
            "",
            List.of(),
            Map.of("rabbitmq/limits.memory", "512M")));
    sound.put(
        "worker-pod",
        new DryRunAnswered(
            "worker-pod",
            "Pod",
            "job-wq-1-trial",
            WORKER_LABELS,
            List.of(),
            201,
            "",
            "",
            List.of(),
            Map.of("c/limits.memory", "64M")));
    sound.remove("broker-pod");
    sound.put("quotas", read("ResourceQuota", quota(resource, hard, used, Map.of())));
    only("namespace.quota-room", holds ? HOLDS : FAILS);
    assertThat(answer("namespace.quota-room").code())
        .isEqualTo(
            holds ? java.util.Optional.empty() : java.util.Optional.of(FindingCode.QUOTA_EXCEEDED));
  }

  @Test
  void aQuotaThatCountsOtherPodsIsNobodysConcern() {
    sound.put(
        "quotas",
        read(
            "ResourceQuota",
            quota("pods", "0", "0", Map.of("scopes", List.of("BestEffort", "Terminating")))));
    only("namespace.quota-room", HOLDS);
  }

  @Test
  void aQuotaThatDemandsResourcesIsToldApartFromOneThatIsUsedUp() {
    refusesTheWorkersPod("failed quota: team: must specify limits.cpu for: c");
    more.add(adapted("worker-pod", "resources"));
    only("namespace.quota-demands", FAILS);
    assertThat(answer("namespace.quota-demands").code()).contains(FindingCode.RESOURCES_REQUIRED);

    more.clear();
    refusesTheWorkersPod("exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2");
    onlyFails("namespace.quota-room");
  }

  @Test
  void aDefaultThatIsTooSmallForTheBrokerIsTold() {
    sound.put("broker-pod", withMemory("broker-pod", "rabbitmq/limits.memory", "48Mi"));
    only("namespace.limits-suffice", FAILS);
    assertThat(answer("namespace.limits-suffice").code()).contains(FindingCode.RESOURCES_TOO_SMALL);
    assertThat(answer("namespace.limits-suffice").said())
        .isEqualTo("container rabbitmq of rabbitmq-0 is left limits.memory 48Mi");
    sound.put("broker-pod", withMemory("broker-pod", "rabbitmq/limits.memory", "256Mi"));
    only("namespace.limits-suffice", HOLDS);
  }

  @Test
  void aRangeThatAllowsLessThanIsAskedForIsTold() {
    sound.put(
        "broker-pod",
        refused(
            "broker-pod",
            "Pod",
            "rabbitmq-0",
            403,
            "pods \"rabbitmq-0\" is forbidden: maximum memory usage per Container is 256Mi, but"
                + " limit is 512M"));
    onlyFails("namespace.limits-suffice");
    assertThat(answer("admission.pods").said()).isEqualTo("blocked by namespace.limits-suffice");
  }

  @Test
  void podsThatAreNotAdmittedAreToldEvenWhereTheyAreAdmittedWithSomethingBesides() {
    refusesTheWorkersPod(
        "pods \"job-wq-1-trial\" is forbidden: violates PodSecurity \"restricted:latest\": …");
    more.add(adapted("worker-pod", "restricted"));
    only("admission.pods", FAILS);
    assertThat(answer("admission.pods").code()).contains(FindingCode.ADMISSION_DENIED);
    assertThat(answer("admission.pods").owner()).isEqualTo("namespace owner");

    more.clear();
    onlyFails("admission.pods");
    assertThat(answer("admission.spec-kept").said()).isEqualTo("blocked by admission.pods");
  }

  @Test
  void aWebhookThatDoesNotAnswerIsToldAsThat() {
    sound.put(
        "job",
        refused(
            "job",
            "Job",
            "job-wq-1",
            500,
            "Internal error occurred: failed calling webhook \"x.example\": connection refused"));
    sound.put(
        "fields",
        refused(
            "job-fields",
            "Job",
            "job-wq-1-fields",
            500,
            "Internal error occurred: failed calling webhook \"x.example\": connection refused"));
    onlyFails("admission.objects");
    assertThat(answer("admission.objects").code()).contains(FindingCode.WEBHOOK_UNAVAILABLE);
    assertThat(answer("admission.controller-kept").said())
        .isEqualTo("blocked by admission.objects");
  }

  @ParameterizedTest
  @CsvSource({
    "job, spec.parallelism, 2, 1",
    "job, spec.template.spec.containers[c].image, job-wq-1, other:2",
    "job, spec.activeDeadlineSeconds, '', 600",
    "job, spec.backoffLimit, '', 0",
    "worker-pod, spec.containers[c].env[QUEUE].value, job1, job2",
    "worker-pod, spec.restartPolicy, OnFailure, Always",
    "broker-pod, spec.containers[rabbitmq].command, '', '[\"sleep\"]'",
  })
  void aChangeOfWhatIsAskedForIsTold(String part, String path, String sent, String returned) {
    sound.put(part, taken(part, "Pod", part, new Difference(path, sent, returned)));
    only("admission.spec-kept", FAILS);
    assertThat(answer("admission.spec-kept").code()).contains(FindingCode.SPEC_CHANGED);
  }

  @ParameterizedTest
  @CsvSource({
    "job, spec.backoffLimit, '', 6",
    "broker, spec.template.spec.restartPolicy, '', Always",
    "broker-pod, spec.restartPolicy, '', Always",
    "job, spec.completionMode, '', NonIndexed",
    "job, metadata.labels.team, '', a",
    "worker-pod, spec.containers[c].env[PROXY], '', http",
    "worker-pod, spec.tolerations[0], '', '{…}'",
    "worker-pod, spec.nodeSelector.pool, '', batch",
    "worker-pod, spec.initContainers[proxy], '', '{\"restartPolicy\":\"Always\"}'",
    "broker-pod, spec.containers[proxy], '', '{…}'",
  })
  void whatIsAddedBesidesHarmsNobody(String part, String path, String sent, String returned) {
    sound.put(part, taken(part, "Pod", part, new Difference(path, sent, returned)));
    for (String check : preflight()) {
      if (check.startsWith("admission.")) {
        assertThat(answer(check).outcome()).as(check).isEqualTo(HOLDS);
      }
    }
  }

  @Test
  void aContainerBesideTheWorkerKeepsItsJobFromCompleting() {
    sound.put(
        "worker-pod",
        taken("worker-pod", "Pod", "p", new Difference("spec.containers[proxy]", "", "{…}")));
    only("admission.no-lingering-container", FAILS);
    assertThat(answer("admission.no-lingering-container").code())
        .contains(FindingCode.CONTAINER_STILL_RUNNING);
  }

  @ParameterizedTest
  @CsvSource({
    "job, spec.suspend, '', true, is suspended",
    "job, spec.managedBy, '', example.com/q, is left to example.com/q",
    "worker-pod, spec.schedulerName, '', volcano, is left to the scheduler volcano",
    "worker-pod, spec.schedulingGates[g], '', g, waits at the scheduling gate g",
  })
  void aJobThatIsTakenOverIsTold(
      String part, String path, String sent, String returned, String how) {
    sound.put(part, taken(part, "X", "x", new Difference(path, sent, returned)));
    only("admission.controller-kept", FAILS);
    assertThat(answer("admission.controller-kept").said()).isEqualTo("X x " + how);
  }

  @ParameterizedTest
  @CsvSource({
    "job, spec.suspend, '', false",
    "job, spec.managedBy, '', kubernetes.io/job-controller",
    "worker-pod, spec.schedulerName, '', default-scheduler",
  })
  void whatTheApiFillsInTakesNothingOver(String part, String path, String sent, String returned) {
    sound.put(part, taken(part, "X", "x", new Difference(path, sent, returned)));
    only("admission.controller-kept", HOLDS);
  }

  @Test
  void nodesThatTakeNoPodsAreTold() {
    sound.put("nodes", read("Node", node(Map.of("unschedulable", true), true)));
    only("nodes.capable", FAILS);
    assertThat(answer("nodes.capable").said()).isEqualTo("n is cordoned");
    Map<String, Object> tainted =
        node(Map.of("taints", List.of(Map.of("key", "x", "effect", "NoSchedule"))), true);
    sound.put("nodes", read("Node", tainted, node(Map.of(), false)));
    assertThat(answer("nodes.capable").said())
        .isEqualTo("n has the taint x:NoSchedule; n is not ready");
    sound.put("nodes", read("Node", tainted, node(Map.of(), true)));
    only("nodes.capable", HOLDS);
  }

  @Test
  void aPolicyThatDeniesAllIsPredictedToBlock() {
    sound.put("policies", read("NetworkPolicy", policy("deny", Map.of("podSelector", Map.of()))));
    only("network.to-pod", FAILS);
    CheckAnswer answer = answer("network.to-pod");
    assertThat(answer.code()).contains(FindingCode.TRAFFIC_BLOCKED);
    assertThat(answer.inferred()).isTrue();
    assertThat(answer.said())
        .isEqualTo(
            "NetworkPolicy deny selects the pods of the broker, and nothing lets port 5672 in");
  }

  @Test
  void aPolicyForOtherPodsBlocksNobody() {
    sound.put(
        "policies",
        read(
            "NetworkPolicy",
            policy("web", Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web"))))));
    only("network.to-pod", HOLDS);
  }

  @Test
  void onePolicyThatLetsTheWorkerThroughSuffices() {
    Map<String, Object> from =
        Map.of("podSelector", Map.of("matchLabels", Map.of("job-name", "job-wq-1")));
    Map<String, Object> allow =
        Map.of(
            "podSelector",
            Map.of("matchLabels", BROKER_LABELS),
            "ingress",
            List.of(Map.of("from", List.of(from), "ports", List.of(Map.of("port", 5672)))));
    sound.put(
        "policies",
        read(
            "NetworkPolicy",
            policy("deny", Map.of("podSelector", Map.of())),
            policy("allow", allow)));
    only("network.to-pod", HOLDS);
  }

  @Test
  void aPolicyThatLetsAnotherPortThroughBlocks() {
    sound.put(
        "policies",
        read(
            "NetworkPolicy",
            policy(
                "web",
                Map.of(
                    "podSelector",
                    Map.of(),
                    "ingress",
                    List.of(Map.of("ports", List.of(Map.of("port", 80))))))));
    only("network.to-pod", FAILS);
  }

  @Test
  void ofAPolicyThatNamesAddressesNothingIsKnownBeforehand() {
    sound.put(
        "policies",
        read(
            "NetworkPolicy",
            policy(
                "net",
                Map.of(
                    "podSelector",
                    Map.of(),
                    "policyTypes",
                    List.of("Egress"),
                    "egress",
                    List.of(
                        Map.of("to", List.of(Map.of("ipBlock", Map.of("cidr", "10.0.0.0/8")))))))));
    only("network.to-pod", UNKNOWN);
  }

  @Test
  void claimsOfARecordAreTheSameAfterItWasWritten() {
    sound.put("quotas", read("ResourceQuota", quota("pods", "2", "0", Map.of())));
    more.add(new GroupDiscovered("gone.example/v1", false, "it answers 503", null));
    List<Claim> claims =
        List.of(
            Claims.passesCheck("namespace.quota-room"), Claims.answersCheck("access.discovery"));
    History history = history().withClaims(claims.stream().map(Claim::spec).toList());
    History read = HistoryFile.fromText("told.ndjson", HistoryFile.toText(history));

    Judged judged = Judge.judge(read);

    assertThat(judged).isEqualTo(Judge.judge(history, claims));
    assertThat(judged.verdict()).isEqualTo(Verdict.INVALID);
    Judgement room = judged.judgements().get(0);
    assertThat(room.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(room.explanation())
        .isEqualTo(
            """
            namespace.quota-room holds: not so
              actual:     quota team leaves 2 of pods, and 4 are needed
              remedy:     kubectl describe quota -n team-a""");
    assertThat(room.findings())
        .singleElement()
        .satisfies(each -> assertThat(each.code()).isEqualTo(FindingCode.QUOTA_EXCEEDED));
    Judgement discovery = judged.judgements().get(1);
    assertThat(discovery.verdict()).isEqualTo(Verdict.VALID);
    assertThat(discovery.explanation()).contains("gone.example/v1: it answers 503");
  }

  @Test
  void refusesACheckThatThereIsNot() {
    assertThatThrownBy(() -> ClusterChecks.answer("network.nothing", history()))
        .hasMessageStartingWith("There is no check \"network.nothing\". Known are: access.");
  }

  /** This check comes out so, and every other one holds. */
  private void only(String check, CheckAnswer.Outcome outcome) {
    for (String each : preflight()) {
      CheckAnswer answer = answer(each);
      if (each.equals(check)) {
        assertThat(answer.outcome()).as(each + ": " + answer.said()).isEqualTo(outcome);
      } else if (!each.equals("access.clock")) {
        assertThat(answer.outcome()).as(each + ": " + answer.said()).isEqualTo(HOLDS);
      }
    }
  }

  /** This check fails, and the others hold or are not run for it. */
  private void onlyFails(String check) {
    for (String each : preflight()) {
      CheckAnswer answer = answer(each);
      if (each.equals(check)) {
        assertThat(answer.outcome()).as(each + ": " + answer.said()).isEqualTo(FAILS);
      } else {
        assertThat(answer.outcome()).as(each + ": " + answer.said()).isIn(HOLDS, NOT_RUN);
        assertThat(answer.outcome() == HOLDS || answer.said().equals("blocked by " + check))
            .as(each + ": " + answer.said())
            .isTrue();
      }
    }
  }

  private CheckAnswer answer(String check) {
    return ClusterChecks.answer(check, history());
  }

  private History history() {
    List<Recorded<?>> events = new ArrayList<>();
    List<ApiEvent> all = new ArrayList<>(sound.values());
    all.addAll(more);
    for (ApiEvent each : all) {
      events.add(new Recorded<>(events.size() + 1L, START, Source.API, each));
    }
    return new History(
        new Header("conformance.preflight", START, null, Evidence.none(), List.of()), events);
  }

  private static RequestMade request(String path, int code, Instant server) {
    return new RequestMade(
        "GET",
        path,
        false,
        code,
        40,
        START,
        server.truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
        "");
  }

  private static RightReviewed right(String verb, String resource, boolean allowed) {
    return new RightReviewed(verb, "", resource, "", "", true, allowed, "by its rules");
  }

  private static GroupDiscovered group(String name, Map<String, List<String>> verbs) {
    return new GroupDiscovered(name, true, "", verbs);
  }

  private static ObjectsRead read(String kind) {
    return new ObjectsRead(kind, "", 200, "", List.of());
  }

  private static ObjectsRead read(String kind, Map<String, Object> only) {
    return new ObjectsRead(kind, "", 200, "", List.of(only));
  }

  private static ObjectsRead read(String kind, Map<String, Object> one, Map<String, Object> other) {
    return new ObjectsRead(kind, "", 200, "", List.of(one, other));
  }

  private static Map<String, Object> namespace(String phase) {
    return Map.of(
        "name", "team-a", "labels", Map.of("team", "a"), "status", Map.of("phase", phase));
  }

  private static Map<String, Object> node(Map<String, Object> spec, boolean ready) {
    return Map.of(
        "name",
        "n",
        "labels",
        Map.of("kubernetes.io/os", "linux"),
        "spec",
        spec,
        "status",
        Map.of("conditions", List.of(Map.of("type", "Ready", "status", ready ? "True" : "False"))));
  }

  private static Map<String, Object> quota(
      String resource, String hard, String used, Map<String, Object> spec) {
    return Map.of(
        "name",
        "team",
        "spec",
        spec,
        "status",
        Map.of("hard", Map.of(resource, hard), "used", Map.of(resource, used)));
  }

  private static Map<String, Object> policy(String name, Map<String, Object> spec) {
    return Map.of("name", name, "spec", spec);
  }

  private static Map<String, String> labels(String part) {
    return switch (part) {
      case "broker-pod" -> BROKER_LABELS;
      case "worker-pod" -> WORKER_LABELS;
      default -> Map.of();
    };
  }

  private static DryRunAnswered taken(
      String part, String kind, String name, Difference... differences) {
    return new DryRunAnswered(
        part, kind, name, labels(part), List.of(), 201, "", "", List.of(differences), Map.of());
  }

  private static DryRunAnswered withMemory(String part, String resource, String amount) {
    return new DryRunAnswered(
        part,
        "Pod",
        "rabbitmq-0",
        labels(part),
        List.of(),
        201,
        "",
        "",
        List.of(),
        Map.of(resource, amount));
  }

  private static DryRunAnswered adapted(String part, String how) {
    return new DryRunAnswered(
        part,
        "Pod",
        "job-wq-1-trial",
        labels(part),
        List.of(how),
        201,
        "",
        "",
        List.of(),
        Map.of());
  }

  private void refusesTheWorkersPod(String said) {
    sound.put("worker-pod", refused("worker-pod", "Pod", "job-wq-1-trial", 403, said));
  }

  private static DryRunAnswered refused(
      String part, String kind, String name, Integer code, String message) {
    return new DryRunAnswered(
        part, kind, name, labels(part), List.of(), code, "Forbidden", message, List.of(), Map.of());
  }
}
