package workqueue.checker.claim;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.checker.view.DataView;
import workqueue.checker.view.DataView.Reading;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;

/** Where the Job's pods mount their data nothing can be written. */
record RefusesWrites(String job) implements JobStatement {
  @Override
  public String words() {
    return JobClaims.named(job) + " mounts its data read-only";
  }

  /** Each pod that read the data tried to write there, and was refused. */
  @Override
  public Conclusion judge(Picture picture) {
    return DataClaims.with(
        picture,
        words(),
        job,
        data -> {
          List<String> done =
              data.writes().stream()
                  .filter(each -> !each.refused())
                  .map(each -> each.pod().ref.name() + " wrote " + each.words())
                  .toList();
          if (!done.isEmpty()) {
            return Conclusion.invalid(
                Explanation.of(words() + ": not so for " + data.job())
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
              ? DataClaims.unknown(words(), "a write tried by each pod", untried, data)
              : Conclusion.valid();
        });
  }
}
