package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;

class TranslationsTest {
  /** As conntrack 1.4.7 prints it: by a Service, straight, unanswered, not translated. */
  private static final String TABLE =
      """
      tcp      6 86399 ESTABLISHED src=10.42.0.5 dst=10.43.9.1 sport=40000 dport=5672 src=172.18.0.1 dst=172.18.0.3 sport=35123 dport=61234 [ASSURED] mark=0 use=1
      tcp      6 114 TIME_WAIT src=10.42.0.6 dst=172.18.0.1 sport=40000 dport=35123 src=172.18.0.1 dst=172.18.0.3 sport=35123 dport=40000 [ASSURED] mark=0 use=1
      tcp      6 110 SYN_SENT src=10.42.0.7 dst=172.18.0.1 sport=5 dport=35123 [UNREPLIED] src=172.18.0.1 dst=172.18.0.3 sport=35123 dport=6 mark=0 use=1
      tcp      6 86399 ESTABLISHED src=172.18.0.3 dst=172.18.0.1 sport=50000 dport=35123 src=172.18.0.1 dst=172.18.0.3 sport=35123 dport=50000 [ASSURED] mark=0 use=1
      tcp      6 86399 ESTABLISHED src=10.42.0.8 dst=172.18.0.2 sport=7 dport=5000 src=172.18.0.2 dst=172.18.0.3 sport=5000 dport=61234 [ASSURED] mark=0 use=1
      """;

  private static final String NODE = "172.18.0.3";

  private final Translations table = new Translations(() -> TABLE);

  @Test
  void findsThePodWhicheverWayItsConnectionTook() {
    assertThat(table.podBehind(NODE, 61234, 35123)).contains("10.42.0.5");
    assertThat(table.podBehind(NODE, 40000, 35123)).contains("10.42.0.6");
    assertThat(table.podBehind(NODE, 6, 35123)).contains("10.42.0.7");
  }

  @Test
  void tellsConnectionsToOtherPortsApart() {
    assertThat(table.podBehind(NODE, 61234, 5000)).contains("10.42.0.8");
    assertThat(table.podBehind(NODE, 61234, 5001)).isEmpty();
  }

  @Test
  void theNodeItselfAndStrangersAreNoPods() {
    assertThat(table.podBehind(NODE, 50000, 35123)).isEmpty();
    assertThat(table.podBehind("172.18.0.4", 61234, 35123)).isEmpty();
  }

  @Test
  void neverBelievesATableOlderThanTheQuestion() {
    AtomicInteger listed = new AtomicInteger();
    Translations changing =
        new Translations(() -> TABLE.replace("10.42.0.5", "10.42.1." + listed.incrementAndGet()));

    assertThat(changing.podBehind(NODE, 61234, 35123)).contains("10.42.1.1");
    assertThat(changing.podBehind(NODE, 61234, 35123)).contains("10.42.1.2");
  }

  @Test
  void listsOnceForAllWhoAskMeanwhile() {
    AtomicInteger listed = new AtomicInteger();
    CompletableFuture<String> first = new CompletableFuture<>();
    Translations slow =
        new Translations(() -> listed.incrementAndGet() == 1 ? first.join() : TABLE);
    List<Thread> asking =
        Stream.generate(() -> new Thread(() -> slow.podBehind(NODE, 1, 2))).limit(8).toList();
    asking.forEach(Thread::start);
    Patience patience = new Patience(1, Progress.NONE);
    Duration limit = Duration.ofSeconds(10);
    patience.await("all but one to wait", limit, () -> count(asking, Thread.State.BLOCKED, 7));
    first.complete(TABLE);
    patience.await("all answers", limit, () -> count(asking, Thread.State.TERMINATED, 8));

    assertThat(listed).hasValue(2);
  }

  private static Sight<Boolean> count(List<Thread> threads, Thread.State state, int wanted) {
    long now = threads.stream().filter(each -> each.getState() == state).count();
    return now == wanted ? Sight.found(true) : Sight.notYet(now + " are " + state);
  }
}
