package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.DataView;
import workqueue.checker.view.DataView.Reading;
import workqueue.checker.view.Picture;

/** What claims about data that the pods of a Job mount share. */
final class DataClaims {
  private DataClaims() {}

  static String shown(Reading reading) {
    return reading.what()
        + " in "
        + reading.pod().ref.name()
        + (reading.pod().node().isEmpty() ? "" : " on node " + reading.pod().node());
  }

  static Conclusion unknown(String words, String expected, List<String> unseen, DataView data) {
    return Conclusion.unknown(
        Explanation.of(words + ": the record does not show it")
            .expected(expected)
            .actual("not all of that")
            .unseen(unseen)
            .remedy(Remedies.logs(data.job().ref)));
  }

  static Conclusion with(
      Picture picture, String words, String name, Function<DataView, Conclusion> claimed) {
    Optional<DataView> data =
        picture.jobsNamed(name).stream()
            .flatMap(job -> DataView.of(picture, job).stream())
            .findFirst();
    return data.map(claimed)
        .orElseGet(
            () ->
                Conclusion.unknown(
                    Explanation.of(words + ": it is not known which data it mounts")
                        .expected("a Job and the data that its pods mount")
                        .actual("not both")));
  }
}
