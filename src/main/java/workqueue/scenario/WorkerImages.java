package workqueue.scenario;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Configuration;
import workqueue.configuration.Generation;
import workqueue.configuration.Images;
import workqueue.configuration.WorkerChoice;
import workqueue.gate.ClientWorkers;
import workqueue.tutorial.Fixtures;
import workqueue.workload.FolderCopy;
import workqueue.workload.PackageRegistries;
import workqueue.workload.WorkerImage;

/** The images that the workers of a run's scenarios run in, each made at its first use. */
final class WorkerImages {
  private final SharedEnvironment shared;
  private final Once<Worker> worker = new Once<>();
  private final Once<WorkerImage> bench = new Once<>();
  private final Map<Path, Once<WorkerImage>> specimens = new ConcurrentHashMap<>();

  WorkerImages(SharedEnvironment shared) {
    this.shared = shared;
  }

  /**
   * The worker that suites other than the walkthrough run.
   *
   * @param name under which the engine has its image
   * @param digest the engine's id of that; empty if it was not built here
   */
  record Worker(String name, String digest) {}

  /** The worker that suites other than the walkthrough run. */
  Worker worker() {
    return worker.get(this::make);
  }

  private Worker make() {
    WorkerChoice choice = choice();
    if (choice instanceof WorkerChoice.Image given) {
      return new Worker(given.name(), "");
    }
    Fixtures fixtures = shared.fixtures();
    Path context =
        choice instanceof WorkerChoice.Context given ? given.folder() : fixtures.workerContext();
    // No tag "latest": pods would not look for it on their node.
    String name = "job-wq-1:" + shared.run();
    try (FolderCopy copy = FolderCopy.of(context)) {
      // Whatever lies in the fixtures is built on the images that the run uses.
      Map<String, String> arguments =
          context.toAbsolutePath().normalize().startsWith(fixtures.root().toAbsolutePath())
              ? onBase(shared.images().currentBase())
              : Map.of();
      if (choice instanceof WorkerChoice.Tutorial) {
        WorkerImage.setExecutable(
            copy.root().resolve(fixtures.workerProgram().getFileName()), true);
      }
      return new Worker(name, build(copy.root(), context, arguments, name).id());
    }
  }

  /** A worker that is declared by its Job's manifest alone is the one that it names. */
  private WorkerChoice choice() {
    Configuration wanted = shared.configuration();
    return wanted.worker() instanceof WorkerChoice.Tutorial
        ? GateStand.declaredJob(wanted.contract())
            .<WorkerChoice>map(job -> new WorkerChoice.Image(job.image()))
            .orElse(wanted.worker())
        : wanted.worker();
  }

  /** The image that specimens run in. */
  WorkerImage bench() {
    return bench.get(
        () -> {
          Path folder = shared.fixtures().root().resolve("bench");
          return build(
              folder,
              folder,
              onBase(shared.images().currentBase()),
              "work-queue-bench:" + shared.run());
        });
  }

  /**
   * The image of a specimen that has one of its own: of one on a client library from the base of
   * pods, with what the package registries have; of another from the bench's.
   */
  WorkerImage of(Path context) {
    return specimens
        .computeIfAbsent(context, folder -> new Once<>())
        .get(
            () ->
                context.startsWith(ClientWorkers.in(shared.fixtures()))
                    ? withPackages(context)
                    : build(context, context, onBase(bench().name()), name(context)));
  }

  private WorkerImage withPackages(Path context) {
    try (FolderCopy copy = FolderCopy.of(context)) {
      PackageRegistries.trustedIn(copy.root(), System.getenv());
      Map<String, String> arguments = new HashMap<>(PackageRegistries.arguments(System.getenv()));
      newestBase().ifPresent(name -> arguments.putAll(onBase(name)));
      return build(copy.root(), context, arguments, name(context));
    }
  }

  /** The newest that was built here, whatever the cluster's is; otherwise what Dockerfiles say. */
  private static Optional<String> newestBase() {
    return Optional.ofNullable(AvailableImages.here().sets().get(Generation.NEWEST))
        .filter(each -> each.source() != Images.Source.REGISTRY)
        .map(Images::currentBase);
  }

  private static Map<String, String> onBase(String image) {
    return Map.of("BASE", image);
  }

  private String name(Path context) {
    return "work-queue-" + context.getFileName() + ":" + shared.run();
  }

  /**
   * @param named the folder that is told as the image's, where a copy of it is built
   */
  private WorkerImage build(Path context, Path named, Map<String, String> arguments, String name) {
    return shared.closes(
        WorkerImage.build(shared.engine(), context, named, arguments, shared.labels(), name));
  }
}
