package workqueue.conformance;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.cluster.ApiJson;
import workqueue.cluster.ClusterNode;
import workqueue.cluster.Kubeconfig;
import workqueue.cluster.RunLock;
import workqueue.configuration.ConformanceMode;
import workqueue.tutorial.Fixtures;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

/**
 * A namespace of a throwaway cluster that is treated as somebody else's, and a guest there who has
 * exactly the rights of the Role.
 */
record Site(
    KubernetesClient admin,
    String namespace,
    Webhook webhook,
    String webhookAddress,
    ClusterNode node) {
  /** By it webhooks tell the namespaces that they are for. */
  static final String LABEL = "wq-site";

  /** Makes the namespace, and waits until pods can be made in it. */
  static Site in(
      KubernetesClient admin, String namespace, Webhook webhook, String address, ClusterNode node) {
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withLabels(Map.of(LABEL, namespace))
                .endMetadata()
                .build())
        .create();
    Site site = new Site(admin, namespace, webhook, address, node);
    new Patience(1, Progress.NONE)
        .await(
            "the default service account of " + namespace,
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            () -> Sight.when(!site.isRefused("pods"), "pods are not taken yet"));
    return site;
  }

  /** Sets a label of the namespace, or takes it away. */
  void label(String name, String value) {
    admin
        .namespaces()
        .withName(namespace)
        .edit(
            each -> {
              if (value == null) {
                each.getMetadata().getLabels().remove(name);
              } else {
                each.getMetadata().getLabels().put(name, value);
              }
              return each;
            });
  }

  /** Whether a field comes back from a dry run of an object that has it. */
  boolean keeps(String yaml, String field) {
    HasMetadata returned = admin.resource(yaml.replace("$NAMESPACE", namespace)).dryRun().create();
    return !ApiJson.read(Serialization.asJson(returned)).at(field).isMissingNode();
  }

  /** Whether the API has a version of a group. */
  boolean serves(String groupVersion) {
    return admin.getApiResources(groupVersion) != null;
  }

  /** Makes objects from YAML, in which {@code $NAMESPACE} stands for the namespace. */
  List<HasMetadata> make(String yaml) {
    return admin
        .load(
            new ByteArrayInputStream(
                yaml.replace("$NAMESPACE", namespace).getBytes(StandardCharsets.UTF_8)))
        .create();
  }

  /** Waits until it is known what is used of a quota: before that it counts nothing. */
  void awaitQuota(String name) {
    new Patience(1, Progress.NONE)
        .await(
            "quota " + name,
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            () -> {
              var quota = admin.resourceQuotas().inNamespace(namespace).withName(name).get();
              return quota.getStatus() == null
                      || quota.getStatus().getUsed() == null
                      || quota.getStatus().getUsed().isEmpty()
                  ? Sight.<Boolean>notYet("nobody has counted yet")
                  : Sight.found(true);
            });
  }

  /** Makes objects that are in no namespace; what comes back removes them. */
  Runnable makeForAll(String yaml) {
    List<HasMetadata> made =
        make(
            yaml.replace("$CA", webhook.caBundle())
                .replace("$URL", "https://" + webhookAddress + ":" + webhook.port()));
    return () -> made.forEach(each -> admin.resource(each).delete());
  }

  /** A webhook that answers so for a resource in this namespace. */
  Runnable webhook(String kind, String group, String resource, Webhook.Rule rule) {
    webhook.rule(namespace, rule);
    Runnable undoing =
        makeForAll(
            """
        apiVersion: admissionregistration.k8s.io/v1
        kind: %sWebhookConfiguration
        metadata: {name: $NAMESPACE}
        webhooks:
        - name: %s.example.com
          clientConfig: {url: "$URL/$NAMESPACE", caBundle: $CA}
          rules:
          - {apiGroups: ["%s"], apiVersions: ["*"], operations: [%s], resources: [%s]}
          namespaceSelector: {matchLabels: {wq-site: $NAMESPACE}}
          failurePolicy: Fail
          sideEffects: None
          admissionReviewVersions: [v1]
          timeoutSeconds: 5
        """
                .formatted(
                    kind,
                    namespace,
                    group,
                    resource.contains("/") ? "CONNECT" : "CREATE",
                    resource));
    if (resource.contains("/")) {
      // Nothing can be tried of a pod that is not there yet; the proof takes longer to make it.
      return undoing;
    }
    awaitEffect(resource, () -> webhook.wasAsked(namespace));
    return undoing;
  }

  /** The API server takes up a webhook a moment after its configuration is made. */
  void awaitEffect(String resource, BooleanSupplier shown) {
    new Patience(1, Progress.NONE)
        .await(
            "a webhook for " + resource,
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            () -> {
              boolean refused = isRefused(resource);
              return Sight.when(refused || shown.getAsBoolean(), "it was not asked");
            });
  }

  /** Whether one of these is refused. */
  boolean isRefused(String resource) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("probe")
            .withNamespace(namespace)
            .addToLabels("job-name", "probe")
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("c")
            .withImage("c")
            .endContainer()
            .endSpec()
            .build();
    HasMetadata probe =
        switch (resource) {
          case "pods" -> pod;
          case "events" ->
              new EventBuilder()
                  .withNewMetadata()
                  .withName("probe")
                  .withNamespace(namespace)
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withKind("Pod")
                  .withName("probe")
                  .withNamespace(namespace)
                  .endInvolvedObject()
                  .build();
          case "services" ->
              new ServiceBuilder()
                  .withNewMetadata()
                  .withName("probe")
                  .withNamespace(namespace)
                  .endMetadata()
                  .withNewSpec()
                  .addNewPort()
                  .withPort(80)
                  .endPort()
                  .endSpec()
                  .build();
          case "endpoints, endpointslices" ->
              new EndpointsBuilder()
                  .withNewMetadata()
                  .withName("probe")
                  .withNamespace(namespace)
                  .endMetadata()
                  .build();
          default ->
              new JobBuilder()
                  .withNewMetadata()
                  .withName("probe")
                  .withNamespace(namespace)
                  .endMetadata()
                  .withNewSpec()
                  .withNewTemplate()
                  .withSpec(pod.getSpec())
                  .endTemplate()
                  .endSpec()
                  .build();
        };
    try {
      admin.resource(probe).dryRun().create();
      return false;
    } catch (KubernetesClientException refused) {
      return true;
    }
  }

  /** A kubeconfig of a service account that has the Role's rights, but for those of a rule. */
  Path guest(Path folder, ConformanceMode mode, int withoutRule) throws IOException {
    List<String> lines = Role.yaml(namespace, mode).lines().toList();
    List<String> rules = lines.stream().filter(each -> each.startsWith("- {apiGroups")).toList();
    make(
        lines.stream()
            .filter(each -> withoutRule < 0 || !each.equals(rules.get(withoutRule)))
            .collect(Collectors.joining("\n")));
    String token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(Role.NAME)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    return kubeconfig(folder, "{token: " + token + "}");
  }

  /** The kubeconfig of the cluster's administrator. */
  Path administrator(Path folder) throws IOException {
    Config config = admin.getConfiguration();
    return kubeconfig(
        folder,
        "{client-certificate-data: %s, client-key-data: %s}"
            .formatted(config.getClientCertData(), config.getClientKeyData()));
  }

  private Path kubeconfig(Path folder, String user) throws IOException {
    Config config = admin.getConfiguration();
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: theirs
        clusters:
        - {name: c, cluster: {server: "%s", certificate-authority-data: %s}}
        users:
        - {name: u, user: %s}
        contexts:
        - {name: theirs, context: {cluster: c, user: u, namespace: %s}}
        """
            .formatted(config.getMasterUrl(), config.getCaCertData(), user, namespace));
  }

  Outcome preflight(Path kubeconfig, Path reports) {
    return new Conformance(Fixtures.ofRepository(), reports, Kubeconfig.of(kubeconfig))
        .preflight(Map.of("wq.namespace", namespace));
  }

  /** As a guest gives them who wants a proof. */
  Map<String, String> quickParameters(PatternImages images) {
    return Map.of(
        "wq.cluster",
        "theirs",
        "wq.namespace",
        namespace,
        "wq.worker.image",
        images.worker(),
        "wq.broker.image",
        images.broker());
  }

  /** What there is of any run, kind and name. */
  List<String> left() {
    return Stream.of(
            admin.pods(),
            admin.services(),
            admin.configMaps(),
            admin.apps().statefulSets(),
            admin.batch().v1().jobs())
        .flatMap(
            each -> each.inNamespace(namespace).withLabel(RunLock.LABEL).list().getItems().stream())
        .map(each -> (HasMetadata) each)
        .map(each -> each.getKind() + " " + each.getMetadata().getName())
        .toList();
  }

  void remove() {
    admin.namespaces().withName(namespace).delete();
  }
}
