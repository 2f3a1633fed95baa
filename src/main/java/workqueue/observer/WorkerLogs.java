package workqueue.observer;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.BytesLimitTerminateTimeTailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import workqueue.history.PodRef;
import workqueue.history.Recorder;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/**
 * The logs of the containers of pods that a Job owns: each is read whole as soon as its run ended.
 * One whose pod is being deleted is followed, as its log goes with the pod.
 *
 * <p>Limits: the kubelet keeps the last two runs of a container and 10 MiB of each. A pod deleted
 * without grace, and one on a lost node, takes with it what was not read; so does, on old kubelets,
 * a pod that is deleted and whose container printed nothing. Each loss is a gap.
 */
final class WorkerLogs implements AutoCloseable {
  private static final Duration READ = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final int READERS = 4;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final Recorder recorder;
  private final Patience patience;
  private final Map<String, AttemptLog> logs = new HashMap<>();
  private final Set<AttemptLog> followed = new HashSet<>();
  private final Set<PodRef> buried = new HashSet<>();
  private final Map<AttemptLog, CompletableFuture<Void>> pending = new HashMap<>();
  private final ExecutorService readers = Executors.newFixedThreadPool(READERS, this::thread);
  private final ExecutorService followers = Executors.newCachedThreadPool(this::thread);

  WorkerLogs(KubernetesClient client, Recorder recorder, Patience patience) {
    this.client = client;
    this.recorder = recorder;
    this.patience = patience.telling(Progress.NONE);
  }

  /** Reads what has ended since the pod was seen last. */
  synchronized void see(Pod pod) {
    if (PodMapping.jobUid(pod).isEmpty()) {
      return;
    }
    boolean leaving =
        pod.getMetadata().getDeletionTimestamp() != null && !PodMapping.isKubeletSilent(pod);
    for (ContainerStatus status : PodMapping.statuses(pod)) {
      for (ContainerRun run : ContainerRun.of(status)) {
        AttemptLog log = log(PodMapping.ref(pod), run);
        if (run.end() != null) {
          readOnce(log, pod, run, status);
        } else if (leaving && followed.add(log)) {
          run(followers, () -> follow(log));
        }
      }
    }
  }

  /** The pod is gone: what was not read by now never will be. */
  synchronized void gone(Pod pod) {
    buried.add(PodMapping.ref(pod));
    for (AttemptLog log : of(PodMapping.ref(pod))) {
      if (!followed.contains(log) && !pending.containsKey(log)) {
        log.giveUp("the pod is gone");
      }
    }
  }

