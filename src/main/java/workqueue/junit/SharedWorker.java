package workqueue.junit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import workqueue.cluster.Engine;
import workqueue.cluster.RunLock;
import workqueue.configuration.Images;
import workqueue.configuration.WorkerChoice;
import workqueue.tutorial.Fixtures;
import workqueue.workload.FolderCopy;
import workqueue.workload.WorkerImage;

/**
 * The worker's image that the scenarios of a run share.
 *
 * @param name under which the engine has it
 * @param digest the engine's id of it; empty if it was not built here
 */
record SharedWorker(String name, String digest, Optional<WorkerImage> built)
    implements AutoCloseable {

  static SharedWorker make(
      WorkerChoice choice, Fixtures fixtures, Images images, Supplier<Engine> engine, RunLock run) {
    if (choice instanceof WorkerChoice.Image given) {
      return new SharedWorker(given.name(), "", Optional.empty());
    }
    Path context =
        choice instanceof WorkerChoice.Context given ? given.folder() : fixtures.workerContext();
    // No tag "latest": pods would not look for it on their node.
    String name = "job-wq-1:" + run.run();
    try (FolderCopy copy = FolderCopy.of(context)) {
      // Whatever lies in the fixtures is built on the images that the run uses.
      Map<String, String> arguments =
          context.toAbsolutePath().normalize().startsWith(fixtures.root().toAbsolutePath())
              ? Map.of("BASE", images.currentBase())
              : Map.of();
      if (choice instanceof WorkerChoice.Tutorial) {
        WorkerImage.setExecutable(
            copy.root().resolve(fixtures.workerProgram().getFileName()), true);
      }
      WorkerImage built =
          WorkerImage.build(engine.get(), copy.root(), context, arguments, run.labels(), name);
      return new SharedWorker(name, built.id(), Optional.of(built));
    }
  }

  @Override
  public void close() {
    built.ifPresent(WorkerImage::close);
  }
}
