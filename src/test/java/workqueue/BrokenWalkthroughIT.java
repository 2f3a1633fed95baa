package workqueue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import workqueue.configuration.BrokerChoice;
import workqueue.junit.Scenario;
import workqueue.junit.WorkQueueTest;
import workqueue.scenario.Walker;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Step;

/** Breaks the procedure in one place at a time: exactly the step it belongs to must fail. */
@WorkQueueTest
class BrokenWalkthroughIT {
  private static final BrokerChoice BESIDE = new BrokerChoice.Container();

  @Scenario(
      value = "selftest.service-refused",
      title = "A Service with an impossible port fails in start-service and nowhere else")
  void serviceRefused(Walker walker) {
    walker.walkBroken(
        Step.START_SERVICE,
        new BrokerChoice.InCluster(),
        in -> change(in, Edition.CURRENT.serviceManifest(), "port: 5672", "port: 99999"));
  }

  @Scenario(
      value = "selftest.broker-not-runnable",
      title = "A broker whose program does not exist fails in start-broker and nowhere else")
  void brokerNotRunnable(Walker walker) {
    walker.walkBroken(
        Step.START_BROKER,
        new BrokerChoice.InCluster(),
        in ->
            change(
                in,
                Edition.CURRENT.brokerManifest(),
                "image: rabbitmq",
                "image: rabbitmq\n          command: [/no/such/program]"));
  }

  @Scenario(
      value = "selftest.worker-missing",
      title = "A missing worker.py fails in make-worker-executable and nowhere else")
  void workerMissing(Walker walker) {
    walker.walkBroken(
        Step.MAKE_WORKER_EXECUTABLE, BESIDE, in -> delete(in.resolve("worker/worker.py")));
  }

  @Scenario(
      value = "selftest.dockerfile-broken",
      title = "A command that fails in the Dockerfile fails in build-image and nowhere else")
  void dockerfileBroken(Walker walker) {
    walker.walkBroken(
        Step.BUILD_IMAGE,
        BESIDE,
        in -> change(in, "worker/Dockerfile", "COPY worker.py", "RUN exit 3\nCOPY worker.py"));
  }

  @Scenario(
      value = "selftest.job-refused",
      title = "A Job that the API refuses fails in define-job and nowhere else")
  void jobRefused(Walker walker) {
    walker.walkBroken(
        Step.DEFINE_JOB,
        BESIDE,
        in -> change(in, "job.yaml", "restartPolicy: OnFailure", "restartPolicy: Always"));
  }

  @Scenario(
      value = "selftest.job-fails",
      title = "A worker that cannot be started fails in wait-for-job and nowhere else")
  void jobFails(Walker walker) {
    walker.walkBroken(
        Step.WAIT_FOR_JOB,
        BESIDE,
        in ->
            change(
                in,
                "job.yaml",
                "restartPolicy: OnFailure",
                "restartPolicy: Never",
                "- name: c",
                "- name: c\n          command: [\"false\"]",
                "completions: 8",
                "completions: 8\n  backoffLimit: 0"));
  }

  @Scenario(
      value = "selftest.worker-silent",
      title = "A worker that names no item fails in all-items-processed and nowhere else")
  void workerSilent(Walker walker) {
    walker.walkBroken(
        Step.ALL_ITEMS_PROCESSED,
        BESIDE,
        in -> change(in, "worker/worker.py", "print(\"Processing\"", "print(\"Something\""));
  }

  /** Replaces texts in a file; each must be there. */
  private static void change(Path fixtures, String file, String... fromTo) {
    try {
      Path path = fixtures.resolve(file);
      String text = Files.readString(path, UTF_8);
      for (int i = 0; i < fromTo.length; i += 2) {
        if (!text.contains(fromTo[i])) {
          throw new IllegalArgumentException(file + " does not hold " + fromTo[i]);
        }
        text = text.replace(fromTo[i], fromTo[i + 1]);
      }
      Files.writeString(path, text, UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
