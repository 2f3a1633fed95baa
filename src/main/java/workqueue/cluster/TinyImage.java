package workqueue.cluster;

import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Images;

/**
 * Has Testcontainers use an image that is there where it looks around with a tiny one of its own.
 *
 * <p>In a container it asks such an image for the engine's address before anything else, and
 * without a registry it waits two minutes for it.
 */
public final class TinyImage extends ImageNameSubstitutor {
  private static final String TINY = "alpine";

  @Override
  public DockerImageName apply(DockerImageName wanted) {
    if (!wanted.getUnversionedPart().equals(TINY)) {
      return wanted;
    }
    Images images = AvailableImages.here().newest();
    return images.source() != Images.Source.REGISTRY
        ? DockerImageName.parse(images.classicBase()).asCompatibleSubstituteFor(TINY)
        : wanted;
  }

  @Override
  protected String getDescription() {
    return "the base image instead of Testcontainers' tiny one, where there is no registry";
  }
}
