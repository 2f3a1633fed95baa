package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What runs that ended without cleaning up have left in the engine. */
public final class Leftovers {
  private final DockerClient docker;
  private final Path locks;
  private final Set<String> dead = new HashSet<>();

  public Leftovers(Engine engine, Path locks) {
    this.docker = engine.client();
    this.locks = locks;
  }

  /**
   * Removes the containers with their volumes, the networks and the image tags of runs that no
   * process holds any more.
   *
   * @return what was removed, one line each
   */
  public List<String> remove() {
    List<String> removed = new ArrayList<>();
    dead.clear();
    for (Container container :
        docker
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(RunLock.LABEL))
            .exec()) {
      if (isAbandoned(container.getLabels())) {
        tolerant(
            () ->
                docker
                    .removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        removed.add("container " + container.getNames()[0].substring(1));
      }
    }
    for (Network network : docker.listNetworksCmd().exec()) {
      if (network.getLabels().containsKey(RunLock.LABEL) && isAbandoned(network.getLabels())) {
        tolerant(() -> docker.removeNetworkCmd(network.getId()).exec());
        removed.add("network " + network.getName());
      }
    }
    for (Image image : docker.listImagesCmd().withLabelFilter(RunLock.LABEL).exec()) {
      if (isAbandoned(image.getLabels())) {
        tolerant(
            () -> docker.removeImageCmd(image.getId()).withForce(true).withNoPrune(true).exec());
        removed.add("image " + String.join(", ", tags(image)));
      }
    }
    dead.forEach(run -> RunLock.forget(locks, run));
    return removed;
  }

  private static String[] tags(Image image) {
    return image.getRepoTags() == null ? new String[] {image.getId()} : image.getRepoTags();
  }

  private boolean isAbandoned(Map<String, String> labels) {
    boolean abandoned = RunLock.isDead(locks, labels);
    if (abandoned) {
      dead.add(labels.get(RunLock.LABEL));
    }
    return abandoned;
  }

  private static void tolerant(Runnable removal) {
    try {
      removal.run();
    } catch (NotFoundException gone) {
      // another run was faster
    } catch (DockerException busy) {
      if (!String.valueOf(busy.getMessage()).contains("already in progress")) {
        throw busy;
      }
    }
  }
}
