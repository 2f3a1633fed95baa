package workqueue.configuration;

import java.nio.file.Path;

/** Where the harness keeps what outlives a run on this machine. */
public final class CacheFolder {
  private CacheFolder() {}

  /** That of this user; {@code fixtures/bootstrap} uses the same. */
  public static Path usual() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("work-queue");
  }
}
