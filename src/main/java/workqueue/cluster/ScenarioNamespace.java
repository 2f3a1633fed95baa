package workqueue.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** The namespace of one scenario, labelled with the run that made it. */
public final class ScenarioNamespace implements AutoCloseable {
  private static final int LONGEST_NAME = 63;
  private static final Duration PODS = Duration.ofSeconds(30);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Duration GONE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final String name;
  private final Patience patience;
  private final Optional<Stay> stay;

  private ScenarioNamespace(
      KubernetesClient client, String name, Patience patience, Optional<Stay> stay) {
    this.client = client;
    this.name = name;
    this.patience = patience;
    this.stay = stay;
  }

  /**
   * One that exists and stays, for a scenario that is alone there with what is others'.
   *
   * @throws workqueue.EnvironmentTrouble if another run is there
   */
  static ScenarioNamespace within(Stay stay, Patience patience) {
    stay.begin();
    return new ScenarioNamespace(
        stay.guest().client(), stay.namespace(), patience, Optional.of(stay));
  }

  /**
   * Makes the namespace and waits until pods can be made in it.
   *
   * @param scenario its id; the name begins with it
   * @param run the id of the run; the name ends with its last part
   */
  public static ScenarioNamespace open(
      KubernetesClient client, String scenario, String run, Patience patience) {
    String name = name(scenario, run);
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(RunLock.LABEL, run))
                .endMetadata()
                .build())
        .create();
    ScenarioNamespace namespace = new ScenarioNamespace(client, name, patience, Optional.empty());
    patience.await(
        "namespace " + name + " to take pods", PODS, BETWEEN_TRIES, () -> takesPods(client, name));
    return namespace;
  }

  /**
   * Tries a pod without making it: until the namespace has its default service account, and before
   * 1.24 that account its token, the API refuses every pod, and a Job would back off.
   */
  private static Sight<Boolean> takesPods(KubernetesClient client, String name) {
    try {
      client
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withName("trial")
                  .withNamespace(name)
                  .endMetadata()
                  .withNewSpec()
                  .addNewContainer()
                  .withName("c")
                  .withImage("trial")
                  .endContainer()
                  .endSpec()
                  .build())
          .dryRun()
          .create();
      return Sight.found(true);
    } catch (KubernetesClientException refused) {
      String why = String.valueOf(refused.getMessage());
      // Any other refusal is for the scenario to meet, and to tell.
      return why.contains("service account") || why.contains("serviceaccount")
          ? Sight.notYet(why)
          : Sight.found(true);
    }
  }

  /** Readable, unique in the run, at most 63 characters, a DNS label. */
  static String name(String scenario, String run) {
    String suffix = "-" + run.substring(run.lastIndexOf('-') + 1);
    String readable = ("wq-" + scenario).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    int room = LONGEST_NAME - suffix.length();
    return (readable.length() <= room ? readable : readable.substring(0, room))
            .replaceAll("-+$", "")
        + suffix;
  }

  public String name() {
    return name;
  }

  public KubernetesClient client() {
    return client;
  }

  /** Whether it exists and stays, and others may have objects there. */
  public boolean isShared() {
    return stay.isPresent();
  }

  /** The labels by which the scenario's objects are told from others'; none where all are its. */
  public Map<String, String> labels() {
    return stay.map(Stay::labels).orElse(Map.of());
  }

  /** Whether an object of this name is the scenario's, or came of one that is. */
  public boolean owns(String object) {
    return stay.map(each -> each.owns(object)).orElse(true);
  }

  /** Makes an object there. */
  public <T extends HasMetadata> T create(T object) {
    return stay.map(each -> each.create(object))
        .orElseGet(() -> client.resource(object).inNamespace(name).create());
  }

  /**
   * Begins to delete an object of the scenario, and what it owns.
   *
   * @param grace in whole seconds that a pod is given; the one that it asks for if empty
   * @return whether it was there
   */
  public boolean delete(HasMetadata object, Optional<Duration> grace) {
    if (stay.isPresent()) {
      return stay.get().delete(object, grace);
    }
    var resource = client.resource(object).inNamespace(name);
    var deleted =
        grace.isPresent()
            ? resource.withGracePeriod(grace.get().toSeconds()).delete()
            : resource.delete();
    return !deleted.isEmpty();
  }

  /**
   * Begins the removal of the namespace with all that is in it; does not wait for its end. One that
   * stays is left as it was, once all that the scenario made there is gone.
   */
  @Override
  public void close() {
    if (stay.isPresent()) {
      stay.get().end(patience);
      return;
    }
    try {
      client.namespaces().withName(name).withGracePeriod(0).delete();
    } catch (KubernetesClientException gone) {
      if (gone.getCode() != 404) {
        throw gone;
      }
    }
  }

  /** Waits until nothing of the namespace is left. */
  public void awaitGone() {
    if (stay.isPresent()) {
      stay.get().end(patience);
      return;
    }
    patience.await(
        "namespace " + name + " to be gone",
        GONE,
        Duration.ofMillis(250),
        () -> Sight.when(client.namespaces().withName(name).get() == null, "it is Terminating"));
  }
}
