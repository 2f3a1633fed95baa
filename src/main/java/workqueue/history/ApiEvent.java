package workqueue.history;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the API server of a cluster that exists answers to a guest. */
public sealed interface ApiEvent extends Event {

  /**
   * A guest comes to a cluster.
   *
   * @param mode {@code preflight}, {@code quick} or {@code full}
   * @param context of the kubeconfig
   * @param namespace in which it stays
   * @param pods that it means to make in all
   * @param podsAtOnce how many of them there may be at once
   * @param overlay what all its pods get besides; empty if nothing
   */
  record GuestArrived(
      String mode,
      String context,
      String namespace,
      int pods,
      int podsAtOnce,
      Map<String, Object> overlay)
      implements ApiEvent {
    public GuestArrived {
      overlay =
          overlay == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(overlay));
      mode = Text.required("mode", mode);
      context = Text.clean(context);
      namespace = Text.required("namespace", namespace);
    }
  }

  /**
   * A request, and what came of it.
   *
   * @param method of HTTP
   * @param path with its query
   * @param dryRun whether nothing may come of it
   * @param code of HTTP; null if there was no answer
   * @param sentAt by the harness' clock
   * @param serverTime the answer's {@code Date}, in whole seconds; null if it had none
   * @param trouble what kept the answer from coming; empty if it came
   */
  record RequestMade(
      String method,
      String path,
      boolean dryRun,
      Integer code,
      long millis,
      Instant sentAt,
      Instant serverTime,
      String trouble)
      implements ApiEvent {
    public RequestMade {
      method = Text.required("method", method);
      path = Text.required("path", path);
      Text.present("sentAt", sentAt);
      trouble = Text.clean(trouble);
    }
  }

  /** Who the API server takes the guest for; told from Kubernetes 1.28 on. */
  record GuestNamed(String user) implements ApiEvent {
    public GuestNamed {
      user = Text.required("user", user);
    }
  }

  /**
   * Whether the guest has a right.
   *
   * @param group of the resource; empty for the core group
   * @param name of the object; empty for any
   * @param needed whether a check needs it; else it only shows more
   * @param allowed null if that could not be learnt
   * @param why what kept it from being learnt; else how it was
   */
  record RightReviewed(
      String verb,
      String group,
      String resource,
      String subresource,
      String name,
      boolean needed,
      Boolean allowed,
      String why)
      implements ApiEvent {
    public RightReviewed {
      verb = Text.required("verb", verb);
      group = Text.clean(group);
      resource = Text.required("resource", resource);
      subresource = Text.clean(subresource);
      name = Text.clean(name);
      why = Text.clean(why);
    }

    /** The right in words, for example {@code list resourcequotas}. */
    public String right() {
      return verb
          + " "
          + resource
          + (subresource.isEmpty() ? "" : "/" + subresource)
          + (group.isEmpty() ? "" : "." + group)
          + (name.isEmpty() ? "" : " " + name);
    }
  }

  /**
   * A version of a group of the API.
   *
   * @param groupVersion for example {@code batch/v1}; {@code v1} for the core group
   * @param answers null if it was not asked, as the API server itself serves it
   * @param why it does not answer; empty if it does
   * @param verbs of those of its resources that the pattern needs, by their names
   */
  record GroupDiscovered(
      String groupVersion, Boolean answers, String why, Map<String, List<String>> verbs)
      implements ApiEvent {
    public GroupDiscovered {
      groupVersion = Text.required("groupVersion", groupVersion);
      why = Text.clean(why);
      verbs = verbs == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(verbs));
    }
  }

  /** The groups of the API were listed, all of them, unless {@code why} says what is missing. */
  record DiscoveryDone(String why) implements ApiEvent {
    public DiscoveryDone {
      why = Text.clean(why);
    }
  }

  /**
   * Objects were read: one by its name, or all of a kind in the namespace.
   *
   * @param kind for example {@code ResourceQuota}
   * @param name empty for all
   * @param code of HTTP; null if there was no answer
   * @param why they could not be read; empty if they were
   * @param objects their names, labels, specs and states, as the API gives them
   */
  record ObjectsRead(
      String kind, String name, Integer code, String why, List<Map<String, Object>> objects)
      implements ApiEvent {
    public ObjectsRead {
      kind = Text.required("kind", kind);
      name = Text.clean(name);
      why = Text.clean(why);
      objects = objects == null ? List.of() : List.copyOf(objects);
    }

    public boolean wereRead() {
      return code != null && code == 200;
    }
  }

  /**
   * A difference between an object as it was sent and as the API server would take it.
   *
   * @param path for example {@code spec.containers[c].image}
   * @param sent empty if it was not there
   * @param returned empty if it is gone
   */
  record Difference(String path, String sent, String returned) {
    public Difference {
      path = Text.required("path", path);
      sent = Text.clean(sent);
      returned = Text.clean(returned);
    }
  }

  /**
   * An object was sent to be taken without being made.
   *
   * @param part of the pattern: {@code broker-pod}, {@code job} and so on
   * @param labels that it was sent with
   * @param adapted what it has that the documentation does not: names of adaptations
   * @param code of HTTP; null if there was no answer
   * @param reason of the refusal, in the words of the API, for example {@code Forbidden}
   * @param message of the refusal; empty if it was taken
   * @param differences of what came back from what was sent, but for what the API numbers and dates
   * @param resources of its containers as they came back: {@code rabbitmq/limits.memory} and so on
   */
  record DryRunAnswered(
      String part,
      String kind,
      String name,
      Map<String, String> labels,
      List<String> adapted,
      Integer code,
      String reason,
      String message,
      List<Difference> differences,
      Map<String, String> resources)
      implements ApiEvent {
    public DryRunAnswered {
      part = Text.required("part", part);
      kind = Text.required("kind", kind);
      name = Text.clean(name);
      labels = labels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
      adapted = adapted == null ? List.of() : List.copyOf(adapted);
      reason = Text.clean(reason);
      message = Text.clean(message);
      differences = differences == null ? List.of() : List.copyOf(differences);
      resources =
          resources == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    }

    public boolean wasTaken() {
      return code != null && code / 100 == 2;
    }

    @Override
    public DryRunAnswered cleaned(UnaryOperator<String> cleaning) {
      return new DryRunAnswered(
          part,
          kind,
          name,
          labels,
          adapted,
          code,
          reason,
          cleaning.apply(message),
          differences,
          resources);
    }
  }

  /**
   * The guest made an object, or could not.
   *
   * @param uid empty if it was not made
   * @param code of HTTP; null if there was no answer
   * @param message of the refusal; empty if it was made
   * @param facts of what was made: its spec, as the API keeps it
   */
  record ObjectMade(
      String kind, String name, String uid, Integer code, String message, Map<String, Object> facts)
      implements ApiEvent {
    public ObjectMade {
      kind = Text.required("kind", kind);
      name = Text.required("name", name);
      uid = Text.clean(uid);
      message = Text.clean(message);
      facts = facts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public boolean wasMade() {
      return !uid.isEmpty();
    }
  }

  /**
   * The guest deleted an object of its own while it was looked at, or could not.
   *
   * @param code of HTTP; null if there was no answer
   * @param message of the refusal; empty if it was deleted
   */
  record ObjectDeleted(String kind, String name, String uid, Integer code, String message)
      implements ApiEvent {
    public ObjectDeleted {
      kind = Text.required("kind", kind);
      name = Text.required("name", name);
      uid = Text.clean(uid);
      message = Text.clean(message);
    }

    public boolean wasDeleted() {
      return code != null && code / 100 == 2;
    }
  }

  /** What follows, up to its end, was made for one check alone, once the proof was made. */
  record TrialBegan(String check) implements ApiEvent {
    public TrialBegan {
      check = Text.required("check", check);
    }
  }

  /**
   * What was made for one check alone is over.
   *
   * @param inVain what was waited for and did not come; empty if all of it came
   */
  record TrialEnded(String check, String inVain) implements ApiEvent {
    public TrialEnded {
      check = Text.required("check", check);
      inVain = Text.clean(inVain);
    }
  }

  /** The guest makes nothing, because something stands against it. */
  record ProofStopped(String check) implements ApiEvent {
    public ProofStopped {
      check = Text.required("check", check);
    }
  }

  /**
   * What there was in the namespace, as far as the guest may list it, but for what is the guest's.
   *
   * @param when {@code before} or {@code after}
   * @param digests of specs and labels, by kind, name and uid
   */
  record InventoryTaken(String when, Map<String, String> digests) implements ApiEvent {
    public InventoryTaken {
      when = Text.required("when", when);
      digests = digests == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(digests));
    }
  }

  /**
   * The guest removed what it had made.
   *
   * @param left what was still there in the end
   */
  record CleanedUp(List<String> left, long millis) implements ApiEvent {
    public CleanedUp {
      left = left == null ? List.of() : List.copyOf(left);
    }
  }
}
