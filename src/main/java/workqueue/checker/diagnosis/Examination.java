package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.ALL_PROCESSED;
import static workqueue.checker.diagnosis.FindingCode.STILL_WORKING;
import static workqueue.checker.diagnosis.FindingCode.WAITING_FOR_WORK;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import workqueue.checker.view.Picture;

/**
 * One examination of a record: each cause is looked for once, at its first use, and may ask what
 * came of others.
 */
public final class Examination {
  /** What is told last, for all others bear on it. */
  private static final Set<FindingCode> PROGRESS =
      EnumSet.of(WAITING_FOR_WORK, STILL_WORKING, ALL_PROCESSED);

  private final Picture picture;
  private final Duration window;
  private final Map<FindingCode, List<Suspicion>> found = new EnumMap<>(FindingCode.class);
  private final Set<FindingCode> asked = EnumSet.noneOf(FindingCode.class);
  private FailedRuns runs;
  private Map<Refusal, Suspicion> refused;
  private Gone gone;

  private Examination(Picture picture, Duration window) {
    this.picture = picture;
    this.window = window;
  }

  /** The examination in which a state that lasted this long is more than a passing sight. */
  public static Examination of(Picture picture, Duration window) {
    return picture.derived(Examination.class, window, any -> new Examination(any, window));
  }

  Picture picture() {
    return picture;
  }

  Duration window() {
    return window;
  }

  /** Whether at least the window lies between the two. */
  boolean isOld(Instant then, Instant now) {
    return !Duration.between(then, now).minus(window).isNegative();
  }

  /** The runs of workers that ended badly. */
  FailedRuns runs() {
    if (runs == null) {
      runs = new FailedRuns(picture);
    }
    return runs;
  }

  /** What the broker refused its workers in this way; one at most. */
  List<Suspicion> refused(Refusal how) {
    if (refused == null) {
      refused = RefusedByReply.in(picture, runs());
    }
    return Optional.ofNullable(refused.get(how)).stream().toList();
  }

  /** The items that are gone without work. */
  Gone gone() {
    if (gone == null) {
      gone = Gone.in(picture);
    }
    return gone;
  }

  /** What the record shows of one cause. */
  public List<Suspicion> of(FindingCode code) {
    List<Suspicion> known = found.get(code);
    if (known == null) {
      if (!asked.add(code)) {
        throw new IllegalStateException(code + " is told by what it is to tell itself");
      }
      known =
          Causes.of(code).in(this).stream()
              .map(each -> each.remedy(Remedies.on(picture, each.remedy())))
              .toList();
      found.put(code, known);
    }
    return known;
  }

  boolean has(FindingCode code) {
    return !of(code).isEmpty();
  }

  /** What the record shows of all causes. */
  List<Suspicion> all() {
    return Causes.all().stream().flatMap(each -> of(each.code()).stream()).toList();
  }

  /** What it shows of all but how far the work is. */
  List<Suspicion> others() {
    return Causes.all().stream()
        .map(Cause::code)
        .filter(code -> !PROGRESS.contains(code))
        .flatMap(code -> of(code).stream())
        .toList();
  }
}
