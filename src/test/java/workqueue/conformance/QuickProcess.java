package workqueue.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import workqueue.cluster.Kubeconfig;
import workqueue.tutorial.Fixtures;

/** A quick check in a JVM of its own, which can be killed. */
final class QuickProcess {
  private QuickProcess() {}

  static Process start(Path kubeconfig, Path reports, Map<String, String> parameters)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QuickProcess.class.getName(),
                kubeconfig.toString(),
                reports.toString()));
    parameters.forEach((name, value) -> command.add(name + "=" + value));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The kubeconfig, the folder for reports, and {@code name=value} for each parameter. */
  public static void main(String[] args) {
    Map<String, String> parameters = new TreeMap<>();
    for (String each : List.of(args).subList(2, args.length)) {
      parameters.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    new Conformance(Fixtures.ofRepository(), Path.of(args[1]), Kubeconfig.of(Path.of(args[0])))
        .quick(parameters);
  }
}
