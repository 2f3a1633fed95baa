package workqueue.checker.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All causes there are: each code has one. */
public final class Causes {
  private static final List<Cause> OF_JOBS =
      List.of(
          new AllProcessed(),
          new LeftoverItems(),
          new LostItems(),
          new DuplicatedItems(),
          new UnexpectedItems(),
          new CorruptedItems(),
          new RedeliveredItems(),
          new HoardedItems(),
          new ForeignConsumer(),
          new NotConsuming(),
          new DataDiffers(),
          new SourcesDisagree(),
          new FalseSuccess(),
          new WaitingForWork(),
          new AckedButNotReported(),
          new StillWorking(),
          new NoWorkers(),
          new BrokerUnreachable(),
          new BrokerRefusedLogin(),
          new BrokerBlocked(),
          new QueueMissing(),
          new OtherQueue(),
          new PermissionDenied(),
          new VhostMissing(),
          new ConnectionLimit(),
          new QueueMismatch(),
          new QueueLocked(),
          new NegotiationFailed(),
          new HeartbeatMissed(),
          new AckTimedOut(),
          new DroppedByBroker(),
          new ServiceNotResolved(),
          new ServiceWithoutEndpoints(),
          new TrafficBlocked(),
          new UrlMalformed(),
          new ImageNotPullable(),
          new CommandNotRunnable(),
          new ConfigurationMissing(),
          new VolumeNotMounted(),
          new SandboxNotCreated(),
          new InitNotFinished(),
          new ContainerStillRunning(),
          new NotExited(),
          new Unschedulable(),
          new SchedulerInactive(),
          new QuotaExceeded(),
          new ResourcesRequired(),
          new AdmissionDenied(),
          new WebhookUnavailable(),
          new CrashLoop(),
          new OutOfMemory(),
          new Evicted(),
          new NodeLost(),
          new NodePressure(),
          new StuckTerminating(),
          new IgnoredTermination(),
          new BackoffLimitExceeded(),
          new DeadlineExceeded(),
          new PodFailurePolicy(),
          new JobFailed(),
          new CompletionsUnset(),
          new Suspended(),
          new Vanished(),
          new ControllerInactive(),
          new TakenOver());
  private static final List<Cause> OF_WORKERS =
      List.of(new WorkerFailed(), new SecretPrinted(), new Slower(), new Heavier());
  private static final List<Cause> ALL =
      Stream.of(OF_JOBS, FoundByCheck.all(), OF_WORKERS)
          .flatMap(each -> each.stream().map(Cause.class::cast))
          .sorted(Comparator.comparing(Cause::code))
          .toList();
  private static final Map<FindingCode, Cause> BY_CODE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Cause::code, each -> each));

  private Causes() {}

  /** All of them, in the order of their codes. */
  public static List<Cause> all() {
    return ALL;
  }

  static Cause of(FindingCode code) {
    return BY_CODE.get(code);
  }
}
