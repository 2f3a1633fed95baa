package workqueue.conformance;

import static workqueue.checker.diagnosis.FindingCode.*;
import static workqueue.conformance.Webhook.unchanged;
import static workqueue.conformance.Webhook.with;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What must make exactly one check fail, each on a real cluster, and what must make none. */
final class SetUps {

  private SetUps() {}

  static List<SetUp> all() {
    return Stream.of(
            namespaces(),
            admission(),
            others(),
            ProofSetUps.failing(),
            sound(),
            ProofSetUps.sound())
        .flatMap(List::stream)
        .toList();
  }

  /** A handful, of each kind one. */
  static List<SetUp> few() {
    List<String> few =
        List.of(
            "quota-of-two-pods",
            "quota-that-demands",
            "sidecar-added",
            "denied-traffic",
            "allowed-traffic");
    return all().stream().filter(each -> few.contains(each.name())).toList();
  }

  private static List<SetUp> namespaces() {
    return List.of(
        SetUp.failing(
            "quota-of-two-pods",
            "a quota allows two pods",
            "namespace.quota-room",
            QUOTA_EXCEEDED,
            site -> quota(site, "pods: \"2\"")),
        SetUp.failing(
            "quota-of-six-pods-in-all",
            "a quota counts pods that have ended as well, and allows six",
            "namespace.quota-room",
            QUOTA_EXCEEDED,
            site -> quota(site, "count/pods: \"6\"")),
        SetUp.failing(
            "quota-of-one-pod-that-lasts",
            "of pods without a deadline a quota allows one, and of others plenty",
            "namespace.quota-room",
            QUOTA_EXCEEDED,
            site -> {
              site.make(
                  """
                  apiVersion: v1
                  kind: ResourceQuota
                  metadata: {name: passing, namespace: $NAMESPACE}
                  spec: {hard: {pods: "40"}, scopes: [Terminating]}
                  """);
              return scopedQuota(site, "pods: \"1\"", "scopes: [NotTerminating]");
            }),
        SetUp.failing(
            "quota-that-demands",
            "a quota wants limits of processor time to be stated",
            "namespace.quota-demands",
            RESOURCES_REQUIRED,
            site -> quota(site, "limits.cpu: \"4\"")),
        SetUp.failing(
            "range-below-the-broker",
            "a LimitRange allows a container 256Mi",
            "namespace.limits-suffice",
            RESOURCES_TOO_SMALL,
            site -> range(site, "max: {memory: 256Mi}")),
        SetUp.failing(
            "default-below-the-worker",
            "a LimitRange gives a container 8Mi unless it says otherwise",
            "namespace.limits-suffice",
            RESOURCES_TOO_SMALL,
            site -> range(site, "default: {memory: 8Mi}, defaultRequest: {memory: 8Mi}")),
        SetUp.failing(
            "limit-far-above-the-request",
            "a LimitRange allows limits of four times the request",
            "namespace.limits-suffice",
            RESOURCES_TOO_SMALL,
            site ->
                range(
                    site,
                    "default: {memory: 512Mi}, defaultRequest: {memory: 256Mi},"
                        + " maxLimitRequestRatio: {memory: 4}")),
        SetUp.failing(
            "service-of-somebody-else",
            "a Service rabbitmq-service is there",
            "namespace.usable",
            NAMESPACE_UNUSABLE,
            SetUp.making(
                """
                  apiVersion: v1
                  kind: Service
                  metadata: {name: rabbitmq-service, namespace: $NAMESPACE}
                  spec: {ports: [{port: 80}]}
                  """)),
        SetUp.failing(
            "namespace-being-removed",
            "the namespace is being removed, and a finalizer holds it",
            "namespace.usable",
            NAMESPACE_UNUSABLE,
            site -> {
              var held =
                  site.make(
                      """
                      apiVersion: v1
                      kind: ConfigMap
                      metadata: {name: held, namespace: $NAMESPACE, finalizers: [example.com/held]}
                      """);
              site.remove();
              return () ->
                  site.admin()
                      .resource(held.get(0))
                      .edit(
                          each -> {
                            each.getMetadata().setFinalizers(List.of());
                            return each;
                          });
            }));
  }

