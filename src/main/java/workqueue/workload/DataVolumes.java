package workqueue.workload;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.ClusterNode;
import workqueue.cluster.ThrowawayCluster;
import workqueue.history.Payload;

/** The kinds of volumes that all pods of a Job can mount data from. */
public final class DataVolumes {
  private static final String NAME = "data";
  private static final String SHARED = ThrowawayCluster.SHARED_FOLDER + "/";
  private static final String OF_A_NODE = "/var/lib/work-queue-node/";
  private static final Quantity CAPACITY = new Quantity("1Gi");

  private final Surroundings place;
  private final Workload workload;

  DataVolumes(Surroundings place, Workload workload) {
    this.place = place;
    this.workload = workload;
  }

  /** Data in a ConfigMap, which takes less than 1 MiB. */
  public MountedData configMap(DataSet data) {
    Map<String, String> content = new LinkedHashMap<>();
    data.files().forEach(file -> content.put(file.name(), text(file)));
    ConfigMap made =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace())
            .endMetadata()
            .withData(content)
            .build();
    place.namespace().client().resource(made).create();
    Volume volume =
        new VolumeBuilder().withName(NAME).withNewConfigMap().withName(NAME).endConfigMap().build();
    return mounted(data, volume, () -> Map.of("ConfigMap " + NAME, Digests.ofTexts(inConfigMap())));
  }

  private Map<String, String> inConfigMap() {
    return place
        .namespace()
        .client()
        .configMaps()
        .inNamespace(namespace())
        .withName(NAME)
        .get()
        .getData();
  }

  /** Data in a folder that all nodes share. */
  public MountedData hostPath(DataSet data) {
    String folder = put(data, SHARED + namespace() + "/host-path", List.of(nodes().get(0)));
    return mounted(data, hostPathVolume(folder), () -> onNodes(folder));
  }

  /** Data in folders of the nodes' own: those of the agents hold other data than the server's. */
  public MountedData hostPath(DataSet onServer, DataSet onAgents) {
    String folder = OF_A_NODE + namespace();
    put(onServer, folder, nodes().stream().filter(ClusterNode::isServer).toList());
    put(onAgents, folder, nodes().stream().filter(node -> !node.isServer()).toList());
    return mounted(onServer, hostPathVolume(folder), () -> onNodes(folder));
  }

  /** A folder that no node has. */
  public MountedData missingPath(DataSet data) {
    return mounted(data, hostPathVolume(SHARED + namespace() + "/missing"), Map::of);
  }

  /** Data in a volume that is there already, in a folder that all nodes share, and claimed. */
  public MountedData claim(DataSet data) {
    String folder = put(data, SHARED + namespace() + "/claim", List.of(nodes().get(0)));
    PersistentVolume volume =
        persistentVolume()
            .editSpec()
            .withNewHostPath()
            .withPath(folder)
            .withType("Directory")
            .endHostPath()
            .endSpec()
            .build();
    bind(volume);
    return mounted(data, claimed(), () -> onNodes(folder));
  }

  /** Data in a volume that only pods on the node can have, and claimed. */
  public MountedData claimOn(ClusterNode node, DataSet data) {
    String folder = put(data, OF_A_NODE + namespace(), List.of(node));
    PersistentVolume volume =
        persistentVolume()
            .editSpec()
            .withNewLocal()
            .withPath(folder)
            .endLocal()
            .withNewNodeAffinity()
            .withNewRequired()
            .addNewNodeSelectorTerm()
            .addNewMatchExpression()
            .withKey("kubernetes.io/hostname")
            .withOperator("In")
            .withValues(node.name())
            .endMatchExpression()
            .endNodeSelectorTerm()
            .endRequired()
            .endNodeAffinity()
            .endSpec()
            .build();
    bind(volume);
    return mounted(data, claimed(), Map::of);
  }

  /** A claim for which there is no volume. */
  public MountedData unboundClaim(DataSet data) {
    claim("");
    return mounted(data, claimed(), Map::of);
  }

  /** Data in an image; for clusters that have {@link JobField#IMAGE_VOLUME}. */
  public MountedData image(DataSet data) {
    String image;
    try (FolderCopy context = FolderCopy.of(place.fixtures().dataImage())) {
      for (DataFile file : data.files()) {
        try (InputStream content = file.open()) {
          Files.copy(content, context.root().resolve(file.name()));
        }
      }
      image = place.built(context.root());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return mounted(data, imageVolume(image), () -> inImage(image));
  }

  static Volume imageVolume(String image) {
    return new VolumeBuilder()
        .withName(NAME)
        .withNewImage()
        .withReference(image)
        .withPullPolicy("IfNotPresent")
        .endImage()
        .build();
  }

  private MountedData mounted(
      DataSet data, Volume volume, Supplier<Map<String, Map<String, String>>> look) {
    return new MountedData(place, workload, data, volume, look);
  }

  private static Volume hostPathVolume(String folder) {
    return new VolumeBuilder()
        .withName(NAME)
        .withNewHostPath()
        .withPath(folder)
        .withType("Directory")
        .endHostPath()
        .build();
  }

  private static Volume claimed() {
    return new VolumeBuilder()
        .withName(NAME)
        .withNewPersistentVolumeClaim()
        .withClaimName(NAME)
        .endPersistentVolumeClaim()
        .build();
  }

  private PersistentVolumeBuilder persistentVolume() {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName(NAME + "-" + namespace())
        .endMetadata()
        .withNewSpec()
        .withCapacity(Map.of("storage", CAPACITY))
        .withAccessModes("ReadOnlyMany", "ReadWriteMany")
        .withPersistentVolumeReclaimPolicy("Retain")
        .withStorageClassName("")
        .withNewClaimRef()
        .withNamespace(namespace())
        .withName(NAME)
        .endClaimRef()
        .endSpec();
  }

  private void bind(PersistentVolume volume) {
    place.namespace().client().resource(volume).create();
    place.closesLater(() -> place.namespace().client().resource(volume).delete());
    claim(volume.getMetadata().getName());
  }

  private void claim(String volume) {
    place
        .namespace()
        .client()
        .resource(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace())
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadOnlyMany")
                .withStorageClassName("")
                .withVolumeName(volume.isEmpty() ? null : volume)
                .withNewResources()
                .withRequests(Map.of("storage", CAPACITY))
                .endResources()
                .endSpec()
                .build())
        .create();
  }

  private String namespace() {
    return place.namespace().name();
  }

  private List<ClusterNode> nodes() {
    List<ClusterNode> nodes = place.cluster().nodes();
    if (nodes.isEmpty()) {
      throw new EnvironmentTrouble(noNodes());
    }
    return nodes;
  }

  static String noNodes() {
    return """
        The data cannot be put on the nodes of a cluster that exists: they are not touched.
        Remedy: run this scenario without wq.cluster, in a throwaway cluster.""";
  }

  private static String put(DataSet data, String folder, List<ClusterNode> nodes) {
    for (ClusterNode node : nodes) {
      node.require("mkdir", "-p", folder);
      for (DataFile file : data.files()) {
        try (InputStream content = file.open()) {
          node.write(folder + "/" + file.name(), file.bytes(), content);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }
    return folder;
  }

  private Map<String, Map<String, String>> onNodes(String folder) {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    nodes().forEach(node -> found.put(node.toString(), Digests.in(node, folder)));
    return found;
  }

  private Map<String, Map<String, String>> inImage(String image) {
    String folder = OF_A_NODE + namespace() + "-image";
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    for (ClusterNode node : nodes()) {
      node.require("mkdir", "-p", folder);
      node.require("ctr", "images", "mount", "docker.io/library/" + image, folder);
      try {
        found.put("image " + image + " on " + node, Digests.in(node, folder));
      } finally {
        node.require("ctr", "images", "unmount", "--rm", folder);
      }
    }
    return found;
  }

  private static String text(DataFile file) {
    try (InputStream content = file.open()) {
      return new String(content.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Digests of files, by their names. */
  private static final class Digests {
    static Map<String, String> in(ClusterNode node, String folder) {
      String listed = node.require("sh", "-c", "cd \"$0\" && sha256sum *", folder);
      Map<String, String> digests = new LinkedHashMap<>();
      listed
          .lines()
          .map(line -> line.split(" +\\*?", 2))
          .forEach(each -> digests.put(each[1], "sha256:" + each[0]));
      return digests;
    }

    static Map<String, String> ofTexts(Map<String, String> texts) {
      Map<String, String> digests = new LinkedHashMap<>();
      texts.forEach((name, text) -> digests.put(name, Payload.of(text).digest()));
      return digests;
    }
  }
}
