package workqueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** What was opened: it is closed last first, and one that fails to close keeps no other from it. */
public final class ResourceStack implements AutoCloseable {
  private final String owner;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /**
   * @param owner whose resources they are, as it reads after "Could not clean up after"
   */
  public ResourceStack(String owner) {
    this.owner = owner;
  }

  /** Has a resource closed before all that were opened earlier. */
  public synchronized <T extends AutoCloseable> T push(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes a resource no more: somebody else has done it. */
  public synchronized void remove(AutoCloseable resource) {
    opened.remove(resource);
  }

  /**
   * Closes all.
   *
   * @throws EnvironmentTrouble if some could not be closed; it has a failure of each
   */
  @Override
  public void close() {
    close(resource -> false);
  }

  /**
   * Closes all but some, which are forgotten.
   *
   * @throws EnvironmentTrouble if some could not be closed; it has a failure of each
   */
  public void close(Predicate<AutoCloseable> spared) {
    List<Exception> failures = new ArrayList<>();
    for (AutoCloseable resource : take()) {
      try {
        if (!spared.test(resource)) {
          resource.close();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        failures.add(interrupted);
      } catch (Exception failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw trouble(failures);
    }
  }

  private synchronized List<AutoCloseable> take() {
    List<AutoCloseable> all = List.copyOf(opened);
    opened.clear();
    return all;
  }

  private EnvironmentTrouble trouble(List<Exception> failures) {
    Exception first = failures.get(0);
    EnvironmentTrouble trouble =
        new EnvironmentTrouble(
            "Could not clean up after %s: %s"
                .formatted(
                    owner, first.getMessage() == null ? first.toString() : first.getMessage()),
            first);
    failures.stream().skip(1).forEach(trouble::addSuppressed);
    return trouble;
  }
}