  private static List<SetUp> admission() {
    return List.of(
        SetUp.failing(
            "jobs-denied",
            "a webhook that nobody answers has to admit Jobs",
            "admission.objects",
            WEBHOOK_UNAVAILABLE,
            site -> {
              Runnable undoing =
                  site.makeForAll(
                      """
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingWebhookConfiguration
                    metadata: {name: $NAMESPACE}
                    webhooks:
                    - name: away.example.com
                      clientConfig: {url: "https://127.0.0.1:1/", caBundle: $CA}
                      rules:
                      - {apiGroups: [batch], apiVersions: [v1], operations: [CREATE], resources: [jobs]}
                      namespaceSelector: {matchLabels: {wq-site: $NAMESPACE}}
                      failurePolicy: Fail
                      sideEffects: None
                      admissionReviewVersions: [v1]
                      timeoutSeconds: 2
                    """);
              site.awaitEffect("jobs", () -> false);
              return undoing;
            }),
        SetUp.failing(
            "pods-denied",
            "a webhook denies pods without a team",
            "admission.pods",
            ADMISSION_DENIED,
            site ->
                site.webhook(
                    "Validating",
                    "",
                    "pods",
                    pod -> {
                      throw new Webhook.Denied("a pod has a label team");
                    })),
        SetUp.failing(
            "pods-of-jobs-denied",
            "a webhook denies pods that a Job owns",
            "admission.pods",
            ADMISSION_DENIED,
            site ->
                site.webhook(
                    "Validating",
                    "",
                    "pods",
                    pod -> {
                      if (pod.at("/metadata/ownerReferences/0/kind").asText().equals("Job")) {
                        throw new Webhook.Denied("a Job's pods have a cost center");
                      }
                      return unchanged();
                    })),
        SetUp.failing(
                "restricted",
                "the namespace enforces the restricted profile",
                "admission.pods",
                ADMISSION_DENIED,
                site -> {
                  site.label("pod-security.kubernetes.io/enforce", "restricted");
                  return () -> {};
                })
            .where(Capability.POD_SECURITY),
        SetUp.failing(
            "parallelism-changed",
            "a webhook sets a Job's parallelism to 1",
            "admission.spec-kept",
            SPEC_CHANGED,
            site -> jobs(site, "/spec/parallelism", 1)),
        SetUp.failing(
            "image-changed",
            "a webhook has pods use another image",
            "admission.spec-kept",
            SPEC_CHANGED,
            site -> pods(site, "/spec/containers/0/image", "registry.example/mirror:1")),
        SetUp.failing(
            "sidecar-added",
            "a webhook adds a container that never ends",
            "admission.no-lingering-container",
            CONTAINER_STILL_RUNNING,
            site ->
                pods(
                    site,
                    "/spec/containers/-",
                    Map.of(
                        "name",
                        "proxy",
                        "image",
                        "proxy",
                        "command",
                        List.of("sleep", "infinity")))),
        SetUp.failing(
                "job-suspended",
                "a webhook suspends Jobs",
                "admission.controller-kept",
                TAKEN_OVER,
                site -> jobs(site, "/spec/suspend", true))
            .where(Capability.SUSPENDED_JOBS),
        SetUp.failing(
                "job-managed-by-another",
                "a webhook leaves Jobs to another controller",
                "admission.controller-kept",
                TAKEN_OVER,
                site -> jobs(site, "/spec/managedBy", "example.com/queue"))
            .where(Capability.MANAGED_JOBS),
        SetUp.failing(
            "scheduler-of-nobody",
            "a webhook leaves pods to a scheduler that there is not",
            "admission.controller-kept",
            TAKEN_OVER,
            site -> pods(site, "/spec/schedulerName", "nobody")));
  }

