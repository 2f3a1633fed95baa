package workqueue.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.ledger.LedgerEntry.Delivery;
import workqueue.checker.ledger.Sighting;
import workqueue.checker.view.Connections;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.BrokerEvent.BrokerAlarm;
import workqueue.history.BrokerEvent.QueueDepth;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.EndpointsState;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.ClusterEvent.Kind;
import workqueue.history.ClusterEvent.KubernetesEvent;
import workqueue.history.ClusterEvent.NodeGone;
import workqueue.history.ClusterEvent.NodeState;
import workqueue.history.ClusterEvent.PodGone;
import workqueue.history.ClusterEvent.PodState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.HarnessEvent.Gap;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.StepEnd;
import workqueue.history.HarnessEvent.StepEnded;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.WireEvent;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.Held;
import workqueue.history.WireEvent.PublishingBlocked;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.Released;
import workqueue.history.WorkerEvent.LogComplete;
import workqueue.history.WorkerEvent.LogLine;

/** Puts the timeline of a history together. */
final class Drawing {
  /** More pods or items than these have no lane each: they are counted over time instead. */
  static final int MOST_LANES = 1_000;

  private static final String STEPS = "steps";
  private static final String STRUCK = "struck";
  private static final String PODS = "pods";
  private static final String ITEMS = "items";
  private static final String SERVICES = "services";
  private static final String NODES = "nodes";
  private static final String BROKER = "broker";
  private static final String WARNINGS = "warnings";
  private static final String REQUESTS = "requests";

  private final History history;
  private final Instant from;
  private final double end;
  private final Lanes lanes = new Lanes();
  private final List<Timeline.Chart> charts = new ArrayList<>();
  private final Map<Long, Recorded<?>> bySeq = new HashMap<>();
  private final Connections connections;
  private final Map<String, List<Recorded<ConnectionEnded>>> ended;
  private final Map<String, Map<String, Kind>> containers = new HashMap<>();
  private final boolean podLanes;

  private Drawing(History history) {
    this.history = history;
    this.from = history.events().get(0).at();
    this.end = history.events().stream().mapToDouble(each -> at(each.at())).max().orElse(0);
    this.connections = new Connections(history);
    history.events().forEach(each -> bySeq.put(each.seq(), each));
    this.ended =
        history.all(ConnectionEnded.class).stream()
            .collect(Collectors.groupingBy(each -> each.event().connection()));
    for (Recorded<ContainerState> each : history.all(ContainerState.class)) {
      containers
          .computeIfAbsent(each.event().pod().name(), any -> new LinkedHashMap<>())
          .put(each.event().container(), each.event().kind());
    }
    this.podLanes = pods().size() <= MOST_LANES;
    lanes.section(STEPS, "Documented steps");
    lanes.section(STRUCK, "Faults and holds");
    lanes.section(PODS, "Pods");
    lanes.section(ITEMS, "Items");
    lanes.section(SERVICES, "Endpoints");
    lanes.section(BROKER, "Broker");
    lanes.section(NODES, "Nodes");
    lanes.section(WARNINGS, "Kubernetes events");
    lanes.section(REQUESTS, "Requests to the API");
  }

  /** The timeline of a history; of an empty one it has nothing on it. */
  static Timeline of(History history) {
    if (history.isEmpty()) {
      return new Timeline(
          history.header().startedAt(), 0, List.of(), List.of(), List.of(), List.of());
    }
    return new Drawing(history).timeline();
  }

  private Timeline timeline() {
    steps();
    jobs();
    queues();
    podStates();
    containers();
    items();
    faults();
    holds();
    refusals();
    services();
    broker();
    nodes();
    kubernetesEvents();
    requests();
    logs();
    others();
    List<Timeline.Section> sections = lanes.drawn();
    List<Timeline.Point> points =
        history.events().stream()
            .map(
                each ->
                    new Timeline.Point(
                        each.seq(),
                        at(each.at()),
                        lanes.of(each.seq()).stream().distinct().toList()))
            .toList();
    return new Timeline(from, end, charts, sections, gaps(), points);
  }

  /** Milliseconds, to the tenth: finer than anything is told apart by. */
  private double at(Instant when) {
    return Math.max(0, Math.round(Duration.between(from, when).toNanos() / 100_000.0) / 10.0);
  }

