package workqueue.history;

/**
 * A volume as a container of a Job's pods mounts it.
 *
 * @param volume its name within the pod
 * @param kind what it comes from, as the API says it: {@code configMap}, {@code
 *     persistentVolumeClaim}, {@code hostPath}
 * @param source the name or the path of that; empty where it has none
 * @param path where it is mounted
 * @param readOnly whether the mount says that nothing is to be written to it
 */
public record JobVolume(String volume, String kind, String source, String path, boolean readOnly) {
  public JobVolume {
    volume = Text.required("volume", volume);
    kind = Text.clean(kind);
    source = Text.clean(source);
    path = Text.clean(path);
  }

  /** Whether it is a claim's. */
  public boolean ofClaim() {
    return kind.equals("persistentVolumeClaim");
  }

  @Override
  public String toString() {
    return volume + " (" + (source.isEmpty() ? kind : kind + " " + source) + ")";
  }
}
