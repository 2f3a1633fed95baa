package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PinnedImagesTest {
  private static final Pattern PIN =
      Pattern.compile("(?m)^readonly (?<name>\\w+_IMAGE)=(?<image>\\S+)$");

  @Test
  void areThoseThatBootstrapGets() throws IOException {
    Matcher pins = PIN.matcher(Files.readString(Path.of("fixtures", "bootstrap")));
    assertThat(
            pins.results().collect(Collectors.toMap(each -> each.group(1), each -> each.group(2))))
        .isEqualTo(
            Map.of(
                "K3S_IMAGE", Images.PINNED.cluster(),
                "RABBITMQ_IMAGE", Images.PINNED.broker(),
                "REGISTRY_IMAGE", Images.PINNED.registry(),
                "CLASSIC_IMAGE", Images.PINNED.classicBase(),
                "CURRENT_IMAGE", Images.PINNED.currentBase()));
  }
}