  /** A step is recorded at its end; those of one walk follow each other. */
  private void steps() {
    for (Recorded<StepEnded> each : history.all(StepEnded.class)) {
      StepEnded step = each.event();
      String came =
          switch (step.end()) {
            case SHOWN -> "shown";
            case NOT_SHOWN -> "not-shown";
            case NOT_DONE -> "not-done";
            case NOT_RUN -> "not-run";
          };
      Lanes.Lane lane = lanes.lane(STEPS, "steps");
      String text =
          step.step()
              + ": "
              + came.replace('-', ' ')
              + (step.message().isEmpty() ? "" : ", " + step.message());
      double ended = at(each.at());
      lane.span(
          Math.max(0, ended - step.seconds() * 1_000), ended, "step-" + came, text, each.seq());
      if (step.end() == StepEnd.NOT_SHOWN || step.end() == StepEnd.NOT_DONE) {
        lane.mark(ended, "step-" + came, text, each.seq());
      }
    }
  }

  // --- what struck

  private void faults() {
    Map<String, List<Recorded<? extends Event>>> byFault = new LinkedHashMap<>();
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof FaultInjected fault) {
        byFault
            .computeIfAbsent(fault.kind() + " " + fault.target(), any -> new ArrayList<>())
            .add(each);
      } else if (each.event() instanceof FaultHealed fault) {
        byFault
            .computeIfAbsent(fault.kind() + " " + fault.target(), any -> new ArrayList<>())
            .add(each);
      }
    }
    byFault.forEach(this::fault);
  }

  private void fault(String name, List<Recorded<? extends Event>> told) {
    Lanes.Lane lane = lanes.lane(STRUCK, name);
    Recorded<?> began = null;
    for (Recorded<?> each : told) {
      if (each.event() instanceof FaultInjected fault) {
        began = began == null ? each : began;
        String text = fault.kind() + " " + fault.target() + ": " + fault.detail();
        lane.mark(at(each.at()), "fault", text, each.seq());
        if (lanes.has(PODS, fault.target())) {
          pod(fault.target(), each.seq(), "fault", text, at(each.at()));
        }
      } else if (each.event() instanceof FaultHealed fault) {
        lane.mark(
            at(each.at()),
            "healed",
            fault.kind() + " " + fault.target() + ": " + fault.detail(),
            each.seq());
      }
    }
    boolean healed = told.get(told.size() - 1).event() instanceof FaultHealed;
    if (began != null && told.size() > 1) {
      lane.span(
          at(began.at()),
          at(told.get(told.size() - 1).at()),
          "fault",
          healed ? name + ", until it was healed" : name + ", from the attempt to the strike",
          began.seq());
    }
  }

  private void holds() {
    Map<String, Recorded<Held>> open = new LinkedHashMap<>();
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof Held held) {
        open.putIfAbsent(
            held.connection(), new Recorded<>(each.seq(), each.at(), each.source(), held));
      } else if (each.event() instanceof Released released) {
        Recorded<Held> held = open.remove(released.connection());
        if (held != null) {
          held(held, at(each.at()));
        }
        hold(released.connection())
            .mark(at(each.at()), "released", "released: " + released.why(), each.seq());
      }
    }
    open.values().forEach(each -> held(each, end));
  }

  private void held(Recorded<Held> held, double until) {
    String pod = connections.podOf(held.event().connection());
    String text =
        "what "
            + (pod.isEmpty() ? "connection " + held.event().connection() : pod)
            + " and the broker send is held back "
            + held.event().why();
    Lanes.Lane lane = hold(held.event().connection());
    lane.span(at(held.at()), until, "held", text, held.seq());
    if (podLanes && !pod.isEmpty()) {
      lanes.lane(PODS, pod).thin(at(held.at()), until, "held", text, held.seq());
    }
  }

  private Lanes.Lane hold(String connection) {
    String pod = connections.podOf(connection);
    String name = "hold of " + (pod.isEmpty() ? connection : pod);
    return lanes.lane(STRUCK, "hold " + connection, name, "");
  }

  // --- numbers over time

  private void jobs() {
    grouped(history.all(JobState.class), each -> each.event().job().name())
        .forEach(
            (name, states) -> {
              Map<String, List<Timeline.Step>> numbers = new LinkedHashMap<>();
              for (Recorded<JobState> each : states) {
                JobState state = each.event();
                step(numbers, "active", each.at(), state.active(), each.seq());
                step(numbers, "succeeded", each.at(), state.succeeded(), each.seq());
                step(numbers, "failed", each.at(), state.failed(), each.seq());
              }
              JobState last = states.get(states.size() - 1).event();
              chart("Job " + name + outcome(last), "pods", numbers);
            });
  }

  private static String outcome(JobState last) {
    String wanted =
        last.spec().completions() == null
            ? ""
            : ": " + Counted.of(last.spec().completions(), "completion") + " wanted";
    if (last.complete()) {
      return wanted + ", Complete at the end";
    }
    return wanted + (last.failedForGood() ? ", Failed at the end" : ", not over at the end");
  }

  private void queues() {
    grouped(history.all(QueueDepth.class), each -> each.event().queue())
        .forEach(
            (queue, depths) -> {
              depths.sort(Comparator.comparing(each -> each.event().sampledAt()));
              Map<String, List<Timeline.Step>> numbers = new LinkedHashMap<>();
              for (Recorded<QueueDepth> each : depths) {
                QueueDepth depth = each.event();
                step(numbers, "ready", depth.sampledAt(), depth.ready(), each.seq());
                step(numbers, "unacked", depth.sampledAt(), depth.unacked(), each.seq());
                step(numbers, "consumers", depth.sampledAt(), depth.consumers(), each.seq());
              }
              chart("Queue " + queue, "messages", numbers);
            });
  }

  /** In the order in which each was first seen. */
  private static <E> Map<String, List<E>> grouped(List<E> all, Function<E, String> name) {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                name, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
  }

  /** A value that was not told, or that is as it was, is no step. */
  private void step(
      Map<String, List<Timeline.Step>> numbers,
      String name,
      Instant when,
      Integer value,
      long seq) {
    List<Timeline.Step> steps = numbers.computeIfAbsent(name, any -> new ArrayList<>());
    if (value != null && (steps.isEmpty() || steps.get(steps.size() - 1).value() != value)) {
      steps.add(new Timeline.Step(at(when), value, seq));
    }
  }

  // --- pods

  private Set<String> pods() {
    return history.all(PodState.class).stream()
        .map(each -> each.event().pod().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void pod(String name, long seq, String kind, String text, double at) {
    if (podLanes && !name.isEmpty()) {
      lanes.lane(PODS, name).mark(at, kind, text, seq);
    }
  }

  private void podStates() {
    if (!podLanes) {
      countPods();
      return;
    }
    Map<String, List<Recorded<?>>> byPod = new LinkedHashMap<>();
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof PodState state) {
        byPod.computeIfAbsent(state.pod().name(), any -> new ArrayList<>()).add(each);
      } else if (each.event() instanceof PodGone gone) {
        byPod.computeIfAbsent(gone.pod().name(), any -> new ArrayList<>()).add(each);
      }
    }
    byPod.forEach(
        (name, states) -> {
          Lanes.Lane lane = lanes.lane(PODS, name);
          containers.getOrDefault(name, Map.of()).keySet().forEach(each -> container(name, each));
          Stretch stretch = new Stretch(lane, true);
          for (Recorded<?> each : states) {
            if (each.event() instanceof PodState state) {
              stretch.goesOn(each, phase(state), said(state));
            } else {
              stretch.ends(each);
              lane.mark(at(each.at()), "gone", "the pod's object is gone", each.seq());
            }
          }
          stretch.ends(end);
        });
  }

  private static String phase(PodState state) {
    return state.deletionAt() != null && !state.over() ? "terminating" : word(state.phase());
  }

  private static String said(PodState state) {
    return "pod "
        + state.pod().name()
        + ": "
        + state.phase()
        + (state.deletionAt() == null ? "" : ", being deleted")
        + (state.reason().isEmpty() ? "" : ", " + state.reason())
        + (state.node().isEmpty() ? ", on no node yet" : ", on " + state.node());
  }

  private void countPods() {
    lanes.note(
        PODS,
        "%,d pods are too many for a lane each: how many were in which phase is shown above."
            .formatted(pods().size()));
    Map<String, List<Timeline.Step>> counts = new LinkedHashMap<>();
    Map<String, Integer> now = new HashMap<>();
    Map<String, String> phases = new HashMap<>();
    for (Recorded<PodState> each : history.all(PodState.class)) {
      String phase = word(each.event().phase());
      String before = phases.put(each.event().pod().uid(), phase);
      if (before != null) {
        now.merge(before, -1, Integer::sum);
      }
      now.merge(phase, 1, Integer::sum);
      List.of("pending", "running", "succeeded", "failed")
          .forEach(name -> step(counts, name, each.at(), now.getOrDefault(name, 0), each.seq()));
    }
    chart("Pods", "pods", counts);
  }

  private void chart(String title, String unit, Map<String, List<Timeline.Step>> counts) {
    charts.add(
        new Timeline.Chart(
            title,
            unit,
            counts.entrySet().stream()
                .map(each -> new Timeline.Series(each.getKey(), each.getValue()))
                .toList()));
  }

  private void containers() {
    if (!podLanes) {
      return;
    }
    Map<String, Stretch> open = new LinkedHashMap<>();
    for (Recorded<ContainerState> each : history.all(ContainerState.class)) {
      ContainerState state = each.event();
      Lanes.Lane lane = container(state.pod().name(), state.container());
      boolean changed =
          open.computeIfAbsent(
                  state.pod().name() + "/" + state.container(), any -> new Stretch(lane, false))
              .goesOn(each, "container-" + word(state.state().name()) + ending(state), said(state));
      if (changed && state.state() == Running.TERMINATED) {
        lane.mark(
            at(each.at()),
            Integer.valueOf(0).equals(state.exitCode()) ? "exit-0" : "exit",
            said(state),
            each.seq());
      }
    }
    open.values().forEach(each -> each.ends(end));
  }

  /** The lane of a container: that of its pod, unless the pod has several. */
  private Lanes.Lane container(String pod, String container) {
    Map<String, Kind> all = containers.get(pod);
    return all.size() == 1
        ? lanes.lane(PODS, pod)
        : lanes.lane(PODS, pod + "/" + container, "  " + container, kind(all.get(container)));
  }

  private static String kind(Kind kind) {
    return switch (kind) {
      case ORDINARY -> "";
      case INIT -> "init container";
      case SIDECAR -> "sidecar";
    };
  }

  private static String ending(ContainerState state) {
    if (state.state() != Running.TERMINATED) {
      return "";
    }
    return Integer.valueOf(0).equals(state.exitCode()) ? "-0" : "-failed";
  }

  private static String said(ContainerState state) {
    String attempt = state.restartCount() == 0 ? "" : ", restart " + state.restartCount();
    String what =
        switch (state.state()) {
          case WAITING -> "waits" + (state.reason().isEmpty() ? "" : ": " + state.reason());
          case RUNNING -> "runs";
          case TERMINATED ->
              "exit "
                  + (state.exitCode() == null ? "unknown" : state.exitCode())
                  + (state.reason().isEmpty() ? "" : " (" + state.reason() + ")");
        };
    return "container "
        + state.container()
        + " of "
        + state.pod().name()
        + ": "
        + what
        + attempt
        + (state.message().isEmpty() ? "" : ", " + state.message());
  }

  // --- items

  private void items() {
    Ledger ledger = Ledger.of(history);
    boolean itemLanes = ledger.entries().size() <= MOST_LANES;
    if (!itemLanes) {
      countItems(ledger);
    }
    for (LedgerEntry entry : ledger.entries()) {
      if (itemLanes) {
        item(entry);
      }
      for (Delivery delivery : entry.deliveries()) {
        handed(entry, delivery);
      }
      for (LedgerEntry.Work work : entry.work()) {
        pod(
            work.pod(),
            work.seq(),
            "worked",
            "works on " + name(entry),
            seenAt(bySeq.get(work.seq())));
      }
    }
  }

  /** What a delivery did, on the lane of the pod that it went to. */
  private void handed(LedgerEntry entry, Delivery delivery) {
    String name = name(entry);
    pod(
        delivery.pod(),
        delivery.seq(),
        ahead(delivery) ? "pushed" : "delivered",
        "is given "
            + name
            + (delivery.redelivered() ? ", which was delivered before" : "")
            + (ahead(delivery) ? "; pushed ahead, and not touched" : ""),
        at(delivery.seq()));
    if (delivery.ackSeq() > 0) {
      pod(delivery.pod(), delivery.ackSeq(), "acked", "acks " + name, at(delivery.ackSeq()));
    }
    if (delivery.returnedSeq() > 0) {
      pod(
          delivery.pod(),
          delivery.returnedSeq(),
          "returned",
          name + " goes back to the queue",
          at(delivery.returnedSeq()));
    }
  }

  private void item(LedgerEntry entry) {
    Lanes.Lane lane =
        lanes.lane(ITEMS, Integer.toString(entry.item()), entry.payload().preview(), "");
    double since = at(entry.publishedSeq());
    long sinceSeq = entry.publishedSeq();
    lane.mark(
        since,
        "published",
        name(entry)
            + " is published to "
            + entry.queue()
            + (entry.confirmed() ? "" : ", not confirmed"),
        entry.publishedSeq());
    boolean over = false;
    for (Delivery delivery : entry.deliveries()) {
      double given = at(delivery.seq());
      String to = delivery.pod().isEmpty() ? "a client" : delivery.pod();
      lane.mark(
          given,
          ahead(delivery) ? "pushed" : "delivered",
          name(entry)
              + " is delivered to "
              + to
              + (delivery.redelivered() ? ", not for the first time" : "")
              + (ahead(delivery) ? "; pushed ahead, and not touched" : ""),
          delivery.seq());
      if (ahead(delivery)) {
        continue;
      }
      if (!over) {
        lane.span(since, given, "ready", name(entry) + " is in the queue", sinceSeq);
      }
      double settled = settled(delivery);
      lane.span(given, settled, "unacked", to + " holds " + name(entry), delivery.seq());
      if (delivery.ackSeq() > 0) {
        lane.mark(settled, "acked", name(entry) + " is acked by " + to, delivery.ackSeq());
        over = true;
      } else if (!delivery.acks()) {
        over = true;
      } else if (delivery.returnedSeq() > 0) {
        lane.mark(
            settled, "returned", name(entry) + " goes back to the queue", delivery.returnedSeq());
      }
      since = settled;
      sinceSeq = over && delivery.ackSeq() > 0 ? delivery.ackSeq() : delivery.seq();
    }
    for (LedgerEntry.Work work : entry.work()) {
      lane.mark(
          seenAt(bySeq.get(work.seq())),
          "worked",
          work + " shows that it works on " + name(entry),
          work.seq());
    }
    if (over) {
      lane.span(since, end, "acked", name(entry) + " is off the queue", sinceSeq);
    } else {
      unacked(entry, lane, since, sinceSeq);
    }
  }

  /** What is known of the rest of an item's time where no ack was seen. */
  private void unacked(LedgerEntry entry, Lanes.Lane lane, double since, long sinceSeq) {
    String name = name(entry);
    if (entry.leftOver().holds()) {
      lane.span(since, end, "left", name + " is left in the queue", sinceSeq);
    } else if (entry.leftOver() == Sighting.UNKNOWN) {
      lane.span(since, end, "unseen", name + " is not seen to leave the queue", sinceSeq);
    } else if (entry.work().isEmpty()) {
      lane.span(
          since, end, "lost", name + " is gone from the queue, and no pod worked on it", sinceSeq);
    } else {
      long first = entry.work().get(0).seq();
      double taken = Math.max(since, seenAt(bySeq.get(first)));
      lane.span(since, taken, "ready", name + " is in the queue", sinceSeq);
      lane.span(
          taken, end, "off", name + " was worked on, and is not in the queue in the end", first);
    }
  }

  /** Whether it was pushed to a client that was about to close, which happens to every worker. */
  private boolean ahead(Delivery delivery) {
    return delivery.acks()
        && delivery.ackSeq() == 0
        && delivery.returnedSeq() == 0
        && settled(delivery) < end;
  }

  private double settled(Delivery delivery) {
    if (delivery.ackSeq() > 0) {
      return at(delivery.ackSeq());
    }
    if (delivery.returnedSeq() > 0) {
      return at(delivery.returnedSeq());
    }
    if (!delivery.acks()) {
      return at(delivery.seq());
    }
    Recorded<?> given = bySeq.get(delivery.seq());
    String connection = given.event() instanceof WireEvent wire ? wire.connection() : "";
    return ended.getOrDefault(connection, List.of()).stream()
        .filter(each -> each.seq() > delivery.seq())
        .findFirst()
        .map(each -> at(each.at()))
        .orElse(end);
  }

  private void countItems(Ledger ledger) {
    lanes.note(
        ITEMS,
        "%,d items are too many for a lane each: how many were published, delivered and acked is shown above."
            .formatted(ledger.entries().size()));
    Map<String, List<Timeline.Step>> counts = new LinkedHashMap<>();
    counts.put(
        "published", counted(ledger.entries().stream().map(LedgerEntry::publishedSeq).toList()));
    counts.put(
        "delivered",
        counted(
            ledger.entries().stream()
                .flatMap(each -> each.deliveries().stream())
                .map(Delivery::seq)
                .toList()));
    counts.put(
        "acked",
        counted(
            ledger.entries().stream()
                .flatMap(each -> each.deliveries().stream())
                .map(Delivery::ackSeq)
                .filter(each -> each > 0)
                .toList()));
    chart("Items", "items", counts);
  }

  private List<Timeline.Step> counted(List<Long> seqs) {
    List<Timeline.Step> steps = new ArrayList<>();
    int count = 0;
    for (long seq : seqs.stream().sorted().toList()) {
      steps.add(new Timeline.Step(at(seq), ++count, seq));
    }
    return steps;
  }

  private static String name(LedgerEntry entry) {
    return "item " + entry.item() + " \"" + entry.payload().preview() + "\"";
  }

  private double at(long seq) {
    return at(bySeq.get(seq).at());
  }

  /** A line of a log happened when the container runtime got it, not when it was read. */
  private double seenAt(Recorded<?> recorded) {
    return recorded.event() instanceof LogLine line && line.loggedAt() != null
        ? at(line.loggedAt())
        : at(recorded.at());
  }

  private void refusals() {
    for (Recorded<RefusedByBroker> each : history.all(RefusedByBroker.class)) {
      RefusedByBroker refused = each.event();
      String text = "the broker refuses: " + refused.code() + " " + refused.text();
      String pod = connections.podOf(refused.connection());
      if (podLanes && !pod.isEmpty()) {
        pod(pod, each.seq(), "refused", text, at(each.at()));
      } else {
        lanes.lane(BROKER, "refusals").mark(at(each.at()), "refused", text, each.seq());
      }
    }
  }

  // --- what is around them

  private void services() {
    Map<String, Stretch> open = new LinkedHashMap<>();
    for (Recorded<EndpointsState> each : history.all(EndpointsState.class)) {
      EndpointsState state = each.event();
      Lanes.Lane lane = lanes.lane(SERVICES, state.service());
      open.computeIfAbsent(state.service(), any -> new Stretch(lane, false))
          .goesOn(
              each,
              state.exists() && !state.ready().isEmpty() ? "endpoints" : "no-endpoints",
              state.service()
                  + ": "
                  + (!state.exists()
                      ? "no such Service"
                      : state.ready().isEmpty()
                          ? "no address is ready"
                          : "ready " + String.join(", ", state.ready())));
    }
    open.values().forEach(each -> each.ends(end));
  }

  private void broker() {
    Map<String, Stretch> open = new LinkedHashMap<>();
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof BrokerAlarm alarm) {
        String name = word(alarm.alarm().name()).replace('_', ' ') + " alarm";
        changes(open, name, each, alarm.raised(), name + " " + alarm.detail());
      } else if (each.event() instanceof PublishingBlocked blocked) {
        changes(
            open,
            "publishing blocked",
            each,
            blocked.blocked(),
            "the broker takes no messages: " + blocked.why());
      } else if (each.event() instanceof Probe probe) {
        lanes
            .lane(BROKER, word(probe.tried().name()).replace('_', ' ') + " " + probe.target())
            .mark(
                at(each.at()),
                probe.outcome() == Outcome.OK ? "probe-ok" : "probe-failed",
                probe.target()
                    + ": "
                    + word(probe.outcome().name()).replace('_', ' ')
                    + (probe.detail().isEmpty() ? "" : ", " + probe.detail()),
                each.seq());
      }
    }
    open.values().forEach(each -> each.ends(end));
  }

  private void changes(
      Map<String, Stretch> open, String name, Recorded<?> by, boolean on, String text) {
    Lanes.Lane lane = lanes.lane(BROKER, name);
    Stretch stretch = open.computeIfAbsent(name, any -> new Stretch(lane, false));
    if (on) {
      stretch.goesOn(by, "alarm", text);
    } else {
      stretch.ends(by);
    }
  }

  private void nodes() {
    Map<String, Stretch> open = new LinkedHashMap<>();
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof NodeState state) {
        Lanes.Lane lane = lanes.lane(NODES, state.node());
        open.computeIfAbsent(state.node(), any -> new Stretch(lane, false))
            .goesOn(
                each,
                !state.ready() ? "not-ready" : state.unschedulable() ? "cordoned" : "node-ready",
                "node "
                    + state.node()
                    + ": "
                    + (state.ready() ? "Ready" : "not Ready")
                    + (state.unschedulable() ? ", takes no new pods" : "")
                    + (state.taints().isEmpty()
                        ? ""
                        : ", taints " + String.join(", ", state.taints())));
      } else if (each.event() instanceof NodeGone gone && open.containsKey(gone.node())) {
        open.get(gone.node()).ends(each);
        lanes
            .lane(NODES, gone.node())
            .mark(at(each.at()), "gone", "the node's object is gone", each.seq());
      }
    }
    open.values().forEach(each -> each.ends(end));
  }

  private void kubernetesEvents() {
    for (Recorded<KubernetesEvent> each : history.all(KubernetesEvent.class)) {
      KubernetesEvent event = each.event();
      String text = event.reason() + ": " + event.message();
      boolean warning = event.type().equals("Warning");
      boolean ofPod = podLanes && event.kind().equals("Pod") && lanes.has(PODS, event.name());
      if (ofPod && warning) {
        pod(event.name(), each.seq(), "warning", text, at(each.at()));
      } else if (ofPod) {
        lanes.lane(PODS, event.name()).holds(each.seq());
      } else {
        lanes
            .lane(WARNINGS, event.kind() + " " + event.name())
            .mark(at(each.at()), warning ? "warning" : "event", text, each.seq());
      }
    }
  }

  /** A guest's requests: those that could change something apart from those that only look. */
  private void requests() {
    for (Recorded<RequestMade> each : history.all(RequestMade.class)) {
      RequestMade request = each.event();
      boolean answered = request.code() != null && request.code() < 300;
      lanes
          .lane(REQUESTS, request.method() + (request.dryRun() ? ", dry run" : ""))
          .mark(
              at(each.at()),
              answered ? "request" : "request-failed",
              request.method()
                  + " "
                  + request.path()
                  + ": "
                  + (request.code() == null ? request.trouble() : request.code())
                  + " after "
                  + request.millis()
                  + " ms",
              each.seq());
    }
  }

  private void logs() {
    for (Recorded<LogLine> each : history.all(LogLine.class)) {
      onPod(each.event().pod().name(), each.seq());
    }
    for (Recorded<LogComplete> each : history.all(LogComplete.class)) {
      onPod(each.event().pod().name(), each.seq());
    }
  }

  private void others() {
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof WireEvent wire) {
        onPod(connections.podOf(wire.connection()), each.seq());
      }
    }
  }

  private void onPod(String pod, long seq) {
    if (podLanes && lanes.has(PODS, pod)) {
      lanes.lane(PODS, pod).holds(seq);
    }
  }

  private List<Timeline.Gap> gaps() {
    return history.all(Gap.class).stream()
        .map(
            each ->
                new Timeline.Gap(
                    at(each.event().from()),
                    at(each.event().to()),
                    each.event().lost().word(),
                    each.event().why(),
                    each.seq()))
        .toList();
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A state of a lane that lasts until another takes its place. */
  private final class Stretch {
    private final Lanes.Lane lane;
    private final boolean thin;
    private Recorded<?> began;
    private String state;
    private String text;

    private Stretch(Lanes.Lane lane, boolean thin) {
      this.lane = lane;
      this.thin = thin;
    }

    /** Whether it is another state than before. */
    boolean goesOn(Recorded<?> by, String next, String said) {
      if (began != null && next.equals(state) && said.equals(text)) {
        lane.holds(by.seq());
        return false;
      }
      ends(by);
      began = by;
      state = next;
      text = said;
      return true;
    }

    void ends(Recorded<?> by) {
      lane.holds(by.seq());
      ends(at(by.at()));
    }

    void ends(double until) {
      if (began != null) {
        if (thin) {
          lane.thin(at(began.at()), until, state, text, began.seq());
        } else {
          lane.span(at(began.at()), until, state, text, began.seq());
        }
      }
      began = null;
    }
  }
}
