package workqueue.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The images of a test that has no run: of the Kubernetes that the run beside it chose. */
public final class ChosenImages {
  private ChosenImages() {}

  public static Images get() {
    String key = Parameter.KUBERNETES.key();
    Map<String, String> given =
        Optional.ofNullable(System.getProperty(key))
            .map(each -> Map.of(key, each))
            .orElse(Map.of());
    return Configuration.from(given, AvailableImages.in(Path.of("fixtures"))).images();
  }
}
