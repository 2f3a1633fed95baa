package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import workqueue.configuration.ChosenImages;
import workqueue.configuration.Images;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/** The way from a container to this JVM. */
class WayHereIT {
  private static final Images IMAGES = ChosenImages.get();
  private static final Patience PATIENCE = new Patience(1, Progress.NONE);

  @Test
  void isTheGatewayOfItsNetwork() {
    try (GenericContainer<?> node = node()) {
      String gateway =
          node.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
              .findFirst()
              .orElseThrow()
              .getGateway();
      assertThat(WayHere.from(node, gateway, PATIENCE)).contains(gateway);
    }
  }

  @Test
  void isNotAnAddressThatLeadsElsewhere() {
    try (GenericContainer<?> node = node()) {
      // Reserved for documentation: nobody has it.
      assertThat(WayHere.from(node, "192.0.2.1", PATIENCE)).isEmpty();
    }
  }

  private static GenericContainer<?> node() {
    GenericContainer<?> node =
        new GenericContainer<>(DockerImageName.parse(IMAGES.cluster()))
            .withCreateContainerCmdModifier(cmd -> cmd.withEntrypoint("sleep").withCmd("60"));
    node.start();
    return node;
  }
}
