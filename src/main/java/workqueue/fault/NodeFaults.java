package workqueue.fault;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workqueue.Counted;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.ClusterNode;
import workqueue.history.PodRef;
import workqueue.waiting.Sight;

/** Harms the nodes of a scenario's own throwaway cluster. */
final class NodeFaults {
  private static final Duration DOWN = Duration.ofSeconds(30);
  private static final Duration UP = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final String FIRST = "1";

  /**
   * Names the kubelet's processes, containers run on without them. Where it is none of its own it
   * is the agent's: with k3s a child of the node's first process, which runs the same program and
   * only waits for its end; or that first process itself.
   */
  static final String KUBELET =
      """
      pidof kubelet && exit
      agents=
      for process in /proc/[0-9]*; do
        pid=${process#/proc/}
        parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$process/status" 2>/dev/null)
        if [ "$parent" = 1 ] && [ "$(readlink "$process/exe")" = "$(readlink /proc/1/exe)" ]; then
          agents="$agents $pid"
        fi
      done
      echo ${agents:-1}
      """;

  private static final String STATES =
      "for pid in %s; do sed -n 's/^State:[[:space:]]*\\(.\\).*/\\1/p' /proc/$pid/status; done";

  private final Site site;
  private final Strikes strikes;
  private final PodFaults pods;

  NodeFaults(Site site, Strikes strikes, PodFaults pods) {
    this.site = site;
    this.strikes = strikes;
    this.pods = pods;
  }

  ClusterNode server() {
    return own().stream().filter(ClusterNode::isServer).findFirst().orElseThrow();
  }

  ClusterNode agent() {
    return own().stream()
        .filter(each -> !each.isServer())
        .findFirst()
        .orElseThrow(() -> new EnvironmentTrouble(noAgent()));
  }

  static String noAgent() {
    return """
        The cluster has no node beside its server's.
        Remedy: @Scenario(nodes = 2).""";
  }

  private List<ClusterNode> own() {
    if (!site.hasOwnCluster()) {
      throw new EnvironmentTrouble(notItsOwn());
    }
    return site.cluster().nodes();
  }

  static String notItsOwn() {
    return """
        The cluster is not this scenario's own, so its nodes are not touched.
        Remedy: @Scenario(nodes = 2) gives it a throwaway cluster of its own; the nodes of a \
        cluster that exists are never touched.""";
  }

  Fault stop(ClusterNode node) {
    requireAgent(node);
    return strikes.lasting(
        Kind.STOP_NODE,
        node.name(),
        "shut down",
        () -> {
          node.stop();
          return awaitDown(node);
        },
        () -> bringBack(node));
  }

  Fault kill(ClusterNode node) {
    requireAgent(node);
    return strikes.lasting(
        Kind.KILL_NODE,
        node.name(),
        "cut off from its network and killed",
        () -> {
          // Whom it was connected to is not told, as when a machine loses its power.
          node.require("ip", "link", "set", "eth0", "down");
          node.kill();
          return awaitDown(node);
        },
        () -> bringBack(node));
  }

  private void requireAgent(ClusterNode node) {
    own();
    requireAgent(node.name(), node.isServer());
  }

  static void requireAgent(String node, boolean server) {
    if (server) {
      throw new EnvironmentTrouble(carriesTheControlPlane(node));
    }
  }

  private static String carriesTheControlPlane(String node) {
    return """
        Node %s carries the control plane, and nobody would notice its loss.
        Remedy: strike faults.agent(); faults.takeApiServerAway() takes the control plane away."""
        .formatted(node);
  }

  Fault takeApiServerAway() {
    ClusterNode server = server();
    return strikes.lasting(
        Kind.API_SERVER_AWAY,
        server.name(),
        "its node is killed",
        () -> {
          server.kill();
          return awaitDown(server);
        },
        () -> bringBack(server));
  }

  private String awaitDown(ClusterNode node) {
    return site.patience()
        .await(
            node + " to be down",
            DOWN,
            BETWEEN,
            () ->
                node.isUp()
                    ? Sight.<String>notYet("its container runs")
                    : Sight.found("its container has ended"));
  }

  private String bringBack(ClusterNode node) {
    Instant from = Instant.now();
    if (!node.isUp()) {
      node.start();
    }
    return awaitReady(node, from);
  }

  private String awaitReady(ClusterNode node, Instant from) {
    return site.patience()
        .await(node + " to be Ready again", UP, BETWEEN, () -> readySince(node, from));
  }

  /** A node that was gone for a short time is called Ready all the while: its lease tells more. */
  private Sight<String> readySince(ClusterNode node, Instant from) {
    KubernetesClient client = site.cluster().client();
    try {
      var lease = client.leases().inNamespace("kube-node-lease").withName(node.name()).get();
      if (lease == null || lease.getSpec().getRenewTime().toInstant().isBefore(from)) {
        return Sight.notYet("its kubelet does not report");
      }
      return Readiness.isNodeReady(client.nodes().withName(node.name()).get())
          ? Sight.found("it is Ready")
          : Sight.notYet("its kubelet reports, and it is not Ready");
    } catch (KubernetesClientException away) {
      return Sight.notYet("the API server does not answer");
    }
  }

