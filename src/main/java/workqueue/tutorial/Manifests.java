package workqueue.tutorial;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;

/** The documented manifests, read from the fixtures. */
public final class Manifests {
  private final Fixtures fixtures;
  private final Optional<Path> otherBroker;

  public Manifests(Fixtures fixtures) {
    this(fixtures, Optional.empty());
  }

  private Manifests(Fixtures fixtures, Optional<Path> otherBroker) {
    this.fixtures = Objects.requireNonNull(fixtures);
    this.otherBroker = otherBroker;
  }

  /** The same, with Service and broker as the fixtures have them for the broker of this image. */
  public Manifests forBroker(String image) {
    return new Manifests(fixtures, fixtures.otherBroker(image));
  }

  /** Where Service and broker come from if they are not the documented ones. */
  public Optional<Path> otherBroker() {
    return otherBroker;
  }

  private Path file(Path documented) {
    return otherBroker
        .map(folder -> folder.resolve(fixtures.editions().relativize(documented)))
        .orElse(documented);
  }

  /**
   * The Job.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public JobDefinition job() {
    return job(fixtures.job());
  }

  /**
   * A Job that somebody wrote.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public static JobDefinition job(Path file) {
    return definition(file, () -> new JobDefinition(ManifestFile.read(file, Job.class)));
  }

  /**
   * A Job that somebody wrote, or the pods of a Deployment.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public static JobDefinition workers(Path file) {
    return ManifestFile.holds(file, Deployment.class)
        ? definition(file, () -> JobDefinition.of(ManifestFile.read(file, Deployment.class)))
        : job(file);
  }

  private static JobDefinition definition(Path file, Supplier<JobDefinition> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException incomplete) {
      throw ManifestFile.trouble(file, "is incomplete: " + incomplete.getMessage(), incomplete);
    }
  }

  /**
   * The objects of a file that somebody wrote, however many.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public static List<HasMetadata> objects(Path file) {
    return ManifestFile.readAll(file);
  }

  /**
   * An edition's Service.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public Service service(Edition edition) {
    return ManifestFile.read(file(fixtures.service(edition)), Service.class);
  }

  /**
   * An edition's broker: a ReplicationController or a StatefulSet.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public HasMetadata broker(Edition edition) {
    return ManifestFile.read(file(fixtures.broker(edition)), brokerType(edition));
  }

  /**
   * An edition's broker with another image, and pulled by another policy than the documented one.
   *
   * @throws EnvironmentTrouble if the file is no such manifest, naming the file and what is wrong
   */
  public HasMetadata broker(Edition edition, String image, String pullPolicy) {
    HasMetadata broker = broker(edition);
    Container container = pods(broker).getSpec().getContainers().get(0);
    container.setImage(image);
    container.setImagePullPolicy(pullPolicy);
    return broker;
  }

  private static PodTemplateSpec pods(HasMetadata broker) {
    return broker instanceof ReplicationController controller
        ? controller.getSpec().getTemplate()
        : ((StatefulSet) broker).getSpec().getTemplate();
  }

  private static Class<? extends HasMetadata> brokerType(Edition edition) {
    return switch (edition) {
      case CLASSIC -> ReplicationController.class;
      case CURRENT -> StatefulSet.class;
    };
  }
}
