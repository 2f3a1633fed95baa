package workqueue.configuration;

import java.nio.file.Path;
import java.util.Objects;

/** Which worker takes the items. */
public sealed interface WorkerChoice {

  /** The worker of the documented procedure, built from the fixtures. */
  record Tutorial() implements WorkerChoice {}

  /** A worker in an image that exists. */
  record Image(String name) implements WorkerChoice {
    public Image {
      if (!ImageName.isValid(name)) {
        throw new IllegalArgumentException("Not the name of an image: " + name);
      }
    }
  }

  /** A worker to be built from a folder that holds a {@code Dockerfile}. */
  record Context(Path folder) implements WorkerChoice {
    public Context {
      Objects.requireNonNull(folder);
    }
  }
}
