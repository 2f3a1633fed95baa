package workqueue.conformance;

import static workqueue.checker.diagnosis.FindingCode.*;
import static workqueue.configuration.ConformanceMode.FULL;
import static workqueue.configuration.ConformanceMode.PREFLIGHT;
import static workqueue.configuration.ConformanceMode.QUICK;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.cluster.Right;
import workqueue.configuration.ConformanceMode;
import workqueue.conformance.Check.Sentence;

/** All checks of a cluster, in the order in which they are told. */
public final class Checks {
  /** The suite of their scenarios. */
  public static final String SUITE = "conformance";

  private static final String PAGE =
      "https://kubernetes.io/docs/tasks/job/coarse-parallel-processing-work-queue/";
  private static final String JOBS =
      "https://kubernetes.io/docs/concepts/workloads/controllers/job/";
  private static final String DRY_RUN =
      "https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run";
  private static final String SERVICES =
      "https://kubernetes.io/docs/concepts/services-networking/service/";
  private static final String QUOTAS =
      "https://kubernetes.io/docs/concepts/policy/resource-quotas/";

  private static final String PLATFORM = "platform";
  private static final String NAMESPACE_OWNER = "namespace owner";
  private static final String NETWORK = "network team";

  private static final List<Check> ALL = all();

  private Checks() {}

  /** All of them. */
  public static List<Check> list() {
    return ALL;
  }

  /** Those of a mode. */
  public static List<Check> in(ConformanceMode mode) {
    return ALL.stream().filter(each -> each.modes().contains(mode)).toList();
  }

  /** The check of this id. */
  public static Optional<Check> named(String id) {
    return ALL.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** All rights that the checks of a mode need in the namespace, none twice. */
  public static Set<Right> rights(ConformanceMode mode) {
    Set<Right> rights = new LinkedHashSet<>();
    in(mode).forEach(each -> rights.addAll(each.rights(mode)));
    return rights;
  }

  /** All rights with which the checks of a mode see more, none twice. */
  public static Set<Right> optionalRights(ConformanceMode mode) {
    Set<Right> rights = new LinkedHashSet<>();
    in(mode).forEach(each -> rights.addAll(each.optional()));
    rights.removeAll(rights(mode));
    return rights;
  }

  private static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.addAll(access());
    checks.addAll(namespace());
    checks.addAll(admission());
    checks.addAll(nodesAndImages());
    checks.addAll(network());
    checks.addAll(broker());
    checks.addAll(job());
    return List.copyOf(checks);
  }

  private static List<Check> access() {
    return List.of(
        check("access.api-answers", Level.REQUIRED)
            .holds("the API server answers")
            .restsOn("You need to have a Kubernetes cluster", PAGE)
            .done("asks for its version")
            .owner(PLATFORM)
            .cost("0 pods, 0.1 s"),
        check("access.rights", Level.REQUIRED)
            .holds("the guest may do all that the checks need")
            .restsOn("Authorization for dry-run and non-dry-run requests is identical", DRY_RUN)
            .done("asks for the guest's own rights in the namespace")
            .blames(RIGHT_MISSING)
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("access.discovery", Level.RECOMMENDED)
            .holds("every group of the API answers")
            .restsOn(
                "the aggregation layer will proxy anything sent to that API path",
                "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/")
            .done("lists the groups of the API, and asks each that another server serves")
            .blames(DISCOVERY_BROKEN)
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("access.clock", Level.RECOMMENDED)
            .holds("the clocks of the API server and of this machine differ by 2 s at most")
            .restsOn(
                "startTime: Represents time when the job controller started processing a job", JOBS)
            .done("compares the dates of answers with this machine's clock")
            .blames(CLOCK_SKEWED)
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("api.kinds", Level.REQUIRED)
            .holds("the API has Jobs, Services, Pods and StatefulSets")
            .restsOn("Create a Job: Kubernetes Jobs run Pods to completion", PAGE)
            .done("looks for the kinds and their verbs among the groups of the API")
            .blames(API_ABSENT)
            .owner(PLATFORM)
            .cost("0 pods, 0.2 s"),
        check("api.dry-run", Level.REQUIRED)
            .holds("a Service can be sent on trial, and nothing comes of it")
            .restsOn("the request will be failed rather than risk an unwanted side effect", DRY_RUN)
            .done("sends the documented Service as a dry run, and looks whether it is there")
            .blames(DRY_RUN_REFUSED)
            .needs(Right.to("", "services", "create", "get"))
            .owner(PLATFORM)
            .cost("0 pods, 0.2 s"),
        check("api.job-fields", Level.INFORMATIONAL)
            .holds("a Job keeps every field that Kubernetes has for it")
            .restsOn("The ttlSecondsAfterFinished field of a Job", JOBS)
            .done("sends a Job with all optional fields as a dry run, and looks which come back")
            .blames(FIELD_DROPPED)
            .needs(Right.to("batch", "jobs", "create"))
            .owner(PLATFORM)
            .cost("0 pods, 0.2 s"));
  }