  private static List<SetUp> others() {
    return List.of(
        SetUp.failing(
                "api-without-jobs",
                "the API server does not serve batch/v1",
                "api.kinds",
                API_ABSENT,
                site -> () -> {})
            .startedWith("--kube-apiserver-arg=runtime-config=batch/v1=false"),
        SetUp.failing(
                "webhook-with-side-effects",
                "a webhook for Services says that being asked changes something",
                "api.dry-run",
                DRY_RUN_REFUSED,
                site -> {
                  Runnable undoing = site.makeForAll(SIDE_EFFECTS);
                  site.awaitEffect("services", () -> false);
                  return undoing;
                })
            .where(Capability.WEBHOOKS_WITH_SIDE_EFFECTS)
            .leftOpen(),
        SetUp.failing(
            "group-that-does-not-answer",
            "a group of the API is served by a Service that there is not",
            "access.discovery",
            DISCOVERY_BROKEN,
            site ->
                site.makeForAll(
                    """
                    apiVersion: apiregistration.k8s.io/v1
                    kind: APIService
                    metadata: {name: v1beta1.gone.example}
                    spec:
                      group: gone.example
                      version: v1beta1
                      groupPriorityMinimum: 100
                      versionPriority: 100
                      insecureSkipTLSVerify: true
                      service: {name: gone, namespace: $NAMESPACE}
                    """)),
        SetUp.failing(
            "denied-traffic",
            "a NetworkPolicy lets nothing in",
            "network.to-pod",
            TRAFFIC_BLOCKED,
            SetUp.making(DENY)),
        SetUp.failing(
                "nodes-cordoned",
                "all nodes are cordoned",
                "nodes.capable",
                UNSCHEDULABLE,
                site -> {
                  site.admin().nodes().list().getItems().forEach(each -> cordon(site, each, true));
                  return () ->
                      site.admin()
                          .nodes()
                          .list()
                          .getItems()
                          .forEach(each -> cordon(site, each, false));
                })
            .seenByAdmin(),
        SetUp.failing(
                "events-denied",
                "a webhook admits no events",
                "job.events",
                EVENTS_ABSENT,
                site ->
                    site.webhook(
                        "Validating",
                        "",
                        "events",
                        event -> {
                          throw new Webhook.Denied("there are too many of them");
                        }))
            .seenByProof(),
        SetUp.failing(
                "streams-denied",
                "a webhook lets nobody run commands in pods, nor reach their ports",
                "access.streams",
                STREAM_REFUSED,
                site ->
                    site.webhook(
                        "Validating",
                        "",
                        "pods/exec, pods/portforward",
                        any -> {
                          throw new Webhook.Denied("nobody enters here");
                        }))
            .seenByProof(),
        SetUp.failing(
                "volume-elsewhere",
                "a webhook mounts the broker's volume in another place",
                "broker.data-survives-container",
                LOST_ITEMS,
                site ->
                    site.webhook(
                        "Mutating",
                        "",
                        "pods",
                        pod ->
                            isWorker(pod)
                                ? unchanged()
                                : with(
                                    unchanged(),
                                    "/spec/containers/0/volumeMounts/0/mountPath",
                                    "/elsewhere")))
            .seenByAdmin()
            .seenByTrial(),
        SetUp.failing(
                "node-without-names",
                "a webhook has the probes of single nodes ask a DNS server that there is not",
                "nodes.every-class",
                NODE_UNFIT,
                site ->
                    site.webhook(
                        "Mutating",
                        "",
                        "pods",
                        pod ->
                            pod.at("/metadata/name").asText().startsWith("wq-scout-way")
                                ? with(
                                    with(unchanged(), "/spec/dnsPolicy", "None"),
                                    "/spec/dnsConfig",
                                    Map.of("nameservers", List.of("127.0.0.9")))
                                : unchanged()))
            .seenByAdmin()
            .seenByTrial(),
        SetUp.failing(
                "idle-connection-forgotten",
                "the node drops the packets of a connection that has been idle for 20 s",
                "network.idle",
                IDLE_CUT,
                SetUps::forgetting)
            .seenByTrial(),
        SetUp.failing(
                "idle-job-deleted",
                "somebody deletes a Job that has waited for 5 s for an item",
                "job.waits-for-work",
                VANISHED,
                site -> Janitor.doing(() -> deleteIdle(site, 5)))
            .seenByTrial(),
        SetUp.failing(
                "deleted-pod-held",
                "a finalizer holds the worker's pods until their Job is gone",
                "job.replaces-pod",
                STUCK_TERMINATING,
                site -> held(site, pod -> isWithoutJob(site, pod)))
            .seenByTrial(),
        SetUp.failing(
                "start-delayed",
                "a webhook has the worker's pods wait for 7 s before they begin",
                "speed.pod",
                SLOW_START,
                site -> waiting(site, 7))
            .seenByProof());
  }

