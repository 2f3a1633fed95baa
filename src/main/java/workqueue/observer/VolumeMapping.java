package workqueue.observer;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.history.JobVolume;

/** What the volumes of a pod come from, and how its containers mount them. */
final class VolumeMapping {
  private VolumeMapping() {}

  static List<JobVolume> of(PodSpec pod) {
    Map<String, Volume> volumes =
        pod.getVolumes().stream()
            .collect(Collectors.toMap(Volume::getName, Function.identity(), (one, other) -> one));
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .flatMap(container -> container.getVolumeMounts().stream())
        .filter(mount -> volumes.containsKey(mount.getName()))
        .map(mount -> mounted(volumes.get(mount.getName()), mount))
        .distinct()
        .toList();
  }

  private static JobVolume mounted(Volume volume, VolumeMount mount) {
    Origin origin = Origin.of(volume);
    return new JobVolume(
        volume.getName(),
        origin.kind,
        origin.source,
        mount.getMountPath(),
        Boolean.TRUE.equals(mount.getReadOnly()));
  }

  /** What a volume comes from, in the words of the API. */
  private record Origin(String kind, String source) {
    static Origin of(Volume volume) {
      if (volume.getPersistentVolumeClaim() != null) {
        return new Origin(
            "persistentVolumeClaim", volume.getPersistentVolumeClaim().getClaimName());
      }
      if (volume.getConfigMap() != null) {
        return new Origin("configMap", volume.getConfigMap().getName());
      }
      if (volume.getSecret() != null) {
        return new Origin("secret", volume.getSecret().getSecretName());
      }
      if (volume.getHostPath() != null) {
        return new Origin("hostPath", volume.getHostPath().getPath());
      }
      return volume.getImage() == null
          ? new Origin("", "")
          : new Origin("image", volume.getImage().getReference());
    }
  }
}
