package workqueue.configuration;

import java.util.Objects;

/**
 * How a worker shows what it did with an item, as its author writes it.
 *
 * @param detail the regular expression, or the name of the output queue; empty for the others
 */
public record DeclaredEvidence(Kind kind, String detail) {

  /** Where the evidence is found. */
  public enum Kind {
    /** Lines of the log. */
    LOG,
    /** Lines of the log with the digest of all that was read. */
    DIGEST,
    /** Copies of the items in another queue. */
    OUTPUT,
    /** Nowhere. */
    NONE
  }

  public DeclaredEvidence {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(detail);
  }
}
