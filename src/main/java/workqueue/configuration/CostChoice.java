package workqueue.configuration;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the gate measures what the worker costs, and what it is held against.
 *
 * @param record the file that the figures are written into; absent if not given
 * @param baseline a file of figures that was written before; absent if not given
 * @param against the image of another worker; absent if not given
 */
public record CostChoice(Optional<Path> record, Optional<Path> baseline, Optional<String> against) {
  /** Nothing is measured. */
  public static final CostChoice NONE =
      new CostChoice(Optional.empty(), Optional.empty(), Optional.empty());

  public CostChoice {
    Objects.requireNonNull(record);
    Objects.requireNonNull(baseline);
    Objects.requireNonNull(against);
  }
}
