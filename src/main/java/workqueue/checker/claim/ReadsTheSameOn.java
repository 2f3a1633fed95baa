package workqueue.checker.claim;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.view.DataView;
import workqueue.checker.view.DataView.Reading;
import workqueue.checker.view.Picture;

/** The Job's pods read the same data on at least so many nodes. */
record ReadsTheSameOn(String job, int nodes) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " reads the same data on " + Counted.of(nodes, "node");
  }

  /** Pods on at least so many nodes read each file, and all read the same. */
  @Override
  public Conclusion judge(Picture picture) {
    return DataClaims.with(
        picture,
        words(),
        job,
        data -> {
          List<String> wrong =
              data.differing().values().stream()
                  .flatMap(List::stream)
                  .map(DataClaims::shown)
                  .toList();
          if (!wrong.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words() + ": not so for " + data.job())
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
              ? DataClaims.unknown(
                  words(), "each file read on " + Counted.of(nodes, "node"), seenOnFew, data)
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
}
