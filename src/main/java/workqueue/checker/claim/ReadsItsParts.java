package workqueue.checker.claim;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.ledger.Ledger;
import workqueue.checker.ledger.LedgerEntry;
import workqueue.checker.view.DataView.Reading;
import workqueue.checker.view.Picture;

/** Each item names a part of the data that the Job's pods mount, and is read as it was given. */
record ReadsItsParts(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " reads the part of its data that each item names";
  }

  /** Each item of the Job's queue names a part, and what its pod read is that part as given. */
  @Override
  public Conclusion judge(Picture picture) {
    return DataClaims.with(
        picture,
        words(),
        job,
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
                Explanation.of(words() + ": not so for " + data.job())
                    .expected("digests of the data as it was given")
                    .actual(Counted.of(wrong.size(), "other digest"))
                    .unexpected(wrong));
          }
          Set<String> read = data.parts().stream().map(Reading::what).collect(Collectors.toSet());
          List<String> unread = items.stream().filter(item -> !read.contains(item)).toList();
          return items.isEmpty() || !unread.isEmpty()
              ? DataClaims.unknown(
                  words(), Counted.of(items.size(), "part") + " read", unread, data)
              : Conclusion.valid();
        });
  }
}
