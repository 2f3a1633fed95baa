package workqueue.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Amqp;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Engine;
import workqueue.cluster.RunLock;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.ChosenImages;
import workqueue.configuration.Images;
import workqueue.junit.SuiteProcess.Outcome;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.workload.BuildFailed;
import workqueue.workload.WorkerImage;

/** What a user reads whose input is wrong, where that needs a Docker engine to come out. */
@Execution(ExecutionMode.SAME_THREAD)
class BadInputIT {
  /** Of RabbitMQ. */
  private static final int MANAGEMENT_PORT = 15_672;

  private final Engine engine = Engine.connect(new Patience(1, Progress.NONE));
  private final Images images = ChosenImages.get();

  @TempDir Path folder;
  private SuiteProcess suite;

  @BeforeEach
  void begin() throws IOException {
    suite = new SuiteProcess(folder.resolve("work"));
  }

  @Test
  void tellsThatTheClustersImageDoesNotExist() throws Exception {
    Outcome outcome = suite.with("wq.cluster.image", "work-queue/nowhere:1").run();
    assertToldOnce(
        outcome,
        """
        The image work-queue/nowhere:1 does not exist: neither this machine's engine holds it, nor \
        can it be pulled.
        Remedy: correct the name, build or pull the image, or run fixtures/bootstrap, which prepares \
        the harness's own images.""");
  }

  @Test
  void tellsThatAnImageIsNoNode() throws Exception {
    // One without an entrypoint of its own, which would have words of its own.
    Outcome outcome = suite.with("wq.cluster.image", images.currentBase()).run();
    String told = fullMessage(outcome);
    assertThat(told)
        .startsWith("The image " + images.currentBase() + " did not become the cluster's node: ")
        .contains("exec: \\\"server\\\": executable file not found in $PATH")
        .endsWith(
            "\nRemedy: give an image that is made for this role, or leave the parameter out.");
    assertToldOnce(outcome, told);
  }

