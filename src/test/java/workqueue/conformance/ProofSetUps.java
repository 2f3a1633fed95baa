package workqueue.conformance;

import static workqueue.checker.diagnosis.FindingCode.*;
import static workqueue.conformance.Webhook.unchanged;
import static workqueue.conformance.Webhook.with;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What only a proof shows: how names, ways, broker, Job and removal are made to fail. */
final class ProofSetUps {
  private static final String FINALIZER = "example.com/held";

  /** The head of a program for a processor (e_machine, bytes 18 and 19) that is not this one. */
  private static final byte[] ELF_OF_S390 = elf(22);

  private ProofSetUps() {}

  private static byte[] elf(int processor) {
    byte[] head = new byte[64];
    byte[] magic = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    System.arraycopy(magic, 0, head, 0, magic.length);
    head[16] = 2;
    head[18] = (byte) processor;
    head[20] = 1;
    return head;
  }

  static List<SetUp> failing() {
    return Stream.of(images(), network(), broker(), job(), access())
        .flatMap(List::stream)
        .map(SetUp::seenByProof)
        .toList();
  }

  static List<SetUp> sound() {
    return List.of(
        SetUp.sound(
                "service-held-for-a-moment",
                "a finalizer holds Services for a moment",
                site -> {
                  Runnable holding = services(site);
                  Runnable releasing = Janitor.doing(() -> release(site));
                  return () -> {
                    holding.run();
                    releasing.run();
                  };
                })
            .seenByProof());
  }

  private static List<SetUp> images() {
    return List.of(
        SetUp.failing(
                "registry-away",
                "the worker's image is of a registry that does not answer",
                "images.pullable",
                IMAGE_NOT_PULLABLE,
                site -> () -> {})
            .given("wq.worker.image", "localhost:1/job-wq-1:gone"),
        SetUp.failing(
            "another-processor",
            "a webhook mounts a python3 for another processor",
            "images.platform",
            IMAGE_WRONG_PLATFORM,
            site ->
                mounted(
                    site,
                    true,
                    "python3",
                    "/usr/bin/python3",
                    "binaryData: {python3: %s}"
                        .formatted(Base64.getEncoder().encodeToString(ELF_OF_S390)))));
  }

  private static List<SetUp> network() {
    return List.of(
        SetUp.failing(
            "headless",
            "a webhook has Services do without an address",
            "network.cluster-ip",
            NO_CLUSTER_IP,
            site ->
                site.webhook(
                    "Mutating",
                    "",
                    "services",
                    service -> with(unchanged(), "/spec/clusterIP", "None"))),
        SetUp.failing(
            "endpoints-denied",
            "a webhook admits no addresses behind Services",
            "network.endpoints",
            SERVICE_WITHOUT_ENDPOINTS,
            site ->
                site.webhook(
                    "Validating",
                    "*",
                    "endpoints, endpointslices",
                    any -> {
                      throw new Webhook.Denied("nobody is behind anything here");
                    })),
        SetUp.failing(
            "addresses-of-somebody-else",
            "an EndpointSlice of somebody else gives the Service an address where nobody is",
            "network.endpoints",
            SERVICE_NOT_ROUTED,
            site -> {
              site.make(
                  """
                  apiVersion: discovery.k8s.io/%s
                  kind: EndpointSlice
                  metadata:
                    name: migrated
                    namespace: $NAMESPACE
                    labels: {kubernetes.io/service-name: rabbitmq-service}
                  addressType: IPv4
                  endpoints: [{addresses: [192.0.2.10], conditions: {ready: true}}]
                  ports: [{name: "", port: 5672, protocol: TCP}]
                  """
                      .formatted(site.serves("discovery.k8s.io/v1") ? "v1" : "v1beta1"));
              return () -> {};
            }),
        SetUp.failing(
            "names-refused",
            "the node refuses what pods ask its DNS",
            "network.dns",
            SERVICE_NOT_RESOLVED,
            site -> lookUps(site, "-j", "REJECT")),
        SetUp.failing(
            "look-ups-lost",
            "the node drops each seventh packet of what pods ask its DNS",
            "network.dns-steady",
            DNS_FLAKY,
            site ->
                lookUps(
                    site,
                    "-m",
                    "statistic",
                    "--mode",
                    "nth",
                    "--every",
                    "7",
                    "--packet",
                    "0",
                    "-j",
                    "DROP")),
        SetUp.failing(
            "variables-left-out",
            "a webhook has the worker's pods do without variables for Services",
            "network.environment",
            SERVICE_LINKS_ABSENT,
            site ->
                site.webhook(
                    "Mutating",
                    "",
                    "pods",
                    pod ->
                        SetUps.isWorker(pod)
                            ? with(unchanged(), "/spec/enableServiceLinks", false)
                            : unchanged())),
        SetUp.failing(
            "service-unrouted",
            "the node drops what pods send to port 5672 of anything but a pod",
            "network.to-service",
            SERVICE_NOT_ROUTED,
            site ->
                rule(
                    site,
                    "mangle",
                    "PREROUTING",
                    "-s",
                    pods(site),
                    "!",
                    "-d",
                    pods(site),
                    "-p",
                    "tcp",
                    "--dport",
                    "5672",
                    "-j",
                    "DROP")),
        SetUp.failing(
            "large-packets-dropped",
            "the node drops packets of more than 1,300 bytes on their way to port 5672",
            "network.big-item",
            TRAFFIC_STALLED,
            site ->
                rule(
                    site,
                    "filter",
                    "FORWARD",
                    "-p",
                    "tcp",
                    "--dport",
                    "5672",
                    "-m",
                    "length",
                    "--length",
                    "1301:65535",
                    "-j",
                    "DROP")));
  }

