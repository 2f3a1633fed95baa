package workqueue.fault;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import workqueue.broker.Broker;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.Cluster;
import workqueue.cluster.ScenarioNamespace;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Header;
import workqueue.history.Recorder;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.wire.WireTap;

/** A place without cluster and broker, of which only the record is of interest. */
final class RecordedSite implements Site {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final Recorder recorder = new Recorder(Clock.fixed(NOON, ZoneOffset.UTC));
  private final List<AutoCloseable> closing = new ArrayList<>();

  /** What was recorded, an event a line. */
  String told() {
    return recorder.history(new Header("test", NOON, null, null, null)).events().stream()
        .map(each -> each.source().word() + " " + words(each.event()))
        .collect(Collectors.joining("\n"));
  }

  private static String words(Object event) {
    if (event instanceof FaultInjected fault) {
      return "injected %s on %s: %s".formatted(fault.kind(), fault.target(), fault.detail());
    }
    FaultHealed fault = (FaultHealed) event;
    return "healed %s on %s: %s".formatted(fault.kind(), fault.target(), fault.detail());
  }

  /** Ends the scenario. */
  void close() throws Exception {
    for (AutoCloseable each : closing) {
      each.close();
    }
  }

  @Override
  public Cluster cluster() {
    throw new UnsupportedOperationException("there is no cluster");
  }

  @Override
  public boolean hasOwnCluster() {
    return false;
  }

  @Override
  public ScenarioNamespace namespace() {
    throw new UnsupportedOperationException("there is no namespace");
  }

  @Override
  public Broker broker() {
    throw new UnsupportedOperationException("there is no broker");
  }

  @Override
  public Optional<ContainerBroker> ownBroker() {
    return Optional.empty();
  }

  @Override
  public WireTap tap() {
    throw new UnsupportedOperationException("there is no tap");
  }

  @Override
  public Recorder recorder() {
    return recorder;
  }

  @Override
  public Patience patience() {
    return new Patience(1, Progress.NONE);
  }

  @Override
  public void closesLater(AutoCloseable resource) {
    closing.add(resource);
  }
}
