package workqueue.tutorial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import workqueue.EnvironmentTrouble;

/**
 * The folder that holds the manifests and the worker's sources.
 *
 * @param root the folder, which need not be the repository's own
 */
public record Fixtures(Path root) {

  /**
   * @throws EnvironmentTrouble if there is no such folder
   */
  public Fixtures {
    if (!Files.isDirectory(root)) {
      throw new EnvironmentTrouble(
          "There is no folder %s in %s.\nRun from the repository's root."
              .formatted(root, Path.of("").toAbsolutePath()));
    }
  }

  /** Those of the checkout, seen from its root; a run may have others, from its jar. */
  public static Fixtures ofRepository() {
    return new Fixtures(Path.of("fixtures"));
  }

  /** The manifest of the Job. */
  public Path job() {
    return root.resolve("job.yaml");
  }

  /** The folder of what the editions document. */
  public Path editions() {
    return root.resolve("editions");
  }

  /** The manifest of an edition's Service. */
  public Path service(Edition edition) {
    return root.resolve(edition.serviceManifest());
  }

  /** The manifest of an edition's broker. */
  public Path broker(Edition edition) {
    return root.resolve(edition.brokerManifest());
  }

  /**
   * The folder with the manifests of a broker other than the documented one, in which each has the
   * place that it has among those of the {@link #editions}; empty if there is none.
   *
   * @param image of the broker, for example {@code work-queue/broker-j:1}: its folder is called as
   *     the image is without registry, path, tag and digest
   */
  public Optional<Path> otherBroker(String image) {
    String name = image.replaceFirst("@.*$", "").replaceFirst("^.*/", "").replaceFirst(":.*$", "");
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(root.resolve("brokers").resolve(name)).filter(Files::isDirectory);
  }

  /** The program that reads the part of mounted data that its item names. */
  public Path dataReader() {
    return root.resolve("mounted-data").resolve("reader.py");
  }

  /** The folder in which an image of nothing but data is built. */
  public Path dataImage() {
    return root.resolve("mounted-data").resolve("image");
  }

  /** The folder that the tutorial's worker is built from. */
  public Path workerContext() {
    return root.resolve("worker");
  }

  /** The program of the tutorial's worker. */
  public Path workerProgram() {
    return workerContext().resolve("worker.py");
  }
}
