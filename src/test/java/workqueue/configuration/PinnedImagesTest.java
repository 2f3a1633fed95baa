package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PinnedImagesTest {
  private static final Pattern PIN =
      Pattern.compile("(?m)^readonly (?:-A )?(?<name>\\w+_IMAGE)=(?<image>.+)$");

  @Test
  void areThoseThatBootstrapGets() throws IOException {
    Images newest = AvailableImages.PINNED.sets().get(Generation.NEWEST);
    Images oldest = AvailableImages.PINNED.sets().get(Generation.OLDEST);
    assertThat(
            PIN.matcher(Files.readString(Path.of("fixtures", "bootstrap")))
                .results()
                .collect(
                    Collectors.toMap(
                        each -> each.group(1), each -> each.group(2).replace("${HUB}", ""))))
        .isEqualTo(
            Map.of(
                "K3S_IMAGE", both(newest.cluster(), oldest.cluster()),
                "RABBITMQ_IMAGE", both(newest.broker(), oldest.broker()),
                "REGISTRY_IMAGE", newest.registry(),
                "CLASSIC_IMAGE", newest.classicBase(),
                "CURRENT_IMAGE", newest.currentBase()));
    assertThat(oldest)
        .isEqualTo(
            new Images(
                newest.source(),
                newest.classicBase(),
                newest.currentBase(),
                oldest.cluster(),
                oldest.broker(),
                newest.registry()));
  }

  private static String both(String newest, String oldest) {
    return "([newest]=%s [oldest]=%s)".formatted(newest, oldest);
  }
}
