package workqueue.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IVersionProvider;
import workqueue.Build;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Images;

/** Tells what a result depends on. */
final class Versions implements IVersionProvider {

  @Override
  public String[] getVersion() {
    List<String> lines = new ArrayList<>();
    lines.add(
        CommandLines.NAME
            + " "
            + Build.ofJar()
                .map(build -> build.version() + ", commit " + build.commit())
                .orElse("of a checkout"));
    Build.ofJar()
        .ifPresent(
            build -> {
              lines.add("fixtures sha256:" + build.fixtures());
              lines.add("libraries " + build.libraries());
            });
    lines.add("Java " + Runtime.version());
    Images images = AvailableImages.here().newest();
    lines.add("images " + images.cluster() + ", " + images.broker());
    return lines.toArray(String[]::new);
  }
}
