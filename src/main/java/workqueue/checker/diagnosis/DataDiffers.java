package workqueue.checker.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import workqueue.checker.view.DataView;
import workqueue.checker.view.DataView.Reading;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.Recorded;

/** Pods of a Job mount data that is not what was given: on some node only, or since a write. */
final class DataDiffers extends Cause {
  DataDiffers() {
    super(
        FindingCode.DATA_DIFFERS,
        Scope.JOB,
        """
        A pod read a file of the data that it mounts, or the harness found it afterwards, other than it was given. It is so on one node
        only where the nodes do not hold the same, as a `hostPath` promises nothing of the others; and from some time on where somebody
        wrote to it. An access mode of a claim does not make a mount read-only, `readOnly` of the mount does.
        """,
        Remedy.by(Who.JOB, "set `readOnly: true` on the mount"),
        Remedy.by(Who.CLUSTER, "bring the nodes' copies into line, or mount one that all share"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    List<Suspicion> found = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      DataView.of(picture, job).ifPresent(data -> found.addAll(of(data)));
    }
    return found;
  }

  /** What shows that a file differs. */
  private static final class Proof {
    private final TreeSet<String> places = new TreeSet<>();
    private final List<String> pods = new ArrayList<>();
    private final List<Long> events = new ArrayList<>();
  }

  private static List<Suspicion> of(DataView data) {
    Map<String, Proof> files = new LinkedHashMap<>();
    data.differing()
        .forEach(
            (file, readings) -> {
              Proof proof = files.computeIfAbsent(file, any -> new Proof());
              readings.forEach(
                  each -> {
                    proof.places.add("node " + each.pod().node());
                    proof.pods.add(each.pod().ref.name());
                    proof.events.add(each.seq());
                  });
            });
    for (Recorded<DataFound> found : data.foundAfterwards()) {
      found
          .event()
          .digests()
          .forEach(
              (file, digest) -> {
                if (data.differs(file, digest)) {
                  Proof proof = files.computeIfAbsent(file, any -> new Proof());
                  proof.places.add(found.event().where());
                  proof.events.add(found.seq());
                }
              });
    }
    List<Suspicion> suspicions = new ArrayList<>();
    files.forEach((file, proof) -> suspicions.add(suspicion(data, file, proof)));
    return suspicions;
  }

  private static Suspicion suspicion(DataView data, String file, Proof proof) {
    JobView job = data.job();
    Optional<DataView.Write> written =
        data.writes().stream().filter(each -> !each.refused()).findFirst();
    String message =
        "file "
            + file
            + " in volume "
            + data.volume()
            + " of "
            + job
            + " is not as it was given on "
            + String.join(", ", proof.places)
            + soundPlaces(data, file, proof)
            + written
                .map(each -> "; pod " + each.pod().ref.name() + " wrote " + each.words())
                .orElse("");
    List<Long> events = new ArrayList<>(proof.events);
    events.add(data.givenSeq());
    written.ifPresent(each -> events.add(each.seq()));
    return Suspicion.of(FindingCode.DATA_DIFFERS, message)
        .pods(
            Stream.concat(proof.pods.stream(), written.stream().map(each -> each.pod().ref.name()))
                .toList())
        .proof(events)
        .remedy(
            Remedies.field(
                job.ref,
                "{.spec.template.spec.volumes}{.spec.template.spec.containers[*].volumeMounts}"));
  }

  /** Where it is as given, to be told beside where it is not; empty if nowhere. */
  private static String soundPlaces(DataView data, String file, Proof proof) {
    TreeSet<String> sound = new TreeSet<>();
    for (Reading each : data.files()) {
      if (each.what().equals(file) && !data.differs(file, each.digest())) {
        sound.add("node " + each.pod().node());
      }
    }
    sound.removeAll(proof.places);
    return sound.isEmpty() ? "" : ", and is on " + String.join(", ", sound);
  }
}
