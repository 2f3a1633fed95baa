package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.*;
import static workqueue.checker.diagnosis.Remedy.by;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A cause that a check of a cluster finds, and that no record of a Job shows. */
final class FoundByCheck extends Cause {
  private static final List<FoundByCheck> ALL =
      List.of(
          found(
              RIGHT_MISSING,
              Scope.JOB,
              "A check needs a right that the guest has not, so that what it is about was not seen; it"
                  + " is never taken for absent.",
              by(Who.CLUSTER, "grant the least Role, which `docs/conformance.md` tells of")),
          found(
              DISCOVERY_BROKEN,
              Scope.NODE,
              "A group of the API is served by another server, which does not answer. As long as that"
                  + " is so no namespace can be removed.",
              by(Who.CLUSTER, "repair the server that the APIService names, or delete that")),
          found(
              CLOCK_SKEWED,
              Scope.NODE,
              "The dates of the API server's answers and this machine's clock differ by more than 2 s,"
                  + " whole seconds allowed for.",
              by(Who.CLUSTER, "have both set by the same source of time")),
          found(
              API_ABSENT,
              Scope.NODE,
              "The API has no Jobs, Services, Pods or StatefulSets, or does not let them be created,"
                  + " read, watched and deleted.",
              by(Who.CLUSTER, "enable the group, as by the API server's `--runtime-config`")),
          found(
              DRY_RUN_REFUSED,
              Scope.NODE,
              "A webhook that does not say that it has no side effects keeps objects from being sent"
                  + " on trial. That is no fault of the pattern, but less is seen.",
              by(Who.CLUSTER, "have the webhook state `sideEffects: None`")),
          found(
              FIELD_DROPPED,
              Scope.JOB,
              "A field of a Job comes back from a dry run as if it had never been there, as of an API"
                  + " that is too old for it.",
              by(Who.JOB, "do without the field, or use a newer Kubernetes")),
          found(
              NAMESPACE_UNUSABLE,
              Scope.JOB,
              "The namespace is not there, is being removed, lacks its default service account, or"
                  + " holds objects of the documented names, which are somebody else's and stay.",
              by(Who.CLUSTER, "give another namespace")),
          found(
              RESOURCES_TOO_SMALL,
              Scope.POD,
              "A LimitRange gives a container less than RabbitMQ or the worker needs, or allows no"
                  + " more.",
              by(Who.CLUSTER, "raise the LimitRange, or use another namespace"),
              by(Who.JOB, "state the resources of each container")),
          found(
              SPEC_CHANGED,
              Scope.JOB,
              "What comes back from a dry run, or what ran, is other than what was asked for: the"
                  + " image, the command, the numbers of a Job, its deadline or its variables.",
              by(Who.CLUSTER, "exempt the namespace from the webhook that does it")),
          found(
              NO_CLUSTER_IP,
              Scope.BROKER,
              "The broker's Service was made and has no cluster IP, as if it were headless.",
              by(Who.CLUSTER, "exempt the namespace from what changes Services")),
          found(
              SERVICE_NOT_ROUTED,
              Scope.BROKER,
              "The broker's pod takes connections by its own address and not by its Service's:"
                  + " kube-proxy, or what stands in for it, does not do its work.",
              by(Who.CLUSTER, "see the logs of kube-proxy on the worker's node")),
          found(
              SERVICE_LINKS_ABSENT,
              Scope.POD,
              "Pods that start after the Service have no variable with its address, as with"
                  + " `enableServiceLinks: false`. Its name works all the same.",
              by(Who.CLUSTER, "leave `enableServiceLinks` as it is"),
              by(Who.JOB, "use the Service's name")),
          found(
              DNS_FLAKY,
              Scope.NODE,
              "Of 200 look-ups of the broker's name some failed, or took long: each worker looks it up"
                  + " once, and fails with it.",
              by(Who.CLUSTER, "see how the DNS pods fare, and what drops their packets")),
          found(
              TRAFFIC_STALLED,
              Scope.BROKER,
              "A small item passes through the broker and one of a mebibyte does not come back whole:"
                  + " mostly packets of full size are lost on the way.",
              by(Who.CLUSTER, "compare the MTU of the pods' network with that of the nodes'")),
          found(
              LOGS_UNREADABLE,
              Scope.NODE,
              "The API server gets no logs from the kubelet, so that nobody learns what workers"
                  + " printed.",
              by(Who.CLUSTER, "let the API server reach port 10250 of the nodes")),
          found(
              IMAGE_WRONG_PLATFORM,
              Scope.POD,
              "A node got an image and cannot run what is in it: it is made for another architecture,"
                  + " as amd64 for arm64.",
              by(Who.AUTHOR, "build it for the nodes' architecture, or for several"),
              by(Who.JOB, "select nodes of its architecture, by `kubernetes.io/arch`")),
          found(
              PODS_COLLECTED,
              Scope.JOB,
              "Pods of the Job that had ended were removed before its end was judged, and their logs"
                  + " with them.",
              by(Who.CLUSTER, "raise `--terminated-pod-gc-threshold`, or exempt the namespace")),
          found(
              SLOW_START,
              Scope.JOB,
              "Half of the Job's pods took more than 5 s from their creation until their worker ran: they"
                  + " waited for a node, an image, a volume, a sandbox or an init container, and each item"
                  + " waits as long.",
              by(Who.CLUSTER, "see what adds to pods, and what the nodes are busy with"),
              by(Who.JOB, "give each pod several items: the page's fine-grained pattern")),
          found(
              STREAM_REFUSED,
              Scope.NODE,
              "The API server lets nobody run a command in a pod, or reach a port of it, although the right"
                  + " is there. The pattern needs neither; who looks for a fault sees less.",
              by(
                  Who.CLUSTER,
                  "see which webhook denies it, or what lies between API server and nodes")),
          found(
              NODE_UNFIT,
              Scope.NODE,
              "A pod that was sent to a node of this kind did not run there, or could not resolve the"
                  + " broker's name, as it can on others. Workers go wherever the scheduler puts them.",
              by(Who.CLUSTER, "see the kubelet, the network's agent and DNS on that node"),
              by(Who.JOB, "select other nodes")),
          found(
              IDLE_CUT,
              Scope.BROKER,
              "A consumer that had waited for minutes got nothing of an item that came then: something on"
                  + " the way, a firewall, NAT or a mesh, had forgotten its connection. The documented"
                  + " worker sends no heartbeats, and waits forever.",
              by(Who.CLUSTER, "raise the time after which idle connections are forgotten"),
              by(Who.AUTHOR, "use a client with heartbeats")),
          found(
              EVENTS_ABSENT,
              Scope.JOB,
              "The Job made its pods, and fewer events tell of that than there are pods. Kubernetes promises"
                  + " none, and the Job completes all the same; but whoever asks why one does not is told"
                  + " less.",
              by(Who.CLUSTER, "see what denies, drops or thins out events")),
          found(
              FOOTPRINT_LEFT,
              Scope.JOB,
              "What a check had made was still there a minute after it was deleted: a finalizer that"
                  + " nobody removes, or a garbage collector that does not run.",
              by(Who.CLUSTER, "see who has put a finalizer on it")));

  private FoundByCheck(FindingCode code, Scope scope, String documentation, Remedy... remedies) {
    super(code, scope, documentation, remedies);
  }

  private static FoundByCheck found(
      FindingCode code, Scope scope, String documentation, Remedy... remedies) {
    return new FoundByCheck(code, scope, documentation, remedies);
  }

  /** All of them, in the order of their codes. */
  static List<FoundByCheck> all() {
    return ALL;
  }

  /** Their codes. */
  static Set<FindingCode> codes() {
    return ALL.stream().map(Cause::code).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return List.of();
  }
}
