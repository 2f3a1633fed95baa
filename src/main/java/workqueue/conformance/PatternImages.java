package workqueue.conformance;

import workqueue.configuration.Configuration;
import workqueue.configuration.WorkerChoice;

/**
 * The two images that the pattern runs.
 *
 * @param worker of the Job's pods, and of the probes
 */
public record PatternImages(String worker, String broker) {
  /** Stands for the worker's image where none is given, as on the page. */
  private static final String PLACEHOLDER = "job-wq-1";

  /** Those that are configured. */
  public static PatternImages of(Configuration configuration) {
    return new PatternImages(
        configuration.worker() instanceof WorkerChoice.Image image ? image.name() : PLACEHOLDER,
        configuration.brokerImage());
  }
}
