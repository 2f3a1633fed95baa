package workqueue.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    DRY_RUN,
    /** Resolve a name many times over. */
    LOOK_UP_OFTEN,
    /** Read the variable that names a Service's address. */
    ENVIRONMENT,
    /** Publish an item and take it back. */
    ROUND_TRIP,
    /** The same with one of a mebibyte. */
    LARGE_ITEM,
    /** Put the items into the queue. */
    FILL,
    /** Take out what is left in the queue. */
    DRAIN,
    /** Run a command in a pod. */
    RUN_COMMAND,
    /** Reach a pod's port through the API server. */
    FORWARD_PORT,
    /** Wait as a consumer for minutes, and then be given an item. */
    WAIT_IDLE
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

  /**
   * A pod of the harness' own stood where workers stand, to see what they see.
   *
   * @param labels that it has as they have
   */
  record StoodIn(String pod, Map<String, String> labels) implements HarnessEvent {
    public StoodIn {
      pod = Text.required("pod", pod);
      labels = labels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
    }
  }

  /** A fault struck, or something was made beside a Job that it is tried with. */
  record FaultInjected(String kind, String target, String detail) implements HarnessEvent {
    /** The kind of what is made beside a Job. */
    public static final String OBJECTS = "objects";

    public FaultInjected {
      kind = Text.required("kind", kind);
      target = Text.clean(target);
      detail = Text.clean(detail);
    }

    /** Whether it struck what a Job runs on, or its workers. */
    public boolean strikes() {
      return !kind.equals(OBJECTS);
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

  /**
   * An image that this machine's engine holds was looked at.
   *
   * @param architecture in the words of nodes: {@code amd64}
   * @param bytes of its layers, unpacked
   */
  record ImageInspected(String image, String architecture, long bytes) implements HarnessEvent {
    public ImageInspected {
      image = Text.required("image", image);
      architecture = Text.clean(architecture);
    }
  }

  /**
   * What is in the data that the pods of a Job mount.
   *
   * @param volume its name within the pods
   * @param digests by what has them: a file, or the text of an item that names a part of one; as in
   *     {@code sha256:…}
   */
  record DataGiven(String job, String volume, Map<String, String> digests) implements HarnessEvent {
    public DataGiven {
      job = Text.required("job", job);
      volume = Text.required("volume", volume);
      digests = digests == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(digests));
    }
  }

  /**
   * What is in the data that the pods of a Job mounted, as it was found without them.
   *
   * @param where it was found: a node, or an object of the cluster
   * @param digests of its files
   */
  record DataFound(String job, String where, Map<String, String> digests) implements HarnessEvent {
    public DataFound {
      job = Text.required("job", job);
      where = Text.required("where", where);
      digests = digests == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(digests));
    }
  }

  /**
   * From now on all that workers say to the broker passes a wire tap, and what it says to them.
   *
   * @param service that leads to it
   */
  record TapPlaced(String service) implements HarnessEvent {
    public TapPlaced {
      service = Text.required("service", service);
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

  /**
   * What a worker cost before, and how it behaved.
   *
   * @param kubernetes the cluster's version then
   * @param rabbitmq the broker's version then
   * @param run in which it was recorded
   * @param runs what each measured: figures by the names of what they count
   * @param behaviour what it did, by what that was about; empty where that was not recorded
   * @param machine the kind of machine that the cluster was on; empty where that is not known
   */
  record Past(
      String kubernetes,
      String rabbitmq,
      String worker,
      String run,
      List<Map<String, List<Double>>> runs,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> behaviour,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String machine) {
    public Past {
      machine = Text.clean(machine);
      behaviour =
          behaviour == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(behaviour));
      kubernetes = Text.clean(kubernetes);
      rabbitmq = Text.clean(rabbitmq);
      worker = Text.clean(worker);
      run = Text.clean(run);
      runs = runs == null ? List.of() : List.copyOf(runs);
    }

    /** One whose behaviour was not recorded, on a machine that is not known. */
    public Past(
        String kubernetes,
        String rabbitmq,
        String worker,
        String run,
        List<Map<String, List<Double>>> runs) {
      this(kubernetes, rabbitmq, worker, run, runs, Map.of(), "");
    }

    /** The same with another behaviour and other runs. */
    public Past with(List<Map<String, List<Double>>> others, Map<String, String> otherBehaviour) {
      return new Past(kubernetes, rabbitmq, worker, run, others, otherBehaviour, machine);
    }

    /** The same on a machine of this kind. */
    public Past on(String kind) {
      return new Past(kubernetes, rabbitmq, worker, run, runs, behaviour, kind);
    }

    /** Whether it was on such a cluster and such a broker. */
    public boolean isOf(Environment environment) {
      return kubernetes.equals(environment.cluster().version())
          && rabbitmq.equals(environment.broker().version());
    }
  }

  /**
   * The workers of a queue are to be held against what was measured before.
   *
   * @param machine the kind of machine that the cluster is on; empty where that is not known
   */
  record BaselineGiven(
      String queue,
      String file,
      List<Past> pasts,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String machine)
      implements HarnessEvent {
    /** On a machine that is not known. */
    public BaselineGiven(String queue, String file, List<Past> pasts) {
      this(queue, file, pasts, "");
    }

    public BaselineGiven {
      machine = Text.clean(machine);
      queue = Text.required("queue", queue);
      file = Text.clean(file);
      pasts = pasts == null ? List.of() : List.copyOf(pasts);
    }

    /** Whether that is of the machine that this cluster is on, as far as both are known. */
    public boolean isOfItsMachine(Past past) {
      return machine.isEmpty() || past.machine().isEmpty() || machine.equals(past.machine());
    }
  }

  /** The workers of a queue are to be held against those of another in the same record. */
  record RivalGiven(String queue, String other) implements HarnessEvent {
    public RivalGiven {
      queue = Text.required("queue", queue);
      other = Text.required("other", other);
    }
  }

  /**
   * What a rule's trial shows counts against another rule.
   *
   * @param rule that it counts against; empty if it is not the worker's fault
   * @param code of what was found
   */
  record BlameShifted(String rule, String code) implements HarnessEvent {
    public BlameShifted {
      rule = Text.clean(rule);
      code = Text.required("code", code);
    }
  }

  /** What came of a documented step. */
  enum StepEnd {
    /** It showed what is documented. */
    SHOWN,
    /** It did not. */
    NOT_SHOWN,
    /** It could not be done, for a reason that says nothing of the system. */
    NOT_DONE,
    /** It was not tried: one before it failed, or it needs more than there is. */
    NOT_RUN
  }

  /**
   * Something that a step did otherwise than documented.
   *
   * @param documented what the documentation says
   * @param done what was done instead
   * @param why why it differs, in a few words
   */
  record Deviation(String documented, String done, String why) {
    public Deviation {
      documented = Text.clean(documented);
      done = Text.clean(done);
      why = Text.clean(why);
      if (documented.isBlank() || done.isBlank() || why.isBlank()) {
        throw new IllegalArgumentException(
            "A deviation says what is documented, what was done and why, not \"%s\", \"%s\", \"%s\"."
                .formatted(documented, done, why));
      }
    }
  }

  /**
   * A step compared what it saw with what is documented.
   *
   * @param what what is compared, or what must be seen
   * @param expected what is documented, without its passwords; null where {@code what} says it
   * @param actual what was seen, without its passwords
   * @param holds whether they were the same while they still had their passwords
   */
  record StepChecked(String step, String what, String expected, String actual, boolean holds)
      implements HarnessEvent {
    public StepChecked {
      step = Text.required("step", step);
      what = Text.required("what", what);
      expected = expected == null ? null : Text.clean(expected);
      actual = Text.clean(actual);
    }

    /** Whether what was seen is what is documented. */
    public boolean passes() {
      return holds && (expected == null || expected.equals(actual));
    }

    /** The sentence for one that does not pass. */
    public String failure() {
      return expected == null
          ? "Expected %s.%nSeen: %s".formatted(what, actual)
          : "%s is not as documented.%nExpected: %s%nActual:   %s"
              .formatted(what, expected, actual);
    }
  }

  /**
   * A documented step is over.
   *
   * @param step its id, for example start-broker
   * @param seconds how long it took
   * @param message why it was not shown, done or run; empty if it was shown, or one before it
   *     failed
   */
  record StepEnded(
      String step, StepEnd end, double seconds, List<Deviation> deviations, String message)
      implements HarnessEvent {
    public StepEnded {
      step = Text.required("step", step);
      end = Text.present("end", end);
      deviations = deviations == null ? List.of() : List.copyOf(deviations);
      message = Text.clean(message);
    }
  }

  /** The final state was taken, whole: what was not recorded by now was not seen. */
  record FinalStateTaken(String how) implements HarnessEvent {
    public FinalStateTaken {
      how = Text.clean(how);
    }
  }
}
