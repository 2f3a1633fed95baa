package workqueue.history;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What Kubernetes says of pods, Jobs, nodes and Services. */
public sealed interface ClusterEvent extends Event {

  /**
   * A pod as it was seen.
   *
   * @param jobUid the uid of the Job that owns it, empty if none does
   * @param phase {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or {@code
   *     Unknown}
   * @param node empty while it is not scheduled
   * @param address its IP address, empty while it has none
   * @param deletionAt when it is to be gone; null while nobody deleted it
   */
  record PodState(
      PodRef pod,
      String jobUid,
      String phase,
      String reason,
      String message,
      String node,
      String address,
      boolean ready,
      Instant deletionAt,
      List<Condition> conditions)
      implements ClusterEvent {
    public PodState {
      Text.present("pod", pod);
      jobUid = Text.clean(jobUid);
      phase = Text.required("phase", phase);
      reason = Text.clean(reason);
      message = Text.clean(message);
      node = Text.clean(node);
      address = Text.clean(address);
      conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    @Override
    public PodState cleaned(UnaryOperator<String> cleaning) {
      return new PodState(
          pod,
          jobUid,
          phase,
          reason,
          cleaning.apply(message),
          node,
          address,
          ready,
          deletionAt,
          conditions);
    }

    public Optional<Condition> condition(String type) {
      // Asked for each pod of long records.
      for (Condition each : conditions) {
        if (each.type().equals(type)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }

    /** Whether it has come to an end, as Kubernetes sees it. */
    public boolean over() {
      return phase.equals("Succeeded") || phase.equals("Failed");
    }
  }

  /**
   * A LimitRange gave a pod's container limits that its manifest does not have.
   *
   * @param limits by resource, for example {@code memory} to {@code 32Mi}
   * @param limitRange its name; empty where it is not known which it was
   */
  record LimitsGiven(PodRef pod, String container, Map<String, String> limits, String limitRange)
      implements ClusterEvent {
    public LimitsGiven {
      Text.present("pod", pod);
      container = Text.required("container", container);
      limits = limits == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(limits));
      limitRange = Text.clean(limitRange);
    }
  }

  /** A pod's object is gone. */
  record PodGone(PodRef pod) implements ClusterEvent {
    public PodGone {
      Text.present("pod", pod);
    }
  }

  /** What a container does. */
  enum Running {
    WAITING,
    RUNNING,
    TERMINATED
  }

  /** What a pod has a container for. */
  enum Kind {
    /** It does the pod's work: the pod is over when all of these are. */
    ORDINARY,
    /** It has to exit 0 before the next begins. */
    INIT,
    /** An init container that is restarted always, and ended by its kubelet when the work is. */
    SIDECAR
  }

  /**
   * A container as it was seen.
   *
   * @param reason why it waits or how it ended, for example {@code ImagePullBackOff}
   * @param startedAt of this run, in whole seconds; null while it waits
   * @param finishedAt of this run, in whole seconds; null until it ends
   * @param exitCode null until it ends
   * @param restartCount how many runs came before this one: the number of its attempt
   * @param last how the run before this one ended; null if it is the first
   * @param kind ordinary unless said
   */
  record ContainerState(
      PodRef pod,
      String container,
      Running state,
      String reason,
      String message,
      Integer exitCode,
      Instant startedAt,
      Instant finishedAt,
      int restartCount,
      Termination last,
      Kind kind)
      implements ClusterEvent {
    public ContainerState {
      Text.present("pod", pod);
      // Recordings from before it was recorded lack it.
      kind = kind == null ? Kind.ORDINARY : kind;
      container = Text.required("container", container);
      Text.present("state", state);
      reason = Text.clean(reason);
      message = Text.clean(message);
    }

    /** An ordinary container. */
    public ContainerState(
        PodRef pod,
        String container,
        Running state,
        String reason,
        String message,
        Integer exitCode,
        Instant startedAt,
        Instant finishedAt,
        int restartCount,
        Termination last) {
      this(
          pod,
          container,
          state,
          reason,
          message,
          exitCode,
          startedAt,
          finishedAt,
          restartCount,
          last,
          Kind.ORDINARY);
    }

    @Override
    public ContainerState cleaned(UnaryOperator<String> cleaning) {
      return new ContainerState(
          pod,
          container,
          state,
          reason,
          cleaning.apply(message),
          exitCode,
          startedAt,
          finishedAt,
          restartCount,
          last == null ? null : last.cleaned(cleaning),
          kind);
    }
  }

  /**
   * A Job as it was seen.
   *
   * @param createdAt null if not known
   * @param startedAt when its controller took it up; null before
   * @param ready null where the cluster does not tell
   * @param terminating null where the cluster does not tell
   * @param uncounted pods that ended, which its controller knows and counts once their finalizer is
   *     gone; null where the cluster does not tell
   */
  record JobState(
      JobRef job,
      JobSpec spec,
      long generation,
      Instant createdAt,
      Instant startedAt,
      int active,
      int succeeded,
      int failed,
      Integer ready,
      Integer terminating,
      List<Condition> conditions,
      Integer uncounted)
      implements ClusterEvent {
    public JobState {
      Text.present("job", job);
      Text.present("spec", spec);
      conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** The condition of this type if it is True. */
    public Optional<Condition> condition(String type) {
      for (Condition each : conditions) {
        if (each.type().equals(type) && each.holds()) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }

    public boolean complete() {
      return condition("Complete").isPresent();
    }

    public boolean failedForGood() {
      return condition("Failed").isPresent();
    }

    /**
     * Whether it is settled how it ends, and its pods' ends are waited for (Kubernetes 1.31 on).
     */
    public boolean settled() {
      return !over()
          && (condition("SuccessCriteriaMet").isPresent()
              || condition("FailureTarget").isPresent());
    }

    /** Whether it is content with what succeeded by its {@code successPolicy}. */
    public boolean successPolicyMet() {
      return condition("SuccessCriteriaMet")
          .map(each -> each.reason().equals("SuccessPolicy"))
          .orElse(false);
    }

    /** Whether its controller knows of pods that ended, and has not counted them yet. */
    public boolean hasUncounted() {
      return uncounted != null && uncounted > 0;
    }

    /** Whether pods of it are on their way out, and it may wait for their ends to replace them. */
    public boolean awaitsEnds() {
      return terminating != null && terminating > 0;
    }

    /** Whether its controller is done with it. */
    public boolean over() {
      return complete() || failedForGood();
    }
  }

  /** A Job's object is gone. */
  record JobDeleted(JobRef job) implements ClusterEvent {
    public JobDeleted {
      Text.present("job", job);
    }
  }

  /**
   * A node as it was seen; its taints as {@code key=value:effect}.
   *
   * @param architecture for example {@code amd64}; empty if it does not tell
   */
  record NodeState(
      String node,
      String architecture,
      boolean unschedulable,
      List<String> taints,
      List<Condition> conditions)
      implements ClusterEvent {
    public NodeState {
      node = Text.required("node", node);
      architecture = Text.clean(architecture);
      taints = taints == null ? List.of() : List.copyOf(taints);
      conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** Whether it reports itself as fit for pods. */
    public boolean ready() {
      return conditions.stream().anyMatch(each -> each.type().equals("Ready") && each.holds());
    }
  }

  /** A node's object is gone. */
  record NodeGone(String node) implements ClusterEvent {
    public NodeGone {
      node = Text.required("node", node);
    }
  }

  /** The addresses behind a Service; {@code exists} tells a Service without any from no Service. */
  record EndpointsState(
      String namespace, String service, boolean exists, List<String> ready, List<String> notReady)
      implements ClusterEvent {
    public EndpointsState {
      namespace = Text.required("namespace", namespace);
      service = Text.required("service", service);
      ready = ready == null ? List.of() : List.copyOf(ready);
      notReady = notReady == null ? List.of() : List.copyOf(notReady);
    }
  }

  /**
   * A Kubernetes event.
   *
   * @param type {@code Normal} or {@code Warning}
   * @param kind of the object it is about
   * @param name of the object it is about
   * @param count how often it happened, at least 1
   * @param firstAt null if not known
   * @param lastAt null if not known
   */
  record KubernetesEvent(
      String namespace,
      String type,
      String reason,
      String kind,
      String name,
      String message,
      int count,
      String component,
      Instant firstAt,
      Instant lastAt)
      implements ClusterEvent {
    public KubernetesEvent {
      namespace = Text.clean(namespace);
      type = Text.clean(type);
      reason = Text.clean(reason);
      kind = Text.clean(kind);
      name = Text.clean(name);
      message = Text.clean(message);
      component = Text.clean(component);
    }

    @Override
    public KubernetesEvent cleaned(UnaryOperator<String> cleaning) {
      return new KubernetesEvent(
          namespace,
          type,
          reason,
          kind,
          name,
          cleaning.apply(message),
          count,
          component,
          firstAt,
          lastAt);
    }
  }

  /**
   * What a pod's containers used, as its node told.
   *
   * @param cpuNanos processor time since they were started; null if not known
   * @param memoryBytes in use at that time; null if not known
   * @param sampledAt when it was measured, as the node says, in whole seconds; when the node was
   *     asked if it does not say
   */
  record PodUse(PodRef pod, Long cpuNanos, Long memoryBytes, Instant sampledAt)
      implements ClusterEvent {
    public PodUse {
      Text.present("pod", pod);
      Text.present("sampledAt", sampledAt);
    }
  }

  /**
   * An image that a node holds.
   *
   * @param image as pods name it
   * @param bytes as the node counts them; null if it does not tell
   */
  record ImageHeld(String node, String image, Long bytes) implements ClusterEvent {
    public ImageHeld {
      node = Text.required("node", node);
      image = Text.required("image", image);
    }
  }

  /** A resource quota: its limits and what is used of them, by resource name. */
  record QuotaState(
      String namespace, String quota, Map<String, String> hard, Map<String, String> used)
      implements ClusterEvent {
    public QuotaState {
      namespace = Text.required("namespace", namespace);
      quota = Text.required("quota", quota);
      hard = ordered(hard);
      used = ordered(used);
    }

    private static Map<String, String> ordered(Map<String, String> map) {
      return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
  }
}
