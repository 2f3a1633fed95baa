package workqueue.conformance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import workqueue.cluster.OverlaidPods;
import workqueue.configuration.GuestChoice;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Fixtures;
import workqueue.tutorial.Manifests;

/**
 * The documented objects, as they are to be made in a namespace that exists, and the pods that come
 * of their templates.
 */
record Pattern(Service service, StatefulSet broker, Job job) {
  /** The uid of an owner that is not there. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /**
   * An object that is sent on trial.
   *
   * @param part its name in records
   */
  record Part(String part, HasMetadata object) {}

  /**
   * @param guest says which secrets pods are told of, and what they get besides
   */
  static Pattern of(Fixtures fixtures, String namespace, PatternImages images, GuestChoice guest) {
    Manifests manifests = new Manifests(fixtures).forBroker(images.broker());
    List<LocalObjectReference> secrets =
        guest.pullSecrets().stream().map(LocalObjectReference::new).toList();
    Service service = manifests.service(Edition.CURRENT);
    service.getMetadata().setNamespace(namespace);
    StatefulSet broker =
        (StatefulSet) manifests.broker(Edition.CURRENT, images.broker(), "IfNotPresent");
    broker.getMetadata().setNamespace(namespace);
    broker.getSpec().getTemplate().getSpec().getImagePullSecrets().addAll(secrets);
    Job job =
        manifests
            .job()
            .image(images.worker())
            .pullPolicy("IfNotPresent")
            .namespace(namespace)
            .toJob();
    job.getSpec().getTemplate().getSpec().getImagePullSecrets().addAll(secrets);
    return guest
        .overlay()
        .map(
            overlay ->
                new Pattern(
                    service, OverlaidPods.of(overlay, broker), OverlaidPods.of(overlay, job)))
        .orElseGet(() -> new Pattern(service, broker, job));
  }

  List<Part> objects() {
    return List.of(new Part("service", service), new Part("broker", broker), new Part("job", job));
  }

  /** The pods as their controllers would make them. */
  List<Part> pods() {
    return List.of(
        new Part(
            "broker-pod",
            pod(
                broker.getMetadata().getName() + "-0",
                broker,
                broker.getSpec().getTemplate(),
                Map.of())),
        new Part(
            "worker-pod",
            pod(
                job.getMetadata().getName() + "-trial",
                job,
                job.getSpec().getTemplate(),
                Map.of("job-name", job.getMetadata().getName()))));
  }

  /** A Job with every field that Kubernetes has for it besides, whichever goes with the others. */
  Part jobWithAllFields() {
    return new Part(
        "job-fields",
        new JobBuilder(job)
            .editMetadata()
            .withName(job.getMetadata().getName() + "-fields")
            .endMetadata()
            .editSpec()
            .withSuspend(true)
            .withTtlSecondsAfterFinished(600)
            .withCompletionMode("Indexed")
            .withBackoffLimitPerIndex(1)
            .withPodReplacementPolicy("Failed")
            .withManagedBy("kubernetes.io/job-controller")
            .withNewSuccessPolicy()
            .addNewRule()
            .withSucceededCount(8)
            .endRule()
            .endSuccessPolicy()
            .withNewPodFailurePolicy()
            .addNewRule()
            .withAction("Ignore")
            .addNewOnPodCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .endOnPodCondition()
            .endRule()
            .endPodFailurePolicy()
            .editTemplate()
            .editSpec()
            .withRestartPolicy("Never")
            .endSpec()
            .endTemplate()
            .endSpec()
            .build());
  }

  /** It has an owner, by which some rules of admission go; whether there is one nobody looks. */
  private Pod pod(
      String name, HasMetadata owner, PodTemplateSpec template, Map<String, String> more) {
    Map<String, String> labels = new TreeMap<>(more);
    if (template.getMetadata() != null && template.getMetadata().getLabels() != null) {
      labels.putAll(template.getMetadata().getLabels());
    }
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(job.getMetadata().getNamespace())
        .withLabels(labels)
        .withAnnotations(
            template.getMetadata() == null ? null : template.getMetadata().getAnnotations())
        .addNewOwnerReference()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(NOBODY)
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
