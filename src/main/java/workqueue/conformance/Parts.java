package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.Items;
import workqueue.cluster.Anchor;
import workqueue.cluster.RunLock;
import workqueue.configuration.BrokerUrl;
import workqueue.tutorial.JobDefinition;

/**
 * The objects of one proof: the documented ones, labelled with the run, with a deadline where they
 * may have one; and the probes, which run in the worker's image.
 */
record Parts(String run, Pattern pattern, String script, long loginSeconds, long deadlineSeconds) {
  private static final String SCOUT = "wq-scout";
  private static final String URL = "BROKER_URL";

  /**
   * @param script the file that the probes run
   * @param loginSeconds how long a probe tries to log in
   * @param deadlineSeconds how long a pod may run at most
   */
  static Parts of(
      String run, Pattern pattern, Path script, long loginSeconds, long deadlineSeconds) {
    try {
      return new Parts(run, pattern, Files.readString(script), loginSeconds, deadlineSeconds);
    } catch (IOException missing) {
      throw new EnvironmentTrouble(
          "%s cannot be read: %s%nRestore it: git checkout -- %s"
              .formatted(script, missing.getMessage(), script),
          missing);
    }
  }

  /** The same, in which all but the broker goes by its Service's address instead of its name. */
  Parts byAddress(String clusterIp) {
    JobDefinition byName = new JobDefinition(pattern.job());
    BrokerUrl url = BrokerUrl.parse(byName.environment(URL).orElseThrow());
    Job byAddress = byName.environment(URL, url.at(clusterIp, url.port()).withPassword()).toJob();
    return new Parts(
        run,
        new Pattern(pattern.service(), pattern.broker(), byAddress),
        script,
        loginSeconds,
        deadlineSeconds);
  }

  String serviceName() {
    return pattern.service().getMetadata().getName();
  }

  String jobName() {
    return pattern.job().getMetadata().getName();
  }

  String brokerPod() {
    return pattern.broker().getMetadata().getName() + "-0";
  }

  JsonNode anchor() {
    return Anchor.object(namespace(), run);
  }

  JsonNode service() {
    return Mapping.of(
        new ServiceBuilder(pattern.service())
            .editMetadata()
            .addToLabels(RunLock.LABEL, run)
            .endMetadata()
            .build());
  }

  JsonNode broker() {
    return Mapping.of(
        new StatefulSetBuilder(pattern.broker())
            .editMetadata()
            .addToLabels(RunLock.LABEL, run)
            .endMetadata()
            .editSpec()
            .editTemplate()
            .editMetadata()
            .addToLabels(RunLock.LABEL, run)
            .endMetadata()
            .endTemplate()
            .endSpec()
            .build());
  }

  /** As documented, but for a worker that takes one second. */
  JsonNode job() {
    return job(pattern.job().getSpec().getCompletions(), Duration.ofSeconds(1));
  }

  /**
   * The same for more or fewer items.
   *
   * @param work that each of them takes
   */
  JsonNode job(int completions, Duration work) {
    return Mapping.of(
        new JobDefinition(pattern.job())
            .label(RunLock.LABEL, run)
            .completions(completions)
            .deadline(Duration.ofSeconds(deadlineSeconds))
            .workerSeconds(work)
            .toJob());
  }

  JsonNode fillingScout(String clusterIp, String podIp) {
    return scout(
        "fill",
        List.of(
            new EnvVar("WQ_CLUSTER_IP", clusterIp, null),
            new EnvVar("WQ_POD_IP", podIp, null),
            new EnvVar("WQ_LIMIT", Long.toString(loginSeconds), null),
            items(Items.ofTutorial().stream().map(Item::preview).toList())));
  }

  /** Puts items into the queue, and nothing else. */
  JsonNode putting(List<String> items) {
    return scout("put", List.of(items(items)));
  }

  private static EnvVar items(List<String> items) {
    return new EnvVar("WQ_ITEMS", String.join(",", items), null);
  }

  JsonNode drainingScout() {
    return drainingScout(Duration.ZERO);
  }

  /**
   * @param patience how long the broker may be away before it is given up
   */
  JsonNode drainingScout(Duration patience) {
    return scout(
        "drain", List.of(new EnvVar("WQ_LIMIT", Long.toString(patience.toSeconds()), null)));
  }

  /**
   * Waits as a worker does.
   *
   * @param idle how long before there is an item
   */
  JsonNode idleScout(Duration idle) {
    return scout("idle", List.of(new EnvVar("WQ_IDLE", Long.toString(idle.toSeconds()), null)));
  }

  /**
   * Looks at names and ways from a node, to which the scheduler puts it.
   *
   * @param host the node's name as its label has it
   * @param number of the probe
   * @param broker address of its pod
   */
  JsonNode scoutOn(String host, int number, String broker) {
    ObjectNode pod =
        scout(
            "way",
            List.of(new EnvVar("WQ_POD_IP", broker, null), new EnvVar("WQ_LIMIT", "10", null)));
    pod.withObject("/metadata").put("name", SCOUT + "-way-" + number);
    ArrayNode terms =
        pod.withObject("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
            .withArray("nodeSelectorTerms");
    if (terms.isEmpty()) {
      terms.addObject();
    }
    // Terms are alternatives, so each is narrowed.
    terms.forEach(
        term ->
            ((ObjectNode) term)
                .withArray("matchExpressions")
                .addObject()
                .put("key", "kubernetes.io/hostname")
                .put("operator", "In")
                .putArray("values")
                .add(host));
    return pod;
  }

  /** A pod of the worker's image, with the labels of the Job's pods, whose way it takes. */
  private ObjectNode scout(String task, List<EnvVar> more) {
    PodTemplateSpec template = pattern.job().getSpec().getTemplate();
    ObjectMeta metadata =
        template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
    PodSpec worker = template.getSpec();
    Container container = worker.getContainers().get(0);
    Map<String, String> variables =
        container.getEnv().stream()
            .filter(each -> each.getValue() != null)
            .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(SCOUT + "-" + task)
            .withNamespace(namespace())
            .addToLabels(labels(metadata.getLabels()))
            .addToLabels(RunLock.LABEL, run)
            .addToLabels("job-name", jobName())
            .withAnnotations(metadata.getAnnotations())
            .endMetadata()
            .withSpec(worker)
            .editSpec()
            .withRestartPolicy("Never")
            .withActiveDeadlineSeconds(deadlineSeconds)
            .editFirstContainer()
            .withCommand("python3", "-c", script)
            .addNewEnv()
            .withName("WQ_TASK")
            .withValue(task)
            .endEnv()
            .addNewEnv()
            .withName("WQ_SERVICE")
            .withValue(serviceName())
            .endEnv()
            .addNewEnv()
            .withName("WQ_URL")
            .withValue(variables.get(URL))
            .endEnv()
            .addNewEnv()
            .withName("WQ_QUEUE")
            .withValue(variables.get("QUEUE"))
            .endEnv()
            .addAllToEnv(more)
            .endContainer()
            .endSpec()
            .build();
    return (ObjectNode) Mapping.of(pod);
  }

  private static Map<String, String> labels(Map<String, String> maybe) {
    return maybe == null ? Map.of() : maybe;
  }

  private String namespace() {
    return pattern.job().getMetadata().getNamespace();
  }
}
