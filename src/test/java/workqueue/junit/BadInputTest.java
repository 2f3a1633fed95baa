package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.configuration.Parameter;
import workqueue.junit.SuiteProcess.Outcome;

/** What a user reads whose input is wrong, from the whole of a run that needs no Docker engine. */
class BadInputTest {
  private static final String NO_ENGINE = "tcp://127.0.0.1:1";
  private static final String IMAGES =
      """
      oldest.source=registry
      oldest.base.image.classic=base:1
      oldest.base.image.current=base:2
      oldest.cluster.image=node:1
      oldest.broker.image=broker:1
      oldest.registry.image=registry:1
      newest.absent=no module proxy answered
      """;

  @TempDir Path folder;
  private SuiteProcess suite;

  @BeforeEach
  void begin() throws IOException {
    suite = new SuiteProcess(folder.resolve("work")).environment("DOCKER_HOST", NO_ENGINE);
    suite.with("user.home", Files.createDirectory(folder.resolve("home")).toString());
    Files.writeString(suite.fixtures().resolve("images.properties"), IMAGES);
  }

  @Test
  void tellsThatThereIsNoEngine() throws Exception {
    refused(
        """
        No Docker engine answers at tcp://127.0.0.1:1, the address in DOCKER_HOST.
        Remedy: start that engine or correct the address; or unset DOCKER_HOST and run \
        fixtures/bootstrap, which starts an engine.""");
  }

  @Test
  void tellsOnceWhatKeepsAWorkerFromBeingTried() throws Exception {
    String message =
        """
        No Docker engine answers at tcp://127.0.0.1:1, the address in DOCKER_HOST.
        Remedy: start that engine or correct the address; or unset DOCKER_HOST and run \
        fixtures/bootstrap, which starts an engine.""";
    Outcome outcome = suite.suite("workqueue.GateIT").run();
    assertThat(outcome.messages()).as(outcome.output()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.verdicts()).containsExactly("UNKNOWN", "UNKNOWN");
    assertThat(outcome.notRun())
        .hasSizeGreaterThan(10)
        .containsEntry(
            "gate.takes-one-item",
            "gate.preflight comes first, and failed: No Docker engine answers at tcp://127.0.0.1:1,"
                + " the address in DOCKER_HOST.")
        .containsEntry(
            "gate.bounds-its-prefetch",
            "it is about workers that go on to the next item (wq.worker.kind=one)");
  }

  @Test
  void tellsEveryMistakeInTheParameters() throws Exception {
    suite.with("wq.kepe", "always").with("wq.broker", "contaner").with("wq.repeat", "3");
    suite.with("wq.kubernetes", "newest");
    refused(
        """
        Nothing was started, for the parameters cannot be used:
          1. wq.kepe is no parameter. Did you mean wq.keep?
          2. wq.kubernetes=newest: its images are not there: when fixtures/bootstrap ran, no module \
        proxy answered. Get them by fixtures/bootstrap --kubernetes newest, or leave the parameter \
        out.
          3. wq.broker=contaner: allowed are container, in-cluster and a URL of the form \
        amqp[s]://<user>:<password>@<host>:<port>/<vhost>. Did you mean container?
        All parameters:\s"""
            + Arrays.stream(Parameter.values())
                .map(Parameter::key)
                .collect(Collectors.joining(", ")));
  }

  @Test
  void tellsThatNoScenarioIsChosen() throws Exception {
    suite.with("wq.scenario", "outcome.nothing-like-it");
    Outcome outcome = suite.run();
    assertThat(outcome.output())
        .contains(
            "wq.scenario=outcome.nothing-like-it chooses none of the 2 scenarios here. Did you mean");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.verdicts()).containsExactly("UNKNOWN");
  }

  @Test
  void tellsThatThereIsNoKubeconfig() throws Exception {
    suite.with("wq.cluster", "current").with("wq.worker.image", "worker:1");
    refused(
        """
        There is no kubeconfig at %s/.kube/config, and wq.cluster names a cluster that exists.
        Remedy: point KUBECONFIG to one, or use -Dwq.cluster=k3s for a throwaway cluster."""
            .formatted(folder.resolve("home")));
  }

  @Test
  void tellsThatTheBrokerRefuses() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    suite.with("wq.broker", "amqp://ann:s3cret@127.0.0.1:" + closed);
    Outcome outcome =
        refused(
            """
            The broker amqp://ann:***@127.0.0.1:%d cannot be reached: Connection refused
            Remedy: start it, or correct host and port in -Dwq.broker=<URL>."""
                .formatted(closed));
    assertThat(outcome.output()).doesNotContain("s3cret");
  }

  /**
   * The whole message once, a reference to it for the other scenario, and a result that says so.
   */
  private Outcome refused(String message) throws Exception {
    Outcome outcome = suite.run();
    assertThat(outcome.messages())
        .as(outcome.output())
        .containsExactlyInAnyOrder(
            message,
            "Not run, for the reason that an earlier scenario tells in full: "
                + message.lines().findFirst().orElseThrow());
    assertThat(outcome.output()).containsOnlyOnce(message);
    assertThat(outcome.output()).doesNotContain("\tat ");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.verdicts()).containsExactly("UNKNOWN", "UNKNOWN", "UNKNOWN");
    assertThat(folder.resolve("home/.cache/work-queue/runs"))
        .satisfiesAnyOf(
            runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
    return outcome;
  }
}
