package workqueue.history;

import java.time.Instant;

/** What the harness did and how well it saw. */
public sealed interface HarnessEvent extends Event {

  /** What a probe tries. */
  enum Try {
    /** Resolve a name. */
    LOOK_UP,
    /** Open a TCP connection. */
    CONNECT,
    /** Log in to the broker. */
    LOG_IN,
    /** Have the API take an object without making it, to see whether it keeps a field. */
    DRY_RUN
  }

  /** What came of a probe. */
  enum Outcome {
    OK,
    /** The name has no address, or the field is dropped. */
    NOT_FOUND,
    /** Nobody listens there. */
    REFUSED,
    /** No answer in time, or no way there. */
    NO_ANSWER,
    /** Somebody answered and turned the user away. */
    DENIED,
    /** The probe itself could not be made: nothing is known. */
    NOT_TRIED
  }

  /**
   * Something that was tried: when something looked wrong, or to learn what can be had.
   *
   * @param from where it was tried, for example a pod's name or {@code harness}
   */
  record Probe(Try tried, String target, String from, Outcome outcome, String detail)
      implements HarnessEvent {
    public Probe {
      Text.present("tried", tried);
      target = Text.required("target", target);
      from = Text.clean(from);
      Text.present("outcome", outcome);
      detail = Text.clean(detail);
    }
  }

  /** A fault struck. */
  record FaultInjected(String kind, String target, String detail) implements HarnessEvent {
    public FaultInjected {
      kind = Text.required("kind", kind);
      target = Text.clean(target);
      detail = Text.clean(detail);
    }
  }

  /** A fault is over. */
  record FaultHealed(String kind, String target, String detail) implements HarnessEvent {
    public FaultHealed {
      kind = Text.required("kind", kind);
      target = Text.clean(target);
      detail = Text.clean(detail);
    }
  }

  /** An observer lost sight: what happened meanwhile may be missing from the record. */
  record Gap(Source lost, Instant from, Instant to, String why) implements HarnessEvent {
    public Gap {
      Text.present("lost", lost);
      Text.present("from", from);
      Text.present("to", to);
      why = Text.clean(why);
    }
  }

  /** The final state was taken, whole: what was not recorded by now was not seen. */
  record FinalStateTaken(String how) implements HarnessEvent {
    public FinalStateTaken {
      how = Text.clean(how);
    }
  }
}