  /**
   * Waits until the logs of all runs that ended were read, and reads those of runs that go on so
   * far.
   */
  void settle(List<Pod> pods, Duration limit) {
    pods.forEach(this::see);
    List<CompletableFuture<Void>> reading = new ArrayList<>();
    synchronized (this) {
      reading.addAll(pending.values());
    }
    for (Pod pod : pods) {
      if (!PodMapping.jobUid(pod).isEmpty()) {
        reading.add(CompletableFuture.runAsync(() -> readRunning(pod), readers));
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(reading.toArray(CompletableFuture<?>[]::new));
    try {
      patience.await("the workers' logs", limit, all);
    } catch (WaitedInVain ranOut) {
      synchronized (this) {
        pending.keySet().forEach(log -> log.postpone(Sights.words(ranOut)));
      }
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
    followers.shutdownNow();
  }

  private AttemptLog log(PodRef pod, ContainerRun run) {
    return logs.computeIfAbsent(
        pod.uid() + "/" + run.container() + "/" + run.attempt(),
        key -> new AttemptLog(pod, run, recorder));
  }

  private List<AttemptLog> of(PodRef pod) {
    return logs.values().stream().filter(log -> log.pod.equals(pod)).toList();
  }

  private void readOnce(AttemptLog log, Pod pod, ContainerRun run, ContainerStatus status) {
    if (log.settled() || pending.containsKey(log) || run.neverRan() || run.id().isEmpty()) {
      return;
    }
    boolean restarts =
        run.end().getExitCode() != 0 && !"Never".equals(pod.getSpec().getRestartPolicy());
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending.put(log, done);
    run(
        readers,
        () -> {
          try {
            readWhole(log, run, status, restarts);
          } finally {
            synchronized (this) {
              pending.remove(log);
            }
            done.complete(null);
          }
        });
  }

  private void readWhole(
      AttemptLog log, ContainerRun run, ContainerStatus first, boolean restarts) {
    try {
      Optional<ContainerStatus> status = Optional.of(first);
      while (!log.settled()) {
        Optional<Boolean> previous = status.flatMap(run::isPrevious);
        if (previous.isEmpty()) {
          log.giveUp("the container was restarted again, or its pod is gone");
          return;
        }
        List<LogText.Line> lines = read(log, previous.get());
        // What was read is another run's if the container was restarted meanwhile.
        status = restarts ? status(log) : status;
        if (status.isEmpty() || status.flatMap(run::isPrevious).equals(previous)) {
          log.read(lines, previous.get(), true);
        }
      }
    } catch (RuntimeException failure) {
      failed(log, failure);
    }
  }

  /** What a look said is out of reach forever is given up; all else may be read another time. */
  private static void failed(AttemptLog log, RuntimeException failure) {
    if (failure instanceof WaitedInVain vain && vain.isHopeless()) {
      log.giveUp(Sights.words(failure));
    } else {
      log.postpone(Sights.words(failure));
    }
  }

  private List<LogText.Line> read(AttemptLog log, boolean previous) {
    return patience.await(
        "the log of " + log,
        READ,
        BETWEEN,
        () -> {
          try {
            return Sight.found(
                LogText.all(
                    previous
                        ? query(log).terminated().getLogInputStream()
                        : query(log).getLogInputStream()));
          } catch (KubernetesClientException | UncheckedIOException refused) {
            return log.settled() || isOutOfReach(log, refused)
                ? Sight.<List<LogText.Line>>hopeless("the pod is gone: " + Sights.words(refused))
                : Sight.<List<LogText.Line>>notYet(Sights.words(refused));
          }
        });
  }

  /**
   * Of a pod that is gone, or is being deleted, a log does not come back; who follows it may have
   * it all the same. A kubelet that was just restarted does not find pods that are there.
   */
  private boolean isOutOfReach(AttemptLog log, RuntimeException refused) {
    return saysThatThereIsNone(log, refused)
        && pod(log).filter(pod -> pod.getMetadata().getDeletionTimestamp() == null).isEmpty();
  }

  private boolean saysThatThereIsNone(AttemptLog log, RuntimeException refused) {
    if (refused instanceof KubernetesClientException answer) {
      return answer.getCode() == NOT_FOUND;
    }
    return refused.getCause() instanceof LogText.KubeletTrouble trouble
        && trouble.isAbout(log.run.id())
        && !isFollowed(log);
  }

  private synchronized boolean isFollowed(AttemptLog log) {
    return followed.contains(log);
  }

  private void readRunning(Pod pod) {
    for (ContainerStatus status : PodMapping.statuses(pod)) {
      for (ContainerRun run : ContainerRun.of(status)) {
        AttemptLog log;
        synchronized (this) {
          log = log(PodMapping.ref(pod), run);
        }
        if (run.end() != null || log.settled()) {
          continue;
        }
        if (PodMapping.isKubeletSilent(pod)) {
          // To ask all the same takes half a minute until the API server gives up.
          log.postpone("its kubelet is silent");
          continue;
        }
        try {
          List<LogText.Line> lines = read(log, false);
          Optional<Boolean> previous = status(log).flatMap(run::isPrevious);
          if (previous.equals(Optional.of(false))) {
            log.read(lines, false, false);
          }
        } catch (RuntimeException failure) {
          failed(log, failure);
        }
      }
    }
  }

  private void follow(AttemptLog log) {
    AtomicLong number = new AtomicLong();
    try (LogWatch stream = query(log).watchLog()) {
      LogText.each(stream.getOutput(), line -> log.follow(number.incrementAndGet(), line));
      log.complete(true);
    } catch (RuntimeException failure) {
      // Old kubelets follow until they no longer find the container: then all of it was read.
      boolean followedToItsEnd =
          failure.getCause() instanceof LogText.KubeletTrouble trouble
              && trouble.saysThatTheContainerIsGone()
              && number.get() > 0;
      if (followedToItsEnd) {
        log.complete(true);
      } else {
        stopsFollowing(log, Sights.words(failure));
      }
    }
  }

  /** It can be followed again as long as the pod is there. */
  private synchronized void stopsFollowing(AttemptLog log, String why) {
    followed.remove(log);
    if (buried.contains(log.pod)) {
      log.giveUp(why);
    } else {
      log.postpone(why);
    }
  }

  private BytesLimitTerminateTimeTailPrettyLoggable query(AttemptLog log) {
    return client
        .pods()
        .inNamespace(log.pod.namespace())
        .withName(log.pod.name())
        .inContainer(log.run.container())
        .withReadyWaitTimeout(0)
        .usingTimestamps();
  }

  private Optional<ContainerStatus> status(AttemptLog log) {
    return pod(log).stream()
        .flatMap(each -> PodMapping.statuses(each).stream())
        .filter(each -> each.getName().equals(log.run.container()))
        .findFirst();
  }

  private Optional<Pod> pod(AttemptLog log) {
    Pod pod = client.pods().inNamespace(log.pod.namespace()).withName(log.pod.name()).get();
    return Optional.ofNullable(pod)
        .filter(each -> each.getMetadata().getUid().equals(log.pod.uid()));
  }

  private static void run(ExecutorService where, Runnable what) {
    try {
      where.execute(what);
    } catch (RejectedExecutionException closed) {
      // nobody reads a record any more that is closed
    }
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "worker-logs");
    thread.setDaemon(true);
    return thread;
  }
}
