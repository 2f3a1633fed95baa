package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.DataView;
import workqueue.checker.view.DataView.Reading;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.Recorded;

/** The claims about data that the pods of a Job mount. */
final class DataClaims {
  private DataClaims() {}

  /** Each item of the Job's queue names a part, and what its pod read is that part as given. */
  static Conclusion readsItsParts(Picture picture, String words, String name) {
    return with(
        picture,
        words,
        name,
        data -> {
          List<LedgerEntry> entries = Ledger.of(picture).entries();
          List<String> items =
              entries.stream()
                  .filter(entry -> entry.queue().equals(data.job().queue()))
                  .map(entry -> entry.payload().text())
                  .toList();
          List<String> wrong =
              data.parts().stream()
                  .filter(each -> data.differs(each.what(), each.digest()))
                  .map(DataClaims::shown)
                  .toList();
          if (!wrong.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words + ": not so for " + data.job())
                    .expected("digests of the data as it was given")
                    .actual(Counted.of(wrong.size(), "other digest"))
                    .unexpected(wrong));
          }
          Set<String> read = data.parts().stream().map(Reading::what).collect(Collectors.toSet());
          List<String> unread = items.stream().filter(item -> !read.contains(item)).toList();
          return items.isEmpty() || !unread.isEmpty()
              ? unknown(words, Counted.of(items.size(), "part") + " read", unread, data)
              : Conclusion.valid();
        });
  }

  /** Pods on at least so many nodes read each file, and all read the same. */
  static Conclusion readsTheSameOn(Picture picture, String words, String name, int nodes) {
    return with(
        picture,
        words,
        name,
        data -> {
          List<String> wrong =
              data.differing().values().stream()
                  .flatMap(List::stream)
                  .map(DataClaims::shown)
                  .toList();
          if (!wrong.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words + ": not so for " + data.job())
                    .expected("the data as it was given, on every node")
                    .actual(Counted.of(wrong.size(), "other digest"))
                    .unexpected(wrong));
          }
          Set<String> files =
              data.files().stream()
                  .map(Reading::what)
                  .collect(Collectors.toCollection(TreeSet::new));
          List<String> seenOnFew =
              files.stream().filter(file -> nodesThatRead(data, file).size() < nodes).toList();
          return files.isEmpty() || !seenOnFew.isEmpty()
              ? unknown(words, "each file read on " + Counted.of(nodes, "node"), seenOnFew, data)
              : Conclusion.valid();
        });
  }

  private static Set<String> nodesThatRead(DataView data, String file) {
    return data.files().stream()
        .filter(each -> each.what().equals(file))
        .map(each -> each.pod().node())
        .filter(node -> !node.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Each pod that read the data tried to write there, and was refused. */
  static Conclusion refusesWrites(Picture picture, String words, String name) {
    return with(
        picture,
        words,
        name,
        data -> {
          List<String> done =
              data.writes().stream()
                  .filter(each -> !each.refused())
                  .map(each -> each.pod().ref.name() + " wrote " + each.words())
                  .toList();
          if (!done.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words + ": not so for " + data.job())
                    .expected("every write refused")
                    .actual(Counted.of(done.size(), "write") + " done")
                    .unexpected(done)
                    .remedy(
                        "set readOnly: true on the volumeMount of volume "
                            + data.volume()
                            + "; an access mode of the claim does not make a mount read-only"));
          }
          Set<PodView> tried =
              data.writes().stream().map(DataView.Write::pod).collect(Collectors.toSet());
          List<String> untried =
              data.files().stream()
                  .map(Reading::pod)
                  .distinct()
                  .filter(pod -> !tried.contains(pod))
                  .map(pod -> pod.ref.name())
                  .toList();
          return tried.isEmpty() || !untried.isEmpty()
              ? unknown(words, "a write tried by each pod", untried, data)
              : Conclusion.valid();
        });
  }

  /** Wherever the data was looked at after the Job's end it is as it was given. */
  static Conclusion leavesUnchanged(Picture picture, String words, String name) {
    return with(
        picture,
        words,
        name,
        data -> {
          List<String> changed = new ArrayList<>();
          for (Recorded<DataFound> found : data.foundAfterwards()) {
            found.event().digests().entrySet().stream()
                .filter(each -> data.differs(each.getKey(), each.getValue()))
                .forEach(each -> changed.add(each.getKey() + " on " + found.event().where()));
          }
          if (!changed.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words + ": not so for " + data.job())
                    .expected("the files as they were given")
                    .actual(Counted.of(changed.size(), "file") + " changed")
                    .unexpected(changed));
          }
          boolean looked =
              data.foundAfterwards().stream().anyMatch(each -> !each.event().digests().isEmpty());
          return looked
              ? Conclusion.valid()
              : unknown(words, "the files looked at after the Job's end", List.of(), data);
        });
  }

  private static String shown(Reading reading) {
    return reading.what()
        + " in "
        + reading.pod().ref.name()
        + (reading.pod().node().isEmpty() ? "" : " on node " + reading.pod().node());
  }

  private static Conclusion unknown(
      String words, String expected, List<String> unseen, DataView data) {
    return Conclusion.unknown(
        Explanation.of(words + ": the record does not show it")
            .expected(expected)
            .actual("not all of that")
            .unseen(unseen)
            .remedy(Remedies.logs(data.job().ref)));
  }

  private static Conclusion with(
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