  private static List<Check> namespace() {
    return List.of(
        check("namespace.usable", Level.REQUIRED)
            .holds("the namespace is there, is not being removed, and its names are free")
            .restsOn("kubectl create -f …/rabbitmq-service.yaml", PAGE)
            .done(
                "reads the namespace and its default service account, and sends all objects as dry runs")
            .blames(NAMESPACE_UNUSABLE)
            .needs(named(Right.to("", "namespaces", "get"), Role.NAMESPACE))
            .needs(named(Right.to("", "serviceaccounts", "get"), "default"))
            .owner(NAMESPACE_OWNER)
            .cost("0 pods, 0.2 s"),
        check("namespace.quota-room", Level.REQUIRED)
            .holds("quotas leave room for 4 pods at once and 11 in all, with their resources")
            .restsOn(
                "If the Job controller failed to create Pods for any reason (lack of"
                    + " ResourceQuota, lack of permission, etc.), then there may be fewer pods than"
                    + " requested",
                JOBS)
            .done("reads the quotas, and adds up what the pattern's pods need")
            .blames(QUOTA_EXCEEDED)
            .needs(Right.to("", "resourcequotas", "list"))
            .owner(NAMESPACE_OWNER)
            .cost("0 pods, 0.1 s"),
        check("namespace.quota-demands", Level.REQUIRED)
            .holds("no quota demands resources that the documented pods do not state")
            .restsOn(
                "then it requires that every incoming container makes an explicit request", QUOTAS)
            .done("sends the documented pods as dry runs")
            .blames(RESOURCES_REQUIRED)
            .needs(Right.to("", "pods", "create"))
            .owner(NAMESPACE_OWNER)
            .cost("0 pods, 0.2 s"),
        check("namespace.limits-suffice", Level.REQUIRED)
            .holds("broker and worker are left the memory and the processor that they need")
            .restsOn(
                "Set default request/limit for compute resources in a namespace and automatically"
                    + " inject them to Containers at runtime",
                "https://kubernetes.io/docs/concepts/policy/limit-range/")
            .done("looks at the resources of the pods that come back from dry runs")
            .blames(RESOURCES_TOO_SMALL)
            .needs(Right.to("", "pods", "create"))
            .owner(NAMESPACE_OWNER)
            .cost("0 pods, 0 s"));
  }

