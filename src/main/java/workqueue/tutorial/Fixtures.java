package workqueue.tutorial;

import java.nio.file.Files;
import java.nio.file.Path;
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

  /** The manifest of an edition's Service. */
  public Path service(Edition edition) {
    return root.resolve(edition.serviceManifest());
  }

  /** The manifest of an edition's broker. */
  public Path broker(Edition edition) {
    return root.resolve(edition.brokerManifest());
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
