package workqueue.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parameters of a run: everything whose name begins with {@code wq.}. */
public enum Parameter {
  CLUSTER("wq.cluster", "k3s", "k3s: throwaway; current or a kubeconfig context: one that exists"),
  NAMESPACE("wq.namespace", "", "of a cluster that exists: one that exists, which is not left"),
  PULL_SECRETS(
      "wq.pull.secrets", "", "names of Secrets there, which pods are told, comma-separated"),
  OVERLAY("wq.overlay", "", "a file of what all pods get besides there, as kustomize patches one"),
  CONFORMANCE_MODE(
      "wq.conformance.mode",
      "quick",
      "preflight: nothing is made; quick: it is proved; full: at length"),
  KUBERNETES("wq.kubernetes", "", "newest or oldest: of the images that fixtures/bootstrap got"),
  CLUSTER_IMAGE("wq.cluster.image", "", "image of the throwaway cluster's nodes"),
  CLUSTER_NODES("wq.cluster.nodes", "1", "nodes of the throwaway cluster, 1 to 5"),
  BROKER("wq.broker", "", "container, in-cluster, or the amqp:// URL of a broker that exists"),
  BROKER_IMAGE("wq.broker.image", "", "image of the broker, with the management plugin"),
  BROKER_CA(
      "wq.broker.ca",
      "",
      "a PEM file: whom the broker of an amqps:// URL has its certificate from"),
  WORKER_IMAGE("wq.worker.image", "", "a worker image that exists"),
  WORKER_CONTEXT("wq.worker.context", "", "a folder with the Dockerfile of the worker"),
  WORKER_COMMAND(
      "wq.worker.command",
      "",
      "a shell command, or [program, argument, …], instead of the image's"),
  WORKER_ARGS("wq.worker.args", "", "[argument, …] of the image's own command"),
  WORKER_ENV("wq.worker.env", "", "NAME=value[,NAME=value] for the worker's container"),
  WORKER_SECRETS("wq.worker.secrets", "", "{secret: {key: value}} that its Job refers to"),
  WORKER_JOB("wq.worker.job", "", "the worker's own Job, or its Deployment if it serves"),
  WORKER_OBJECTS("wq.worker.objects", "", "a manifest of what that Job mounts or refers to"),
  WORKER_CONTAINER("wq.worker.container", "", "which container of the Job's pods is the worker"),
  WORKER_EVIDENCE("wq.worker.evidence", "", "log:<regex>, digest, output:<queue> or none"),
  WORKER_KIND(
      "wq.worker.kind",
      "one",
      "one: an item a pod; drain: until the queue is empty; serve: forever"),
  WORKER_EMPTY("wq.worker.empty", "waits", "waits or ends: what it does on an empty queue"),
  WORKER_USER("wq.worker.user", "", "the broker's user that the worker has built in"),
  WORKER_PASSWORD("wq.worker.password", "", "the password that it has built in"),
  WORKER_VHOST("wq.worker.vhost", "", "the virtual host that it has built in"),
  WORKER_HOST("wq.worker.host", "", "the broker's name that it has built in, that of a Service"),
  WORKER_SECONDS("wq.worker.seconds", "", "how long the tutorial's worker works on an item"),
  QUEUE_NAME("wq.queue.name", "", "the queue that the worker has built in; any other unless given"),
  QUEUE_DURABLE("wq.queue.durable", "true", "true or false: whether the queue outlives its broker"),
  QUEUE_DECLARED_BY("wq.queue.declared-by", "harness", "harness or worker: who declares the queue"),
  QUEUE_EXCHANGE("wq.queue.exchange", "", "the exchange that feeds it; by its name unless given"),
  QUEUE_EXCHANGE_TYPE("wq.queue.exchange-type", "direct", "direct, fanout or topic"),
  QUEUE_EXCHANGE_DURABLE(
      "wq.queue.exchange-durable",
      "true",
      "true or false: whether the exchange outlives its broker"),
  QUEUE_ROUTING_KEY("wq.queue.routing-key", "", "of its binding; the queue's name unless given"),
  QUEUE_ARGUMENTS("wq.queue.arguments", "", "name=value[,name=value] of the workers' queues"),
  ITEMS("wq.items", "8", "items in the queue"),
  COMPLETIONS("wq.completions", "8", "completions of the Job"),
  PARALLELISM("wq.parallelism", "2", "parallelism of the Job"),
  SCENARIO(
      "wq.scenario",
      "",
      "ids, comma-separated, * for anything; or failed: those of the run before"),
  REPEAT("wq.repeat", "1", "how often each scenario runs"),
  KEEP("wq.keep", "never", "never, on-failure or always: keep namespaces and containers"),
  TIMEOUT_SCALE("wq.timeout.scale", "1", "multiplies every limit, for slow machines"),
  PATIENCE("wq.patience", "", "seconds that what may pass by itself is waited for"),
  REGISTRY("wq.registry", "", "host:port[/prefix] of a registry that the cluster pulls from"),
  HISTORY("wq.history", "", "recorded histories, or folders of them, comma-separated"),
  CHAOS_SEED("wq.chaos.seed", "", "of the first schedule of random faults"),
  GATE_FILE("wq.gate.file", "", "what a worker is, in YAML; work-queue.yaml here unless given"),
  GATE_KNOWN("wq.gate.known", "", "<rule>:<reason>[,…] whose violation is expected, or none"),
  GATE_PAYLOADS("wq.gate.payloads", "line", "kinds of items: line, lines, binary, empty, large"),
  GATE_POISON("wq.gate.poison", "", "an item that the worker cannot work on"),
  GATE_REQUIRE("wq.gate.require", "", "rules of advice that are to fail the gate"),
  GATE_RECORD("wq.gate.record", "", "a file into which goes what the worker costs"),
  GATE_BASELINE("wq.gate.baseline", "", "such a file, to hold the worker against"),
  GATE_AGAINST("wq.gate.against", "", "an image to hold the worker against, side by side");

  /** What every parameter's name begins with. */
  public static final String PREFIX = "wq.";

  private final String key;
  private final String defaultText;
  private final String meaning;

  Parameter(String key, String defaultText, String meaning) {
    this.key = key;
    this.defaultText = defaultText;
    this.meaning = meaning;
  }

  /** The full name, for example {@code wq.keep}. */
  public String key() {
    return key;
  }

  /** The default as one would write it; empty where it depends on the images or the suite. */
  public Optional<String> defaultText() {
    return defaultText.isEmpty() ? Optional.empty() : Optional.of(defaultText);
  }

  /** Whether its value is not to be shown. */
  public boolean isSecret() {
    return this == WORKER_PASSWORD || this == WORKER_SECRETS;
  }

  /** What the parameter means, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The parameter of this full name. */
  public static Optional<Parameter> named(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Parameter::key).toList();
  }
}