  private static List<Check> admission() {
    return List.of(
        check("admission.objects", Level.REQUIRED)
            .holds("Service, StatefulSet and Job are admitted")
            .restsOn("kubectl apply -f ./job.yaml", PAGE)
            .done("sends the documented objects as dry runs")
            .blames(ADMISSION_DENIED, WEBHOOK_UNAVAILABLE)
            .needs(Right.to("", "services", "create"))
            .needs(Right.to("apps", "statefulsets", "create"))
            .needs(Right.to("batch", "jobs", "create"))
            .owner(PLATFORM)
            .cost("0 pods, 0.5 s"),
        check("admission.pods", Level.REQUIRED)
            .holds("the pods of broker and Job are admitted")
            .restsOn(
                "enforce mode is not applied to workload resources, only to the resulting pod"
                    + " objects",
                "https://kubernetes.io/docs/concepts/security/pod-security-admission/")
            .done("sends the pods of the templates as dry runs")
            .blames(ADMISSION_DENIED, WEBHOOK_UNAVAILABLE)
            .needs(Right.to("", "pods", "create"))
            .owner(NAMESPACE_OWNER)
            .cost("0 pods, 0.5 s"),
        check("admission.spec-kept", Level.REQUIRED)
            .holds("nobody changes what the documented objects ask for")
            .restsOn("Then edit the image to match the name you used", PAGE)
            .done("compares what comes back from dry runs with what was sent")
            .blames(SPEC_CHANGED)
            .needs(Right.to("", "pods", "create"))
            .needs(Right.to("batch", "jobs", "create"))
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("admission.no-lingering-container", Level.REQUIRED)
            .holds("nobody adds a container that keeps the Job's pods from ending")
            .restsOn(
                "the sidecar container in each Pod does not prevent the Job from completing",
                "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/")
            .done("looks for further containers in the pods that come back from dry runs")
            .blames(CONTAINER_STILL_RUNNING)
            .needs(Right.to("", "pods", "create"))
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("admission.controller-kept", Level.REQUIRED)
            .holds("the Job is left to Kubernetes' own controller and scheduler")
            .restsOn("A Job creates one or more Pods", JOBS)
            .done("looks for suspend, managedBy and schedulerName in what comes back from dry runs")
            .blames(TAKEN_OVER)
            .needs(Right.to("", "pods", "create"))
            .needs(Right.to("batch", "jobs", "create"))
            .owner(PLATFORM)
            .cost("0 pods, 0 s"));
  }

  private static List<Check> nodesAndImages() {
    return List.of(
        check("nodes.capable", Level.REQUIRED)
            .holds("a node is ready, takes pods without tolerations and runs Linux")
            .restsOn(
                "It is recommended to run this tutorial on a cluster with at least two nodes", PAGE)
            .done("reads the nodes, where that is allowed")
            .blames(UNSCHEDULABLE)
            .owner(PLATFORM)
            .cost("0 pods, 0.1 s"),
        check("nodes.every-class", Level.RECOMMENDED)
            .inFull()
            .holds("pods run on nodes of each kind, and reach the broker from there by its name")
            .restsOn("A Job creates one or more Pods", JOBS)
            .done(
                "reads the nodes, where that is allowed, sends a pod to one of each platform,"
                    + " runtime and type that takes pods, and names the others")
            .blames(NODE_UNFIT, TRAFFIC_BLOCKED)
            .owner(PLATFORM)
            .cost("1 pod, 5 s"),
        check("images.pullable", Level.REQUIRED)
            .inQuick()
            .holds("the nodes get the images of broker and worker")
            .restsOn("push your image to a registry that your cluster can access", PAGE)
            .done("looks whether the containers of broker and probe start")
            .blames(IMAGE_NOT_PULLABLE)
            .makes(Right.to("", "pods", "create", "list", "delete"))
            .owner("registry")
            .cost("0 pods, 0 s"),
        check("images.platform", Level.REQUIRED)
            .inQuick()
            .holds("the nodes can run what is in the images of broker and worker")
            .restsOn("push your image to a registry that your cluster can access", PAGE)
            .done("looks whether the programs of broker and probe begin to run")
            .blames(IMAGE_WRONG_PLATFORM)
            .makes(Right.to("", "pods", "create", "list", "delete"))
            .owner("registry")
            .cost("0 pods, 0 s"));
  }

