package workqueue.gate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.WorkerContract;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Manifests;

/** What the pods of a worker's own Job mount by name, which each trial has to have. */
public final class MountedNames {
  // Kubernetes makes it in each namespace.
  private static final String AUTHORITY = named("ConfigMap", "kube-root-ca.crt");

  private MountedNames() {}

  /**
   * Sees to it that a trial has all of it.
   *
   * @throws EnvironmentTrouble that names what is missing
   */
  public static void require(JobDefinition job, Path file, WorkerContract worker) {
    Set<String> missing = new TreeSet<>();
    PodSpec pod = job.toJob().getSpec().getTemplate().getSpec();
    pod.getVolumes().stream().flatMap(MountedNames::in).forEach(missing::add);
    missing.remove(AUTHORITY);
    worker.secrets().keySet().forEach(name -> missing.remove(named("Secret", name)));
    worker.objects().map(Manifests::objects).orElse(List.of()).stream()
        .map(MountedNames::nameOf)
        .forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          The pods of %s mount %s, and there is no such thing in a trial: each has a namespace of \
          its own.
          Remedy: -Dwq.worker.objects=<a manifest of it>, from which each trial makes its own."""
              .formatted(file, String.join(", ", missing)));
    }
  }

  private static String nameOf(HasMetadata object) {
    return named(object.getKind(), object.getMetadata().getName());
  }

  private static String named(String kind, String name) {
    return kind + " " + name;
  }

  private static Stream<String> in(Volume volume) {
    if (volume.getPersistentVolumeClaim() != null) {
      return Stream.of(
          named("PersistentVolumeClaim", volume.getPersistentVolumeClaim().getClaimName()));
    }
    if (volume.getConfigMap() != null) {
      return unless(
          volume.getConfigMap().getOptional(), named("ConfigMap", volume.getConfigMap().getName()));
    }
    if (volume.getSecret() != null) {
      return unless(
          volume.getSecret().getOptional(), named("Secret", volume.getSecret().getSecretName()));
    }
    return volume.getProjected() == null
        ? Stream.of()
        : volume.getProjected().getSources().stream().flatMap(MountedNames::in);
  }

  private static Stream<String> in(VolumeProjection source) {
    if (source.getConfigMap() != null) {
      return unless(
          source.getConfigMap().getOptional(), named("ConfigMap", source.getConfigMap().getName()));
    }
    return source.getSecret() == null
        ? Stream.of()
        : unless(source.getSecret().getOptional(), named("Secret", source.getSecret().getName()));
  }

  private static Stream<String> unless(Boolean optional, String name) {
    return Boolean.TRUE.equals(optional) ? Stream.of() : Stream.of(name);
  }
}
