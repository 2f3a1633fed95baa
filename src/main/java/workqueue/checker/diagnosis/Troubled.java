package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.URL_MALFORMED;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorded;

/** What causes that stand between workers and their broker are told by. */
final class Troubled {
  private Troubled() {}

  /** Whether there is a Job, if any was seen, that is not complete. */
  static boolean isTroubled(Picture picture) {
    return picture.jobs().isEmpty()
        || picture.jobs().stream().anyMatch(job -> !job.state().complete());
  }

  /** Whether to look: with a URL that cannot be read nobody knows whom the workers ask for. */
  static boolean isLookedAt(Examination seen) {
    return isTroubled(seen.picture()) && !seen.has(URL_MALFORMED);
  }

  /**
   * The last probe of one target if it came to one of these; one that was not made tells nothing.
   */
  static Optional<Recorded<Probe>> last(Picture picture, Try tried, Outcome... outcomes) {
    Map<String, Recorded<Probe>> lastOf = new LinkedHashMap<>();
    for (Recorded<Probe> probe : picture.history.all(Probe.class)) {
      if (probe.event().tried() == tried && probe.event().outcome() != Outcome.NOT_TRIED) {
        lastOf.put(probe.event().target(), probe);
      }
    }
    List<Outcome> wanted = List.of(outcomes);
    return lastOf.values().stream()
        .filter(probe -> wanted.contains(probe.event().outcome()))
        .findFirst();
  }

  static Suspicion proven(
      Suspicion suspicion, Optional<Recorded<Probe>> probe, List<FailedRuns.Run> failed) {
    List<Long> proof = new ArrayList<>();
    probe.ifPresent(each -> proof.add(each.seq()));
    failed.forEach(run -> proof.addAll(run.proof()));
    return suspicion
        .proof(proof)
        .pods(failed.stream().map(run -> run.attempt().pod.ref.name()).toList());
  }

  /** The hosts that the Jobs' workers are told to use. */
  static Set<String> hosts(Picture picture) {
    Set<String> hosts = new TreeSet<>();
    picture.jobs().forEach(job -> host(job.state().spec().brokerUrl()).ifPresent(hosts::add));
    return hosts;
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost());
    } catch (IllegalArgumentException noUrl) {
      return Optional.empty();
    }
  }
}