  private static List<Check> network() {
    return List.of(
        check("network.cluster-ip", Level.REQUIRED)
            .inQuick()
            .holds("the broker's Service has an address of its own")
            .restsOn("You can also find the service IP in an env var", PAGE)
            .done("makes the documented Service")
            .blames(NO_CLUSTER_IP)
            .makes(Right.to("", "services", "create", "list", "delete"))
            .owner(PLATFORM)
            .cost("0 pods, 0.1 s"),
        check("network.endpoints", Level.REQUIRED)
            .inQuick()
            .holds("the Service leads to the broker's pod")
            .restsOn(
                "The set of Pods targeted by a Service is usually determined by a selector",
                SERVICES)
            .done("reads the addresses behind the Service once the pod is Ready")
            .blames(SERVICE_WITHOUT_ENDPOINTS, SERVICE_NOT_ROUTED)
            .makes(Right.to("discovery.k8s.io", "endpointslices", "list"))
            .makes(Right.to("", "endpoints", "list"))
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("network.dns", Level.REQUIRED)
            .inQuick()
            .holds("pods resolve the broker's name, short and in full")
            .restsOn("the rabbitmq-service has a DNS name, provided by Kubernetes", PAGE)
            .done("looks both names up in a pod")
            .blames(SERVICE_NOT_RESOLVED)
            .owner(PLATFORM)
            .cost("1 pod, 5 s"),
        check("network.dns-steady", Level.RECOMMENDED)
            .inQuick()
            .holds("each of 200 look-ups has an answer, 95 of 100 within 100 ms")
            .restsOn("the rabbitmq-service has a DNS name, provided by Kubernetes", PAGE)
            .done("looks the name up 200 times in a pod")
            .blames(DNS_FLAKY)
            .owner(PLATFORM)
            .cost("0 pods, 2 s"),
        check("network.environment", Level.RECOMMENDED)
            .inQuick()
            .holds("pods are told the Service's address in their environment")
            .restsOn("You can also find the service IP in an env var", PAGE)
            .done("reads RABBITMQ_SERVICE_SERVICE_HOST in a pod")
            .blames(SERVICE_LINKS_ABSENT)
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("network.to-pod", Level.REQUIRED)
            .holds("the worker's pods may reach the broker's pod on port 5672")
            .restsOn(
                "if no policies exist in a namespace, then all ingress and egress traffic is"
                    + " allowed to and from pods in that namespace",
                "https://kubernetes.io/docs/concepts/services-networking/network-policies/")
            .done("reads the NetworkPolicies and follows them; quick opens the connection")
            .blames(TRAFFIC_BLOCKED)
            .needs(Right.to("networking.k8s.io", "networkpolicies", "list"))
            .owner(NETWORK)
            .cost("0 pods, 0.1 s"),
        check("network.to-service", Level.REQUIRED)
            .inQuick()
            .holds("the worker's pods reach the broker by its Service's address")
            .restsOn("amqp://guest:guest@rabbitmq-service:5672", PAGE)
            .done("opens a connection to the address in a pod")
            .blames(SERVICE_NOT_ROUTED)
            .owner(PLATFORM)
            .cost("0 pods, 0.1 s"),
        check("network.big-item", Level.RECOMMENDED)
            .inQuick()
            .holds("an item of a mebibyte passes unaltered")
            .restsOn("Each message represents one task to be done", PAGE)
            .done("publishes and takes back 1 MiB in a pod")
            .blames(TRAFFIC_STALLED)
            .owner(NETWORK)
            .cost("0 pods, 1 s"),
        check("network.idle", Level.RECOMMENDED)
            .inFull()
            .holds("a consumer that has waited for 150 s gets the item that comes then")
            .restsOn("amqp-consume --url=$BROKER_URL -q $QUEUE -c 1", PAGE)
            .done("waits in a pod as the documented worker does, and publishes an item after 150 s")
            .blames(IDLE_CUT)
            .owner(NETWORK)
            .cost("1 pod, 160 s"));
  }

