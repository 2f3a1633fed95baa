package workqueue.workload;

import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.HarnessEvent.DataGiven;
import workqueue.history.Source;
import workqueue.tutorial.JobDefinition;

/** Data that the pods of Jobs mount, and read for their items. */
public final class MountedData {
  private static final String PATH = "/data";
  private static final List<String> READER =
      List.of(
          "/bin/sh",
          "-c",
          "/usr/bin/amqp-consume --url=$BROKER_URL -q $QUEUE -c 1 -- python3 -c \"$READER\"");

  private final Surroundings place;
  private final Workload workload;
  private final DataSet data;
  private final Volume volume;
  private final boolean readOnly;
  private final Supplier<Map<String, Map<String, String>>> look;

  /**
   * @param look finds the digests of its files, by where they are found
   */
  MountedData(
      Surroundings place,
      Workload workload,
      DataSet data,
      Volume volume,
      Supplier<Map<String, Map<String, String>>> look) {
    this(place, workload, data, volume, true, look);
  }

  private MountedData(
      Surroundings place,
      Workload workload,
      DataSet data,
      Volume volume,
      boolean readOnly,
      Supplier<Map<String, Map<String, String>>> look) {
    this.place = place;
    this.workload = workload;
    this.data = data;
    this.volume = volume;
    this.readOnly = readOnly;
    this.look = look;
  }

  /** The same where pods may write. */
  public MountedData writable() {
    return new MountedData(place, workload, data, volume, false, look);
  }

  /**
   * Runs a Job whose pods mount the data and read the part that their item names; each shows the
   * digests of what it reads, and tries to write there.
   *
   * @param items how many, as the data was cut for them
   */
  public RunningJob process(String queue, int items, UnaryOperator<JobDefinition> change) {
    String reader = read(place.fixtures().dataReader());
    // First, for where there is much of it that takes longer than the Job.
    Map<String, String> digests = data.digests(items);
    RunningJob job =
        workload.run(
            queue,
            spec ->
                change.apply(
                    spec.command(READER)
                        .completions(items)
                        .environment("READER", reader)
                        .environment("DATA", PATH)
                        .mounting(volume, PATH, readOnly)));
    place.recorder().record(Source.HARNESS, new DataGiven(job.name(), volume.getName(), digests));
    return job;
  }

  /** Looks at the data as it is where it was put, without the pods. */
  public void lookAgain(RunningJob job) {
    look.get()
        .forEach(
            (where, digests) ->
                place.recorder().record(Source.HARNESS, new DataFound(job.name(), where, digests)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