  private static List<SetUp> broker() {
    return List.of(
        SetUp.failing(
            "broker-that-crashes",
            "a webhook mounts settings that the broker cannot read",
            "broker.starts",
            CRASH_LOOP,
            site -> settings(site, "listeners.tcp.default = nowhere")),
        SetUp.failing(
            "variable-of-a-service",
            "a Service rabbitmq-node sets a variable that the broker takes for its own",
            "broker.starts",
            CRASH_LOOP,
            SetUp.making(
                """
                  apiVersion: v1
                  kind: Service
                  metadata: {name: rabbitmq-node, namespace: $NAMESPACE}
                  spec: {ports: [{port: 4369}]}
                  """)),
        SetUp.failing(
            "broker-that-listens-elsewhere",
            "a webhook mounts settings by which the broker listens on another port",
            "broker.answers",
            BROKER_UNREACHABLE,
            site -> settings(site, "listeners.tcp.default = 5673")),
        SetUp.failing(
            "guest-unknown",
            "a webhook mounts settings by which the broker knows another user than guest",
            "broker.round-trip",
            BROKER_REFUSED_LOGIN,
            site -> settings(site, "default_user = somebody")));
  }

  private static List<SetUp> job() {
    return List.of(
        SetUp.failing(
                "no-job-controller",
                "the controller manager runs without the controller of Jobs",
                "job.controller-acts",
                CONTROLLER_INACTIVE,
                site -> () -> {})
            .startedWith("--kube-controller-manager-arg=controllers=*,-job"),
        SetUp.failing(
            "pods-deleted-at-work",
            "somebody deletes the worker's pods as soon as they run",
            "job.completes",
            STILL_WORKING,
            site -> Janitor.doing(() -> delete(workers(site, "Running")))),
        SetUp.failing(
            "job-scaled-up",
            "somebody sets a Job's parallelism to 8",
            "job.parallelism-kept",
            SPEC_CHANGED,
            site -> Janitor.doing(() -> jobs(site).forEach(each -> scale(site, each, 8)))),
        SetUp.failing(
            "every-third-item-dropped",
            "a webhook mounts another worker, which does nothing with some of the items",
            "job.each-item-once",
            LOST_ITEMS,
            ProofSetUps::dropping),
        SetUp.failing(
            "finished-pods-removed",
            "somebody deletes the pods of Jobs that are complete",
            "job.finished-pods-kept",
            PODS_COLLECTED,
            site ->
                Janitor.doing(
                    () -> {
                      if (jobs(site)
                          .anyMatch(each -> each.getStatus().getCompletionTime() != null)) {
                        delete(workers(site, "Succeeded"));
                      }
                    })));
  }

  private static List<SetUp> access() {
    return List.of(
        SetUp.failing(
            "kubelet-out-of-reach",
            "the node refuses what is sent to its kubelet",
            "access.logs",
            LOGS_UNREADABLE,
            site ->
                rule(
                    site,
                    "filter",
                    "INPUT",
                    "-p",
                    "tcp",
                    "--dport",
                    "10250",
                    "-j",
                    "REJECT",
                    "--reject-with",
                    "tcp-reset")),
        SetUp.failing(
            "service-held",
            "a finalizer holds Services",
            "cleanup.footprint",
            FOOTPRINT_LEFT,
            site -> {
              Runnable holding = services(site);
              return () -> {
                holding.run();
                release(site);
              };
            }));
  }