  private static List<SetUp> sound() {
    return List.of(
        SetUp.sound("nothing-special", "nothing is special", site -> () -> {}),
        SetUp.sound(
            "allowed-traffic",
            "a NetworkPolicy lets nothing in, and another one lets the worker in",
            site -> {
              site.make(DENY);
              site.make(
                  """
                  apiVersion: networking.k8s.io/v1
                  kind: NetworkPolicy
                  metadata: {name: amqp, namespace: $NAMESPACE}
                  spec:
                    podSelector: {matchLabels: {app.kubernetes.io/name: task-queue}}
                    ingress:
                    - from: [{podSelector: {matchLabels: {job-name: job-wq-1}}}]
                      ports: [{port: 5672}]
                  """);
              return () -> {};
            }),
        SetUp.sound(
            "quota-with-room",
            "a quota has room",
            site ->
                quota(
                    site,
                    "pods: \"4\", count/pods: \"11\", services: \"1\", count/jobs.batch: \"1\"")),
        SetUp.sound(
            "quota-for-others",
            "a quota has no room for pods of other priority classes",
            site ->
                scopedQuota(
                    site,
                    "pods: \"0\", requests.cpu: \"0\"",
                    "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In,"
                        + " values: [system-node-critical, system-cluster-critical]}]}")),
        SetUp.sound(
            "account-without-token",
            "the default service account mounts no token, and names a pull secret that there is not",
            site -> {
              site.admin()
                  .serviceAccounts()
                  .inNamespace(site.namespace())
                  .withName("default")
                  .edit(
                      account -> {
                        account.setAutomountServiceAccountToken(false);
                        account.getImagePullSecrets().add(new LocalObjectReference("retired"));
                        return account;
                      });
              return () -> {};
            }),
        SetUp.sound(
            "stated-for-all",
            "a quota wants limits, and a LimitRange states them for whoever does not",
            site -> {
              range(site, "default: {cpu: 200m, memory: 64Mi}");
              return quota(site, "limits.cpu: \"2\", limits.memory: 2Gi");
            }),
        SetUp.sound(
            "labels-added",
            "a webhook adds labels, a toleration and a variable",
            site ->
                site.webhook(
                    "Mutating",
                    "",
                    "pods",
                    pod -> {
                      var patch = with(unchanged(), "/metadata/labels/team", "a");
                      with(patch, "/spec/tolerations/-", Map.of("key", "x", "operator", "Exists"));
                      return pod.at("/spec/containers/0/env").isArray()
                          ? with(
                              patch,
                              "/spec/containers/0/env/-",
                              Map.of("name", "PROXY", "value", "http"))
                          : patch;
                    })),
        SetUp.sound(
                "native-sidecar",
                "a webhook adds a sidecar as an init container that is restarted always",
                site ->
                    pods(
                        site,
                        "/spec/initContainers",
                        List.of(
                            Map.of("name", "proxy", "image", "proxy", "restartPolicy", "Always"))))
            .where(Capability.RESTARTED_INIT_CONTAINERS),
        SetUp.sound(
                "patient-janitor",
                "somebody deletes a Job that has waited for a minute for an item, and a finalizer holds"
                    + " the worker's pods for a moment",
                site -> {
                  Runnable deleting = Janitor.doing(() -> deleteIdle(site, 60));
                  Runnable holding = held(site, any -> true);
                  return () -> {
                    holding.run();
                    deleting.run();
                  };
                })
            .seenByAdmin()
            .seenByTrial(),
        SetUp.sound(
                "start-prepared",
                "a webhook adds an init container that is done at once",
                site -> waiting(site, 0))
            .seenByProof(),
        SetUp.sound(
            "others-at-work",
            "the namespace is full of somebody else's objects",
            site -> {
              for (int i = 0; i < 20; i++) {
                site.make(
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: wq-theirs-%d, namespace: $NAMESPACE, labels: {component: rabbitmq}}
                    """
                        .formatted(i));
              }
              return () -> {};
            }));
  }

  private static final String FINALIZER = "example.com/held";

  private static final String SIDE_EFFECTS =
      """
      apiVersion: admissionregistration.k8s.io/v1beta1
      kind: ValidatingWebhookConfiguration
      metadata: {name: $NAMESPACE}
      webhooks:
      - name: effects.example.com
        clientConfig: {url: "$URL/$NAMESPACE", caBundle: $CA}
        rules:
        - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [services]}
        namespaceSelector: {matchLabels: {wq-site: $NAMESPACE}}
        failurePolicy: Fail
        sideEffects: Some
        admissionReviewVersions: [v1, v1beta1]
        timeoutSeconds: 5
      """;

  private static final String DENY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny, namespace: $NAMESPACE}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """;

  private static Runnable quota(Site site, String hard) {
    return scopedQuota(site, hard, "scopes: []");
  }

  private static Runnable scopedQuota(Site site, String hard, String scope) {
    site.make(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: team, namespace: $NAMESPACE}
        spec: {hard: {%s}, %s}
        """
            .formatted(hard, scope));
    site.awaitQuota("team");
    return () -> {};
  }

  private static Runnable range(Site site, String limits) {
    site.make(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: range, namespace: $NAMESPACE}
        spec: {limits: [{type: Container, %s}]}
        """
            .formatted(limits));
    return () -> {};
  }

  private static Runnable jobs(Site site, String path, Object value) {
    return site.webhook("Mutating", "batch", "jobs", job -> with(unchanged(), path, value));
  }

  /** Of pods the worker's alone. */
  private static Runnable pods(Site site, String path, Object value) {
    return site.webhook(
        "Mutating",
        "",
        "pods",
        pod -> isWorker(pod) ? with(unchanged(), path, value) : unchanged());
  }

  private static Runnable waiting(Site site, int seconds) {
    return site.webhook(
        "Mutating",
        "",
        "pods",
        pod ->
            isWorker(pod)
                ? with(
                    unchanged(),
                    "/spec/initContainers",
                    List.of(
                        Map.of(
                            "name",
                            "waiting",
                            "image",
                            pod.at("/spec/containers/0/image").asText(),
                            "command",
                            List.of("sleep", Integer.toString(seconds)))))
                : unchanged());
  }

  /** What a firewall does: packets of one connection are dropped, others pass. */
  private static Runnable forgetting(Site site) {
    List<String> cut = new CopyOnWriteArrayList<>();
    Runnable cutting =
        Janitor.doing(
            () -> {
              Instant then = Instant.now().minusSeconds(20);
              boolean idle =
                  pods(site)
                      .filter(each -> each.getMetadata().getName().equals("wq-scout-idle"))
                      .filter(each -> each.getStatus().getPhase().equals("Running"))
                      .anyMatch(
                          each -> Instant.parse(each.getStatus().getStartTime()).isBefore(then));
              if (idle && cut.isEmpty()) {
                String port = site.node().require("sh", "-c", FIND_PORT).strip();
                if (!port.isEmpty()) {
                  drop(site, "-I", port);
                  cut.add(port);
                }
              }
            });
    return () -> {
      cutting.run();
      cut.forEach(port -> drop(site, "-D", port));
    };
  }

  private static void drop(Site site, String how, String port) {
    for (String end : List.of("--sport", "--dport")) {
      site.node().require("iptables", how, "FORWARD", "-p", "tcp", end, port, "-j", "DROP");
    }
  }

  /** The port of the connection that the idle consumer has to port 5672. */
  private static final String FIND_PORT =
      """
      for each in /proc/[0-9]*; do
        if tr '\\0' ' ' <$each/cmdline 2>/dev/null | grep -q '^amqp-consume.*job1-idle'; then
          sed -n 's/^ *[0-9]*: [0-9A-F]*:\\([0-9A-F]*\\) [0-9A-F]*:1628 01 .*/0x\\1/p' $each/net/tcp
        fi
      done 2>/dev/null | head -n 1 | xargs -r printf '%d'
      """;

  /** Deletes a Job whose ninth pod waits for an item, and has done so for a while. */
  private static void deleteIdle(Site site, int seconds) {
    Instant then = Instant.now().minusSeconds(seconds);
    var jobs = site.admin().batch().v1().jobs().inNamespace(site.namespace());
    for (Job job : jobs.list().getItems()) {
      if (job.getSpec().getCompletions() == 9
          && Integer.valueOf(8).equals(job.getStatus().getSucceeded())
          && pods(site).anyMatch(each -> runsSince(each, job, then))) {
        site.admin().resource(job).delete();
      }
    }
  }

  private static boolean runsSince(Pod pod, Job job, Instant then) {
    return isOf(pod, job.getMetadata().getName())
        && pod.getStatus().getPhase().equals("Running")
        && Instant.parse(pod.getStatus().getStartTime()).isBefore(then);
  }

  private static boolean isOf(Pod pod, String job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(each -> each.getKind().equals("Job") && each.getName().equals(job));
  }

  private static boolean isWithoutJob(Site site, Pod pod) {
    return site.admin().batch().v1().jobs().inNamespace(site.namespace()).list().getItems().stream()
        .noneMatch(each -> isOf(pod, each.getMetadata().getName()));
  }

  private static Stream<Pod> pods(Site site) {
    return site.admin().pods().inNamespace(site.namespace()).list().getItems().stream();
  }

  /** The pods of Jobs that are deleted stay until somebody lets them go. */
  private static Runnable held(Site site, Predicate<Pod> let) {
    Runnable releasing = Janitor.doing(() -> release(site, let));
    Runnable holding =
        site.webhook(
            "Mutating",
            "",
            "pods",
            pod -> {
              boolean ofJob = pod.at("/metadata/ownerReferences/0/kind").asText().equals("Job");
              boolean more = pod.at("/metadata/finalizers").isArray();
              return ofJob
                  ? with(
                      unchanged(),
                      more ? "/metadata/finalizers/-" : "/metadata/finalizers",
                      more ? FINALIZER : List.of(FINALIZER))
                  : unchanged();
            });
    return () -> {
      holding.run();
      releasing.run();
    };
  }

  /** Takes the finalizer off pods that are being deleted. */
  private static void release(Site site, Predicate<Pod> which) {
    pods(site)
        .filter(each -> each.getMetadata().getDeletionTimestamp() != null)
        .filter(each -> each.getMetadata().getFinalizers().contains(FINALIZER))
        .filter(which)
        .forEach(
            each ->
                site.admin()
                    .resource(each)
                    .edit(
                        pod -> {
                          pod.getMetadata().getFinalizers().remove(FINALIZER);
                          return pod;
                        }));
  }

  static boolean isWorker(JsonNode pod) {
    return pod.at("/metadata/labels").has("job-name");
  }

  private static void cordon(
      Site site, io.fabric8.kubernetes.api.model.Node node, boolean cordoned) {
    site.admin()
        .resource(node)
        .edit(
            each -> {
              each.getSpec().setUnschedulable(cordoned ? true : null);
              return each;
            });
  }
}