  private static List<Check> broker() {
    return List.of(
        check("broker.starts", Level.REQUIRED)
            .inQuick()
            .holds("the broker's pod becomes Ready")
            .restsOn("Start the message queue service", PAGE)
            .done("makes the documented StatefulSet")
            .blames(CRASH_LOOP, OUT_OF_MEMORY, UNSCHEDULABLE, CONTROLLER_INACTIVE)
            .makes(Right.to("apps", "statefulsets", "create", "list", "delete"))
            .owner(PLATFORM)
            .cost("1 pod, 10 s"),
        check("broker.answers", Level.REQUIRED)
            .inQuick()
            .holds("the broker takes logins within 5 minutes")
            .restsOn("Start the message queue service", PAGE)
            .done("logs in from a pod until that works")
            .blames(BROKER_UNREACHABLE)
            .owner(PLATFORM)
            .cost("0 pods, 20 s"),
        check("broker.round-trip", Level.REQUIRED)
            .inQuick()
            .holds("a queue can be created, and a message published and consumed")
            .restsOn("verify we can create a queue, and publish and consume messages", PAGE)
            .done("declares queue foo, publishes Hello and takes it back, in a pod")
            .blames(BROKER_REFUSED_LOGIN, LOST_ITEMS)
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("broker.data-survives-container", Level.RECOMMENDED)
            .inFull()
            .holds("an item outlives the broker's container")
            .restsOn("mountPath: /var/lib/rabbitmq", PAGE)
            .done("puts an item into the queue, ends the broker's container, and takes it out")
            .blames(LOST_ITEMS)
            .mayNeed(Streams.rights("exec"))
            .owner(PLATFORM)
            .cost("2 pods, 60 s"));
  }

  private static List<Check> job() {
    return List.of(
        check("job.controller-acts", Level.REQUIRED)
            .inQuick()
            .holds("the Job controller takes the Job up")
            .restsOn("A Job creates one or more Pods", JOBS)
            .done("makes the documented Job, with a worker of one second")
            .blames(CONTROLLER_INACTIVE)
            .makes(Right.to("batch", "jobs", "create", "list", "delete"))
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("job.completes", Level.REQUIRED)
            .inQuick()
            .holds("the Job completes with 8 successes")
            .restsOn(
                "When a specified number of successful completions is reached, the task (ie, Job)"
                    + " is complete",
                JOBS)
            .done("waits for the end of the Job")
            .blames(STILL_WORKING)
            .owner(PLATFORM)
            .cost("8 pods, 20 s"),
        check("job.parallelism-kept", Level.REQUIRED)
            .inQuick()
            .holds("never more than two of its pods run at once")
            .restsOn("The requested parallelism can be set to any non-negative value", JOBS)
            .done("compares when its containers ran")
            .blames(SPEC_CHANGED)
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("job.each-item-once", Level.REQUIRED)
            .inQuick()
            .holds("each of 8 items is processed by one pod, and none is left")
            .restsOn("each pod works on one item from the queue and then exits", PAGE)
            .done("compares what was published with the workers' logs, and empties the queue")
            .blames(LOST_ITEMS, LEFTOVER_ITEMS, DUPLICATED_ITEMS)
            .owner(PLATFORM)
            .cost("1 pod, 3 s"),
        check("job.finished-pods-kept", Level.REQUIRED)
            .inQuick()
            .holds("the Job's pods are kept once they have ended")
            .restsOn(
                "When a Job completes, no more Pods are created, but the Pods are usually not"
                    + " deleted either",
                JOBS)
            .done("looks whether all are there in the end")
            .blames(PODS_COLLECTED)
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("job.waits-for-work", Level.REQUIRED)
            .inFull()
            .holds(
                "a Job that wants an item more than there is waits for it, and completes with it")
            .restsOn(
                "the Job will not appear to be completed, even though all items in the queue have been processed",
                PAGE)
            .done("makes a Job of 9 completions for 8 items, looks on, and adds the ninth")
            .blames(VANISHED, DEADLINE_EXCEEDED, SPEC_CHANGED, STILL_WORKING)
            .owner(PLATFORM)
            .cost("11 pods, 40 s"),
        check("job.replaces-pod", Level.RECOMMENDED)
            .inFull()
            .holds(
                "a pod that is deleted while it works is replaced, and its item is worked on again")
            .restsOn(
                "The Job object will start a new Pod if the first Pod fails or is deleted", JOBS)
            .done("deletes one of two working pods of a Job")
            .blames(
                STUCK_TERMINATING, CONTROLLER_INACTIVE, STILL_WORKING, LOST_ITEMS, LEFTOVER_ITEMS)
            .makes(Right.to("", "pods", "delete"))
            .owner(PLATFORM)
            .cost("5 pods, 45 s"),
        check("job.events", Level.INFORMATIONAL)
            .inQuick()
            .holds("an event tells of each pod that the Job made")
            .restsOn("Created pod: job-wq-1-hcobb", PAGE)
            .done("lists the events of the Job")
            .blames(EVENTS_ABSENT)
            .mayNeed(Right.to("", "events", "list"))
            .owner(PLATFORM)
            .cost("0 pods, 0.1 s"),
        check("speed.pod", Level.INFORMATIONAL)
            .inQuick()
            .holds("half of the Job's pods run within 5 s of their creation")
            .restsOn("creating a Pod for every work item may add a lot of overhead", PAGE)
            .done("compares when its pods were first seen, and when their workers ran")
            .blames(SLOW_START)
            .owner(PLATFORM)
            .cost("0 pods, 0 s"),
        check("access.streams", Level.INFORMATIONAL)
            .inQuick()
            .holds("commands can be run in pods, and their ports be reached")
            .restsOn(
                "Get a Shell to a Running Container",
                "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/")
            .done("runs true in the broker's pod, and reaches its port 5672, by the API server")
            .blames(STREAM_REFUSED)
            .mayNeed(Streams.rights("exec"))
            .mayNeed(Streams.rights("portforward"))
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("access.logs", Level.REQUIRED)
            .inQuick()
            .holds("the logs of pods can be read")
            .restsOn("View the standard output of one of the pods", JOBS)
            .done("reads the logs of the probe and of the workers")
            .blames(LOGS_UNREADABLE)
            .makes(Right.toPart("", "pods", "log", "get"))
            .owner(PLATFORM)
            .cost("0 pods, 1 s"),
        check("cleanup.footprint", Level.REQUIRED)
            .inQuick()
            .holds("all that was made can be removed again")
            .restsOn("Deleting a Job will clean up the Pods it created", JOBS)
            .done("removes what it made, and lists the namespace before and after")
            .blames(FOOTPRINT_LEFT)
            .makes(Right.to("", "configmaps", "create", "get", "delete"))
            .owner(PLATFORM)
            .cost("0 pods, 10 s"));
  }

