package workqueue.wire;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import workqueue.broker.ContainerBroker;
import workqueue.cluster.RunLock;
import workqueue.configuration.BrokerUrl;
import workqueue.configuration.ChosenImages;
import workqueue.history.Recorder;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;

/**
 * What the tap costs, beside a direct connection to the same broker: {@code mvn -Pbenchmark}.
 *
 * <p>Client and tap share a JVM, and all share the machine with the broker, so the tap's work is
 * taken from theirs: pods on machines of their own lose less.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class WireTapBenchmark {
  private static final int BATCH = 200;
  private static final int PREFETCH = 100;
  private static final int PATIENCE_SECONDS = 30;
  private static final String DIRECT = "direct";
  private static final String TAPPED = "tapped";
  private static final String ADDRESS = "wire.benchmark.port";

  /** How the client reaches the broker. */
  @Param({DIRECT, TAPPED})
  public String way;

  /** The size of a body in bytes. */
  @Param({"1024", "65536"})
  public int bytes;

  private final Semaphore arrived = new Semaphore(0);
  private byte[] body;
  private WireTap tap;
  private Connection connection;
  private Channel publishing;
  private String queue;

  /** A new tap each time, for a record of all iterations would fill the memory. */
  @Setup(Level.Iteration)
  public void connect() throws IOException, TimeoutException {
    InetSocketAddress broker = new InetSocketAddress("localhost", Integer.getInteger(ADDRESS));
    tap = WireTap.open(() -> broker, new Recorder(Clock.systemUTC()));
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("localhost");
    factory.setPort(way.equals(TAPPED) ? tap.port() : broker.getPort());
    connection = factory.newConnection();
    publishing = connection.createChannel();
    queue = publishing.queueDeclare().getQueue();
    body = new byte[bytes];
    Channel consuming = connection.createChannel();
    consuming.basicQos(PREFETCH);
    DeliverCallback take =
        (consumer, delivery) -> {
          consuming.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
          arrived.release();
        };
    consuming.basicConsume(queue, false, take, consumer -> {});
  }

  @TearDown(Level.Iteration)
  public void disconnect() throws IOException {
    connection.close();
    tap.close();
    arrived.drainPermits();
  }

  /** Messages that are published, delivered and acked, many under way at once. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @OperationsPerInvocation(BATCH)
  public void throughput() throws IOException, InterruptedException {
    for (int i = 0; i < BATCH; i++) {
      publishing.basicPublish("", queue, null, body);
    }
    await(BATCH);
  }

  /** One message from publishing to its consumer, through the tap twice. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public void latency() throws IOException, InterruptedException {
    publishing.basicPublish("", queue, null, body);
    await(1);
  }

  private void await(int messages) throws InterruptedException {
    if (!arrived.tryAcquire(messages, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The broker did not deliver what was published.");
    }
  }

  /** Starts a broker, measures both ways, and prints what the tap takes. */
  public static void main(String[] arguments) throws RunnerException {
    Patience patience = new Patience(1, Progress.NONE);
    String image = ChosenImages.get().broker();
    try (RunLock lock = RunLock.take(RunLock.usualFolder(), "wq-benchmark-" + System.nanoTime());
        ContainerBroker broker =
            new ContainerBroker(image, Optional.empty(), lock, patience).start()) {
      BrokerUrl url = broker.address("/");
      Options options =
          new OptionsBuilder()
              .include(WireTapBenchmark.class.getName())
              .jvmArgsPrepend("-D" + ADDRESS + "=" + url.port())
              .build();
      Collection<RunResult> results = new Runner(options).run();
      for (String bytes : new String[] {"1024", "65536"}) {
        print(results, bytes);
      }
    }
  }

  private static void print(Collection<RunResult> results, String bytes) {
    double direct = throughput(results, DIRECT, bytes);
    double tapped = throughput(results, TAPPED, bytes);
    System.out.printf(
        Locale.ROOT,
        "%s bytes: throughput %.0f of %.0f messages/s = %.0f %% of direct (target 80 %%)%n",
        bytes,
        tapped,
        direct,
        100 * tapped / direct);
    double directMedian = median(results, DIRECT, bytes);
    double tappedMedian = median(results, TAPPED, bytes);
    System.out.printf(
        Locale.ROOT,
        "%s bytes: median %.0f µs, direct %.0f µs = %.2f ms added (target 1 ms), ratio %.2f%n",
        bytes,
        tappedMedian,
        directMedian,
        (tappedMedian - directMedian) / 1000,
        tappedMedian / directMedian);
  }

  private static double throughput(Collection<RunResult> results, String way, String bytes) {
    return find(results, "throughput", way, bytes).getPrimaryResult().getScore();
  }

  private static double median(Collection<RunResult> results, String way, String bytes) {
    return find(results, "latency", way, bytes)
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(50);
  }

  private static RunResult find(
      Collection<RunResult> results, String benchmark, String way, String bytes) {
    return results.stream()
        .filter(each -> each.getParams().getBenchmark().endsWith("." + benchmark))
        .filter(each -> each.getParams().getParam("way").equals(way))
        .filter(each -> each.getParams().getParam("bytes").equals(bytes))
        .findFirst()
        .orElseThrow();
  }
}