  @Test
  void tellsWhatTheBrokerRefuses() {
    String run = "wq-bad-input-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    try (RunLock lock = RunLock.take(folder, run);
        ContainerBroker broker =
            new ContainerBroker(
                    images.broker(), Optional.empty(), lock, new Patience(1, Progress.NONE))
                .start()) {
      BrokerUrl url = broker.address("/");
      assertRefused(
          new BrokerUrl(false, "guest", "wr0ng", url.host(), url.port(), "/"),
          """
          The broker amqp://guest:***@%1$s:%2$d refuses the login of user "guest".
          Remedy: correct user and password in -Dwq.broker=<URL>; RabbitMQ's guest may only log in \
          from the broker's own host unless loopback_users says otherwise."""
              .formatted(url.host(), url.port()));
      assertRefused(
          new BrokerUrl(false, "guest", "guest", url.host(), url.port(), "nowhere"),
          """
          The broker amqp://guest:***@%1$s:%2$d/nowhere has no vhost "nowhere" that user "guest" \
          may use: NOT_ALLOWED - vhost nowhere not found
          Remedy: make it and let the user use it, on RabbitMQ by rabbitmqctl add_vhost and \
          set_permissions, or correct the vhost in -Dwq.broker=<URL>."""
              .formatted(url.host(), url.port()));
      BrokerUrl management =
          new BrokerUrl(false, "guest", "guest", url.host(), broker.port(MANAGEMENT_PORT), "/");
      // What is no broker may keep silent or hang up; so does one that only starts.
      assertThatThrownBy(() -> new Amqp(management).requireLogin())
          .message()
          .isIn(
              """
              What listens at %s does not speak AMQP 0-9-1: no answer to AMQP's greeting
              Remedy: give the port of AMQP (5672 by default), not that of the management API."""
                  .formatted(management),
              """
              The broker %s cannot be reached: it closed the connection without a word
              Remedy: start it, or correct host and port in -Dwq.broker=<URL>."""
                  .formatted(management));
    }
    assertNothingLeft(run);
  }

  @Test
  void tellsWhyADockerfileDoesNotBuild() throws IOException {
    Path context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM " + images.classicBase() + "\nRUN echo looking && cat /nowhere\n");
    assertThatThrownBy(
            () -> WorkerImage.build(engine, context, Map.of(), Map.of(), "work-queue/bad:1"))
        .isInstanceOf(BuildFailed.class)
        .message()
        .startsWith("The Dockerfile in " + context + " does not build: ")
        .contains(" returned a non-zero code: 1\nIts last lines:\n    ")
        .contains("\n    looking\n")
        .contains("\n    cat: /nowhere: No such file or directory\n")
        .endsWith("\nRemedy: docker build " + context + " must work.");
    assertThat(engine.holds("work-queue/bad:1")).isFalse();
  }

  @Test
  void tellsThatTheWorkerCannotBeRun() throws Exception {
    Path worker = Files.createDirectory(folder.resolve("worker"));
    Files.copy(Path.of("fixtures/worker/worker.py"), worker.resolve("worker.py"));
    Files.writeString(
        worker.resolve("Dockerfile"),
        Files.readString(Path.of("fixtures/worker/Dockerfile"))
            .replace("ARG BASE=ubuntu:22.04", "ARG BASE=" + images.currentBase()));
    Files.setPosixFilePermissions(
        worker.resolve("worker.py"), PosixFilePermissions.fromString("rw-r--r--"));
    Outcome outcome =
        suite
            .with("wq.worker.context", worker.toString())
            .with("wq.broker", "container")
            .only("current")
            .run();
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.verdicts()).containsExactly("INVALID", "INVALID");
    assertThat(outcome.messages().get(0))
        .startsWith("Stopped waiting for Job wq-walkthrough-current-")
        .contains("/job-wq-1 to end after ")
        .contains(": it cannot come any more.\nSeen: the command of Job wq-walkthrough-current-")
        .contains(
            """
            /job-wq-1 cannot be run (posix_spawnp: /worker.py: Permission denied)
            Remedy: chmod +x worker.py && docker build -t \
            """)
        .endsWith("/job-wq-1:latest .");
    assertNothingLeft(outcome.run());
  }

  @Test
  void tellsThatTheApiRefusesTheJob() throws Exception {
    Path job = suite.fixtures().resolve("job.yaml");
    Files.writeString(
        job, Files.readString(job).replace("restartPolicy: OnFailure", "restartPolicy: Always"));
    Outcome outcome = suite.with("wq.broker", "container").only("current").run();
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.messages())
        .containsExactly(
            """
            The API refuses the Job of fixtures/job.yaml: Job.batch "job-wq-1" is invalid: \
            spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
            Remedy: kubectl apply --dry-run=server -f fixtures/job.yaml must work.""");
    assertThat(outcome.verdicts()).containsExactly("INVALID", "INVALID");
    assertNothingLeft(outcome.run());
  }

  @Test
  void tellsThatThereIsNoSuchProfile() throws Exception {
    Process maven =
        new ProcessBuilder("mvn", "-o", "-B", "-q", "validate", "-Pwalktrough")
            .redirectErrorStream(true)
            .start();
    String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maven.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains("The requested profile doesn't exist: walktrough");
  }

  private void assertRefused(BrokerUrl url, String message) {
    assertThatThrownBy(() -> new Amqp(url).requireLogin())
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(message);
  }

  private void assertToldOnce(Outcome outcome, String message) {
    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    assertThat(outcome.messages())
        .containsExactlyInAnyOrder(
            message,
            "Not run, for the reason that an earlier scenario tells in full: "
                + message.lines().findFirst().orElseThrow());
    assertThat(outcome.output()).containsOnlyOnce(message);
    assertThat(outcome.verdicts()).containsExactly("UNKNOWN", "UNKNOWN", "UNKNOWN");
    assertNothingLeft(outcome.run());
  }

  private static String fullMessage(Outcome outcome) {
    return outcome.messages().stream()
        .filter(each -> !each.startsWith("Not run"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(outcome.output()));
  }

  private void assertNothingLeft(String run) {
    assertThat(run).startsWith("wq-");
    DockerClient docker = engine.client();
    String label = RunLock.LABEL + "=" + run;
    assertThat(docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec())
        .isEmpty();
    assertThat(docker.listNetworksCmd().exec())
        .noneMatch(network -> run.equals(network.getLabels().get(RunLock.LABEL)));
    assertThat(docker.listVolumesCmd().withFilter("label", List.of(label)).exec().getVolumes())
        .isNullOrEmpty();
    // Those without a name are listed as well, and those that others are made of.
    assertThat(
            docker
                .listImagesCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(RunLock.LABEL, run))
                .exec())
        .isEmpty();
  }
}