  private static Collection<Right> named(Collection<Right> rights, String object) {
    return rights.stream().map(each -> each.named(object)).toList();
  }

  private static Draft check(String id, Level level) {
    return new Draft(id, level);
  }

  /** A check that is put together. */
  private static final class Draft {
    private final String id;
    private final Level level;
    private final Set<ConformanceMode> modes = new LinkedHashSet<>(List.of(PREFLIGHT, QUICK, FULL));
    private final List<FindingCode> blamed = new ArrayList<>();
    private final List<Right> rights = new ArrayList<>();
    private final List<Right> more = new ArrayList<>();
    private final List<Right> optional = new ArrayList<>();
    private String holds;
    private Sentence restsOn;
    private String done;
    private String owner;

    private Draft(String id, Level level) {
      this.id = id;
      this.level = level;
    }

    private Draft holds(String clause) {
      holds = clause;
      return this;
    }

    private Draft restsOn(String sentence, String source) {
      restsOn = new Sentence(sentence, source);
      return this;
    }

    private Draft done(String what) {
      done = what;
      return this;
    }

    private Draft blames(FindingCode... codes) {
      blamed.addAll(List.of(codes));
      return this;
    }

    private Draft needs(Collection<Right> needed) {
      rights.addAll(needed);
      return this;
    }

    /** What it needs where objects are made. */
    private Draft makes(Collection<Right> needed) {
      more.addAll(needed);
      return this;
    }

    /** What it rests on alone, and is not looked at without. */
    private Draft mayNeed(Collection<Right> useful) {
      optional.addAll(useful);
      return this;
    }

    /** It can be looked at only where objects are made. */
    private Draft inQuick() {
      modes.remove(PREFLIGHT);
      return this;
    }

    /** It is made for alone, and takes its time. */
    private Draft inFull() {
      modes.removeAll(List.of(PREFLIGHT, QUICK));
      return this;
    }

    private Draft owner(String who) {
      owner = who;
      return this;
    }

    private Check cost(String cost) {
      return new Check(
          id, level, modes, holds, restsOn, done, blamed, rights, more, optional, owner, cost);
    }
  }
}
