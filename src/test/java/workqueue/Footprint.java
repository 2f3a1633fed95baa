package workqueue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What the harness' own JVM takes from when it is begun: all of it, so that nothing else may run
 * beside what is measured.
 */
public final class Footprint {
  private static final double MIB = 1 << 20;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long from = system.getProcessCpuTime();

  /** Begins to measure. */
  public Footprint() {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The processor time of all threads since it was begun. */
  public Duration cpu() {
    return Duration.ofNanos(system.getProcessCpuTime() - from);
  }

  /**
   * The most heap that was in use since it was begun, garbage included, in MiB; not less than that,
   * for the parts of the heap need not have been fullest at the same time.
   */
  public double peakHeapMebibytes() {
    return pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MIB;
  }

  private static Stream<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }
}
