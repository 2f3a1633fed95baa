package workqueue.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** The namespace of one scenario, labelled with the run that made it. */
public final class ScenarioNamespace implements AutoCloseable {
  private static final int LONGEST_NAME = 63;
  private static final Duration ACCOUNT = Duration.ofSeconds(30);
  private static final Duration GONE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final String name;
  private final Patience patience;

  private ScenarioNamespace(KubernetesClient client, String name, Patience patience) {
    this.client = client;
    this.name = name;
    this.patience = patience;
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
    ScenarioNamespace namespace = new ScenarioNamespace(client, name, patience);
    patience.await(
        "the default service account of namespace " + name,
        ACCOUNT,
        () -> {
          ServiceAccount account =
              client.serviceAccounts().inNamespace(name).withName("default").get();
          return account != null ? Sight.found(account) : Sight.<ServiceAccount>notYet("none");
        });
    return namespace;
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

  /** Begins the removal of the namespace with all that is in it; does not wait for its end. */
  @Override
  public void close() {
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
    patience.await(
        "namespace " + name + " to be gone",
        GONE,
        Duration.ofMillis(250),
        () ->
            client.namespaces().withName(name).get() == null
                ? Sight.found(true)
                : Sight.<Boolean>notYet("it is Terminating"));
  }
}