  Fault restartKubelet(ClusterNode node) {
    own();
    String before = kubelet(node);
    if (before.isEmpty()) {
      throw new EnvironmentTrouble(noKubelet(node.name()));
    }
    return strikes.once(
        Kind.RESTART_KUBELET,
        node.name(),
        "its process is told to end",
        () -> {
          node.require("sh", "-c", "kill -TERM " + before);
          Instant told = Instant.now();
          String now = awaitAnother(node, before);
          return "process " + now + " is there for " + before + "; " + awaitReady(node, told);
        });
  }

  static String noKubelet(String node) {
    return """
        The kubelet of node %s cannot be restarted: it is no process of its own, as with k3s.
        Remedy: a node image that fixtures/bootstrap made, which is the default of \
        wq.cluster.image."""
        .formatted(node);
  }

  /** The kubelet's process; empty where it has none of its own. */
  private static String kubelet(ClusterNode node) {
    return node.require("sh", "-c", "pidof kubelet || true").strip();
  }

  private String awaitAnother(ClusterNode node, String before) {
    return site.patience()
        .await(
            "another kubelet of " + node,
            DOWN,
            BETWEEN,
            () -> {
              String now = kubelet(node);
              return now.isEmpty() || now.equals(before)
                  ? Sight.<String>notYet("its process is " + (now.isEmpty() ? "gone" : now))
                  : Sight.found(now);
            });
  }

  Fault freezeKubelet(ClusterNode node) {
    own();
    boolean apart = !kubelet(node).isEmpty();
    if (!apart && node.isServer()) {
      throw new EnvironmentTrouble(oneProcess(node.name()));
    }
    String processes = node.require("sh", "-c", KUBELET).strip();
    return strikes.lasting(
        Kind.FREEZE_KUBELET,
        node.name(),
        (apart ? "its" : "the agent's") + " process is stopped",
        () -> {
          signal(node, processes, "STOP");
          return awaitState(node, processes, true);
        },
        () -> {
          signal(node, processes, "CONT");
          return awaitState(node, processes, false);
        });
  }

  static String oneProcess(String node) {
    return """
        The kubelet of node %s cannot be frozen alone: it is one process with the API server.
        Remedy: @Scenario(nodes = 2) and faults.freezeKubelet(faults.agent())."""
        .formatted(node);
  }

  private static void signal(ClusterNode node, String processes, String signal) {
    if (processes.equals(FIRST)) {
      // The kernel keeps a process that is the first from being stopped from inside.
      node.signal("SIG" + signal);
    } else {
      node.require("sh", "-c", "kill -" + signal + " " + processes);
    }
  }

  private String awaitState(ClusterNode node, String processes, boolean frozen) {
    return site.patience()
        .await(
            "the kubelet of " + node + (frozen ? " to be frozen" : " to go on"),
            DOWN,
            BETWEEN,
            () -> {
              String states = node.require("sh", "-c", STATES.formatted(processes)).strip();
              return !states.isEmpty() && allStopped(states) == frozen
                  ? Sight.found("its state is " + states)
                  : Sight.<String>notYet("its state is " + states);
            });
  }

  /** Whether all processes are stopped by a signal, of states as {@code /proc} has them. */
  static boolean allStopped(String states) {
    return states.lines().allMatch(each -> each.equals("T"));
  }

  Fault drain(ClusterNode node) {
    own();
    return strikes.lasting(
        Kind.DRAIN_NODE,
        node.name(),
        "no new pods, and this scenario's pods are evicted",
        () -> {
          cordon(node, true);
          List<PodRef> evicted = podsOn(node);
          evicted.forEach(pods::evictNow);
          return Counted.are(evicted.size(), "pod") + " evicted";
        },
        () -> {
          cordon(node, false);
          return "it takes pods";
        });
  }

  private void cordon(ClusterNode node, boolean unschedulable) {
    site.cluster()
        .client()
        .nodes()
        .withName(node.name())
        .edit(
            each ->
                new NodeBuilder(each)
                    .editSpec()
                    .withUnschedulable(unschedulable)
                    .endSpec()
                    .build());
  }

  private List<PodRef> podsOn(ClusterNode node) {
    return site
        .namespace()
        .client()
        .pods()
        .inNamespace(site.namespace().name())
        .withField("spec.nodeName", node.name())
        .list()
        .getItems()
        .stream()
        .filter(each -> !List.of("Succeeded", "Failed").contains(each.getStatus().getPhase()))
        .map(
            each ->
                new PodRef(
                    each.getMetadata().getNamespace(),
                    each.getMetadata().getName(),
                    each.getMetadata().getUid()))
        .toList();
  }
}
