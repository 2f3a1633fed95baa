package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import workqueue.Counted;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.HarnessEvent.DataFound;
import workqueue.history.Recorded;

/** The data that the Job's pods mount is as it was given when the Job is over. */
record LeavesDataUnchanged(String job) implements Statement {
  @Override
  public String words() {
    return JobClaims.named(job) + " leaves its data unchanged";
  }

  /** Wherever the data was looked at after the Job's end it is as it was given. */
  @Override
  public Conclusion judge(Picture picture) {
    return DataClaims.with(
        picture,
        words(),
        job,
        data -> {
          List<String> changed = new ArrayList<>();
          for (Recorded<DataFound> found : data.foundAfterwards()) {
            found.event().digests().entrySet().stream()
                .filter(each -> data.differs(each.getKey(), each.getValue()))
                .forEach(each -> changed.add(each.getKey() + " on " + found.event().where()));
          }
          if (!changed.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words() + ": not so for " + data.job())
                    .expected("the files as they were given")
                    .actual(Counted.of(changed.size(), "file") + " changed")
                    .unexpected(changed));
          }
          boolean looked =
              data.foundAfterwards().stream().anyMatch(each -> !each.event().digests().isEmpty());
          return looked
              ? Conclusion.valid()
              : DataClaims.unknown(
                  words(), "the files looked at after the Job's end", List.of(), data);
        });
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return picture.history.last(DataFound.class, each -> each.job().equals(job));
  }
}
