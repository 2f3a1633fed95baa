package workqueue.workload;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import workqueue.cluster.ScenarioNamespace;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** A limit on what a namespace may hold. */
final class Quota {
  private static final String NAME = "limits";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Quota() {}

  /** Sets the limits and waits until they are enforced. */
  static void set(ScenarioNamespace namespace, Map<String, String> most, Patience patience) {
    var quotas = namespace.client().resourceQuotas().inNamespace(namespace.name());
    quotas
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withHard(
                    most.entrySet().stream()
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey, each -> new Quantity(each.getValue()))))
                .endSpec()
                .build())
        .create();
    patience.await(
        "quota " + NAME + " of " + namespace.name() + " to be counted",
        LIMIT,
        Duration.ofMillis(100),
        () -> {
          var status = quotas.withName(NAME).get().getStatus();
          return Sight.when(
              status != null && status.getHard() != null && !status.getHard().isEmpty(), "not yet");
        });
  }
}