  private static Runnable lookUps(Site site, String... what) {
    List<String> rule = new ArrayList<>(List.of("-s", pods(site), "-p", "udp", "--dport", "53"));
    rule.addAll(List.of(what));
    return rule(site, "filter", "INPUT", rule.toArray(String[]::new));
  }

  /** A rule of the node's firewall, before all others; what comes back takes it away. */
  private static Runnable rule(Site site, String table, String chain, String... rule) {
    iptables(site, table, "-I", chain, rule);
    return () -> iptables(site, table, "-D", chain, rule);
  }

  private static void iptables(Site site, String table, String how, String chain, String... rule) {
    List<String> command = new ArrayList<>(List.of("iptables", "-w", "-t", table, how, chain));
    command.addAll(List.of(rule));
    site.node().require(command.toArray(String[]::new));
  }

  /** The addresses of the node's pods. */
  private static String pods(Site site) {
    return site.admin().nodes().list().getItems().get(0).getSpec().getPodCIDR();
  }

  private static Runnable settings(Site site, String settings) {
    return mounted(
        site,
        false,
        "theirs.conf",
        "/etc/rabbitmq/conf.d/90-theirs.conf",
        text("theirs.conf", settings));
  }

  private static Runnable dropping(Site site) {
    try {
      String worker = Files.readString(Path.of("fixtures", "worker", "worker.py"));
      return mounted(
          site,
          true,
          "worker.py",
          "/worker.py",
          text(
              "worker.py",
              worker.replace(
                  "print(",
                  "if sum(lines[0].strip().encode()) % 3 == 0:\n    sys.exit(0)\nprint(")));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static String text(String name, String content) {
    return "data:%n  %s: |%n%s".formatted(name, content.indent(4));
  }

  /**
   * A file that the worker's pods, or all others, get in place of the image's.
   *
   * @param data of a ConfigMap, in YAML, that has it
   */
  private static Runnable mounted(
      Site site, boolean worker, String name, String path, String data) {
    site.make(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: theirs, namespace: $NAMESPACE}
        %s
        """
            .formatted(data));
    return site.webhook(
        "Mutating",
        "",
        "pods",
        pod -> {
          if (SetUps.isWorker(pod) != worker) {
            return unchanged();
          }
          var volume =
              Map.of("name", "theirs", "configMap", Map.of("name", "theirs", "defaultMode", 493));
          var mount = Map.of("name", "theirs", "mountPath", path, "subPath", name);
          var patch = unchanged();
          add(patch, pod.at("/spec/volumes").isArray(), "/spec/volumes", volume);
          boolean mounts = pod.at("/spec/containers/0/volumeMounts").isArray();
          return add(patch, mounts, "/spec/containers/0/volumeMounts", mount);
        });
  }

  /** One more element of a list, which may not be there yet. */
  private static ArrayNode add(ArrayNode patch, boolean isThere, String list, Object element) {
    return isThere ? with(patch, list + "/-", element) : with(patch, list, List.of(element));
  }

  /** The Jobs' pods that are in a phase, and are not being deleted yet. */
  private static Stream<Resource<Pod>> workers(Site site, String phase) {
    return site.admin().pods().inNamespace(site.namespace()).list().getItems().stream()
        .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
        .filter(each -> phase.equals(each.getStatus().getPhase()))
        .filter(
            each ->
                each.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getKind().equals("Job")))
        .map(each -> site.admin().resource(each));
  }

  private static void delete(Stream<Resource<Pod>> pods) {
    pods.forEach(each -> each.withGracePeriod(0).delete());
  }

  private static Stream<Job> jobs(Site site) {
    return site
        .admin()
        .batch()
        .v1()
        .jobs()
        .inNamespace(site.namespace())
        .list()
        .getItems()
        .stream();
  }

  private static void scale(Site site, Job job, int parallelism) {
    site.admin()
        .resource(job)
        .edit(
            each -> {
              each.getSpec().setParallelism(parallelism);
              return each;
            });
  }

  private static Runnable services(Site site) {
    return site.webhook(
        "Mutating",
        "",
        "services",
        service -> with(unchanged(), "/metadata/finalizers", List.of(FINALIZER)));
  }

  /** Takes the finalizer off Services that are being deleted. */
  private static void release(Site site) {
    for (Service service :
        site.admin().services().inNamespace(site.namespace()).list().getItems()) {
      if (service.getMetadata().getDeletionTimestamp() != null) {
        site.admin()
            .resource(service)
            .edit(
                each -> {
                  each.getMetadata().setFinalizers(List.of());
                  return each;
                });
      }
    }
  }
}
