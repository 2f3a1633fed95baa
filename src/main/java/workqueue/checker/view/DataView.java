package workqueue.checker.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.HarnessEvent.DataGiven;
import workqueue.history.Recorded;
import workqueue.history.WorkerEvent.LogLine;

/**
 * The data that the pods of a Job mount: what was given, what their logs show of it, and what was
 * found afterwards.
 */
public final class DataView {
  private static final String DIGEST = "(sha256:[0-9a-f]{64}) (.+)";
  private static final Pattern FILE = Pattern.compile("^data " + DIGEST);
  private static final Pattern PART = Pattern.compile("^part " + DIGEST);
  private static final Pattern WRITE = Pattern.compile("^write (refused|done): (.*)");

  private final JobView job;
  private final Recorded<DataGiven> given;
  private final List<Reading> files = new ArrayList<>();
  private final List<Reading> parts = new ArrayList<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<Recorded<DataFound>> found;

  /**
   * What a pod read.
   *
   * @param what a file, or the item that names a part of one
   */
  public record Reading(PodView pod, String what, String digest, long seq) {}

  /**
   * What came of a pod's attempt to write.
   *
   * @param words why it was refused, or the file
   */
  public record Write(PodView pod, boolean refused, String words, long seq) {}

  private DataView(Picture picture, JobView job, Recorded<DataGiven> given) {
    this.job = job;
    this.given = given;
    this.found = picture.history.all(DataFound.class, each -> each.job().equals(job.ref.name()));
    job.attempts().forEach(attempt -> attempt.lines().forEach(line -> read(attempt.pod, line)));
  }

  /** Of a Job of which it is known what its pods mount. */
  public static Optional<DataView> of(Picture picture, JobView job) {
    return picture
        .history
        .last(DataGiven.class, each -> each.job().equals(job.ref.name()))
        .map(given -> new DataView(picture, job, given));
  }

  private void read(PodView pod, Recorded<LogLine> line) {
    Matcher file = FILE.matcher(line.event().text());
    Matcher part = PART.matcher(line.event().text());
    Matcher write = WRITE.matcher(line.event().text());
    if (file.matches()) {
      files.add(new Reading(pod, file.group(2), file.group(1), line.seq()));
    } else if (part.matches()) {
      parts.add(new Reading(pod, part.group(2), part.group(1), line.seq()));
    } else if (write.matches()) {
      writes.add(new Write(pod, write.group(1).equals("refused"), write.group(2), line.seq()));
    }
  }

  public JobView job() {
    return job;
  }

  /** The name of the volume within the pods. */
  public String volume() {
    return given.event().volume();
  }

  public long givenSeq() {
    return given.seq();
  }

  /** The digest of a file or a part as it was given; empty if it was not. */
  Optional<String> given(String what) {
    return Optional.ofNullable(given.event().digests().get(what));
  }

  /** What pods read of whole files. */
  public List<Reading> files() {
    return files;
  }

  /** What pods read for their items. */
  public List<Reading> parts() {
    return parts;
  }

  public List<Write> writes() {
    return writes;
  }

  /** What was found without the pods, since the Job's end where it has one. */
  public List<Recorded<DataFound>> foundAfterwards() {
    long end = job.end().map(Recorded::seq).orElse(0L);
    return found.stream().filter(each -> each.seq() > end).toList();
  }

  /** Whether it is other than was given. */
  public boolean differs(String what, String digest) {
    return !given(what).filter(digest::equals).isPresent();
  }

  /** The files that differ, with the readings that show it. */
  public Map<String, List<Reading>> differing() {
    return files.stream()
        .filter(each -> differs(each.what, each.digest))
        .collect(Collectors.groupingBy(Reading::what, LinkedHashMap::new, Collectors.toList()));
  }
}
