package workqueue.tutorial;

import java.util.List;
import java.util.Map;

/**
 * An edition of the documented procedure, with what only it says.
 *
 * <p>Both walk every step; what {@link Step#documented(Edition)} says may differ.
 */
public enum Edition {
  /** The procedure as it was up to Kubernetes 1.26, and as the Korean page still has it. */
  CLASSIC(
      "walkthrough.classic",
      "ubuntu:18.04",
      "python",
      "editions/classic/rabbitmq-service.yaml",
      "editions/classic/rabbitmq-controller.yaml",
      "ReplicationController",
      "rabbitmq-controller",
      "100m"),

  /** The procedure as the English page has it now. */
  CURRENT(
      "walkthrough.current",
      "ubuntu:22.04",
      "python3",
      "editions/current/rabbitmq-service.yaml",
      "editions/current/rabbitmq-statefulset.yaml",
      "StatefulSet",
      "rabbitmq",
      "250m");

  private final String scenarioId;
  private final String baseImage;
  private final String python;
  private final String serviceManifest;
  private final String brokerManifest;
  private final String brokerKind;
  private final String brokerName;
  private final String cpuLimit;

  Edition(
      String scenarioId,
      String baseImage,
      String python,
      String serviceManifest,
      String brokerManifest,
      String brokerKind,
      String brokerName,
      String cpuLimit) {
    this.scenarioId = scenarioId;
    this.baseImage = baseImage;
    this.python = python;
    this.serviceManifest = serviceManifest;
    this.brokerManifest = brokerManifest;
    this.brokerKind = brokerKind;
    this.brokerName = brokerName;
    this.cpuLimit = cpuLimit;
  }

  /** The scenario that walks this edition, for example {@code walkthrough.classic}. */
  public String scenarioId() {
    return scenarioId;
  }

  /** The documented image of the temporary pod and of the worker's base. */
  public String baseImage() {
    return baseImage;
  }

  /** The package that brings Python, which later releases no longer have as {@code python}. */
  public String python() {
    return python;
  }

  /** The packages that are installed in the temporary pod, in the documented order. */
  public List<String> packages() {
    return List.of("curl", "ca-certificates", "amqp-tools", python, "dnsutils");
  }

  /** The manifest of the Service, relative to the fixtures. */
  public String serviceManifest() {
    return serviceManifest;
  }

  /** The manifest of the broker's workload, relative to the fixtures. */
  public String brokerManifest() {
    return brokerManifest;
  }

  /** The labels of the broker's pods, by which the Service and the workload select them. */
  public Map<String, String> selector() {
    return switch (this) {
      case CLASSIC -> Map.of("app", "taskQueue", "component", "rabbitmq");
      case CURRENT ->
          Map.of("app.kubernetes.io/name", "task-queue", "app.kubernetes.io/component", "rabbitmq");
    };
  }

  /** The kind of the broker's workload. */
  public String brokerKind() {
    return brokerKind;
  }

  /** The name of the broker's workload. */
  public String brokerName() {
    return brokerName;
  }

  /** The broker's CPU limit: with 100m it takes about a minute until it answers. */
  public String cpuLimit() {
    return cpuLimit;
  }

  /** The steps that this edition walks, in order. */
  public List<Step> steps() {
    return List.of(Step.values());
  }
}
