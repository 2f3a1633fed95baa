package workqueue.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.Rule;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.ClusterEvent.Running;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.history.Termination;
import workqueue.history.WireEvent.Acked;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.Delivered;
import workqueue.history.WireEvent.QueueDeclared;
import workqueue.history.WireEvent.Rejected;
import workqueue.history.WireEvent.SessionOpened;

/** How a worker behaves in the trial of a rule, whether that breaks the rule or not. */
public final class Behaviour {
  private static final Pattern SECONDS = Pattern.compile("within ([0-9]+) s");

  private final History history;
  private final Map<String, String> traits = new LinkedHashMap<>();

  private Behaviour(History history) {
    this.history = history;
  }

  /**
   * What the record of the rule's trial shows, by what it is about; empty where nothing was seen.
   */
  public static Map<String, String> of(Rule rule, History history) {
    Behaviour seen = new Behaviour(history);
    switch (rule) {
      case PROCESSES_EXACTLY_ONCE -> seen.onTheWire();
      case WAITS_ON_EMPTY_QUEUE, ENDS_ON_EMPTY_QUEUE -> seen.ends("on an empty queue");
      case FAILS_ON_MISSING_QUEUE -> seen.ends("on a missing queue");
      case FAILS_ON_WRONG_PASSWORD -> seen.ends("on a refused login");
      case FAILURE_IS_NOT_SUCCESS -> {
        seen.ends("on an item that it cannot work on");
        seen.givesBack();
      }
      case STOPS_IN_GRACE -> seen.afterFault("on SIGTERM", "delete-pod");
      case SURVIVES_BROKER_RESTART -> seen.onALostConnection();
      default -> {}
    }
    seen.tell("asks for, in work-queue.yaml", new LinkedHashSet<>(Suggestion.of(history)));
    return Collections.unmodifiableMap(seen.traits);
  }

  /** Whether it is more than that something took a little longer, or shorter. */
  public static boolean differs(String before, String now) {
    if (!SECONDS.matcher(before).replaceAll("").equals(SECONDS.matcher(now).replaceAll(""))) {
      return true;
    }
    Matcher was = SECONDS.matcher(before);
    Matcher is = SECONDS.matcher(now);
    boolean differs = false;
    while (was.find() && is.find()) {
      int seconds = Integer.parseInt(was.group(1));
      differs |= Math.abs(Integer.parseInt(is.group(1)) - seconds) > 1 + seconds / 2;
    }
    return differs;
  }

  private void onTheWire() {
    tell("client", each(SessionOpened.class, SessionOpened::client));
    tell(
        "heartbeat",
        each(
            SessionOpened.class,
            opened -> opened.heartbeat() == 0 ? "none" : opened.heartbeat() + " s"));
    Set<String> taking =
        each(
            ConsumerStarted.class,
            consumer ->
                "as a consumer with "
                    + (consumer.prefetch() == 0
                        ? "no limit"
                        : "a prefetch of " + consumer.prefetch())
                    + (consumer.acks() ? "" : ", without acks"));
    if (taking.isEmpty()) {
      taking =
          each(
              Delivered.class,
              delivered -> "by basic.get" + (delivered.acks() ? "" : ", without acks"));
    }
    tell("takes items", taking);
    tell("acks", each(Acked.class, ack -> ack.multiple() ? "several at once" : "one by one"));
    Set<String> declares =
        each(
            QueueDeclared.class,
            declared ->
                declared.passive()
                    ? "looks whether it is there"
                    : "declares it " + (declared.durable() ? "durable" : "not durable"));
    boolean seen = !history.all(ConnectionOpened.class).isEmpty();
    tell("its queue", declares.isEmpty() && seen ? Set.of("uses it as it is") : declares);
    long runs = begun();
    long connections = history.all(ConnectionOpened.class).size();
    if (runs > 0 && connections > 0) {
      tell("connections a run", Set.of(String.valueOf(Math.round((double) connections / runs))));
    }
    tell("exit codes", codes(code -> true));
  }

  /** By its exit codes; it waits where a run lasts. */
  private void ends(String what) {
    Set<String> exits = exits(code -> true);
    tell(what, exits.isEmpty() && runs() ? Set.of("waits") : exits);
  }

  private void givesBack() {
    Set<String> rejected =
        each(Rejected.class, one -> one.requeue() ? "gives it back" : "rejects it for good");
    boolean acked = !history.all(Acked.class).isEmpty();
    if (rejected.isEmpty() && !history.all(Delivered.class).isEmpty()) {
      rejected = Set.of(acked ? "acks it" : "neither acks nor rejects it");
    }
    tell("with that item", rejected);
  }

  private void afterFault(String what, String fault) {
    Optional<Instant> struck =
        history.all(FaultInjected.class).stream()
            .filter(each -> each.event().kind().equals(fault))
            .map(Recorded::at)
            .findFirst();
    if (struck.isEmpty()) {
      return;
    }
    history.all(ContainerState.class).stream()
        .filter(each -> each.at().isAfter(struck.get()) && each.event().exitCode() != null)
        .findFirst()
        .ifPresent(
            end ->
                tell(
                    what,
                    Set.of(
                        "exits "
                            + end.event().exitCode()
                            + " within "
                            + (Duration.between(struck.get(), end.at()).toSeconds() + 1)
                            + " s")));
  }

  private void onALostConnection() {
    Set<String> exits = exits(code -> code != 0);
    tell("on a lost connection", exits.isEmpty() && begun() > 0 ? Set.of("connects again") : exits);
  }

  private void tell(String what, Set<String> shown) {
    String all = shown.stream().filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
    if (!all.isEmpty()) {
      traits.put(what, all);
    }
  }

  private <T extends Event> Set<String> each(Class<T> type, Function<T, String> shown) {
    return history.all(type).stream()
        .map(one -> shown.apply(one.event()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> exits(Predicate<Integer> which) {
    return codes(which).stream()
        .map(code -> "exits " + code)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<String> codes(Predicate<Integer> which) {
    return history.all(ContainerState.class).stream()
        .map(Recorded::event)
        .flatMap(
            state ->
                Stream.of(
                    Optional.ofNullable(state.exitCode()),
                    Optional.ofNullable(state.last()).map(Termination::exitCode)))
        .flatMap(Optional::stream)
        .filter(which)
        .map(String::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean runs() {
    return history.all(ContainerState.class).stream()
        .anyMatch(each -> each.event().state() == Running.RUNNING);
  }

  /** How many runs of containers were seen to begin. */
  private long begun() {
    return history.all(ContainerState.class, each -> each.startedAt() != null).stream()
        .map(each -> each.event().pod().name() + each.event().startedAt())
        .distinct()
        .count();
  }
}
