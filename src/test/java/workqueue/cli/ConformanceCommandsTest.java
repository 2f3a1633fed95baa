package workqueue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandsTest {
  @TempDir Path folder;

  @Test
  void printsTheRole() {
    Called called = Called.with("conformance", "role", "--namespace", "team-a", "--mode=preflight");
    assertThat(called.code()).isZero();
    assertThat(called.out()).contains("kind: Role\n", "namespace: team-a");
  }

  @Test
  void wantsANamespaceAndAModeForTheRole() {
    assertThat(Called.with("conformance", "role"))
        .isEqualTo(
            Called.refused(
                """
                --namespace is missing: --namespace=<namespace>.
                Help: java -jar work-queue.jar conformance role --help
                """));
    assertThat(Called.with("conformance", "role", "--namespace=a", "--mode=quik"))
        .isEqualTo(Called.refused("--mode=quik: there is no such mode. Did you mean quick?\n"));
  }

  @Test
  void explainsACheck() {
    Called called = Called.with("conformance", "explain", "network.to-pod");
    assertThat(called.code()).isZero();
    assertThat(called.out()).startsWith("network.to-pod (").contains("who fixes: ");
    assertThat(Called.with("conformance", "explain", "network.to-pood").err())
        .startsWith("There is no check \"network.to-pood\".");
  }

  @Test
  void refusesParametersBeforeAnythingIsWritten() {
    Path reports = folder.resolve("reports");
    assertThat(
            Called.with(
                "conformance", "preflight", "--reports=" + reports, "--namespace=No", "--items=x"))
        .isEqualTo(
            Called.refused(
                """
                Nothing was started, for the parameters cannot be used:
                  1. --items=x: allowed is a whole number from 0 to 2147483647.
                  2. --namespace=No: allowed is the name of a namespace: up to 63 small letters, digits and hyphens.
                """));
    assertThat(reports).doesNotExist();
  }
}
