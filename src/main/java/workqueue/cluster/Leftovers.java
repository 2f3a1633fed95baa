package workqueue.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
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
   * Removes the containers with their volumes, the networks and the images of runs that no process
   * holds any more, and the layers that were made for such an image alone.
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
    removeImages(removed);
    dead.forEach(run -> RunLock.forget(locks, run));
    return removed;
  }

  /** A layer can be removed, and is listed, once no image is made of it any more. */
  private void removeImages(List<String> removed) {
    boolean again = true;
    while (again) {
      again = false;
      for (Image image : docker.listImagesCmd().withLabelFilter(RunLock.LABEL).exec()) {
        if (isAbandoned(image.getLabels()) && isRemoved(image)) {
          removed.add("image " + name(image));
          again = true;
        }
      }
    }
  }

  private boolean isRemoved(Image image) {
    try {
      docker.removeImageCmd(image.getId()).withForce(true).withNoPrune(true).exec();
      return true;
    } catch (NotFoundException | ConflictException goneOrBuiltOn) {
      return false;
    } catch (DockerException busy) {
      if (isUnderWay(busy)) {
        return false;
      }
      throw busy;
    }
  }

  /** Its tags; an image without one is listed as such, too. */
  private static String name(Image image) {
    return image.getRepoTags() == null
            || image.getRepoTags().length == 0
            || image.getRepoTags()[0].equals("<none>:<none>")
        ? image.getId()
        : String.join(", ", image.getRepoTags());
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
      if (!isUnderWay(busy)) {
        throw busy;
      }
    }
  }

  private static boolean isUnderWay(DockerException busy) {
    return String.valueOf(busy.getMessage()).contains("already in progress");
  }
}
