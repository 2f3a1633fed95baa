package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;

/** No worker prints a password. */
record KeepsSecrets() implements Statement {
  @Override
  public String words() {
    return "workers keep passwords to themselves";
  }

  @Override
  public Conclusion judge(Picture picture) {
    List<String> told = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (JobView job : picture.jobs()) {
      for (Attempt attempt : job.attempts()) {
        attempt.lines().stream()
            .filter(line -> line.event().secret())
            .findFirst()
            .ifPresent(line -> told.add(attempt + ": " + line.event().text()));
        if (attempt.began() && !attempt.logComplete()) {
          unread.add("the log of " + attempt);
        }
      }
    }
    if (!told.isEmpty()) {
      return Conclusion.invalid(
          Explanation.of(words() + ": " + Counted.of(told.size(), "run") + " printed one")
              .expected("no password in any log")
              .actual(told.get(0)));
    }
    if (!unread.isEmpty() || picture.workers().isEmpty()) {
      return Conclusion.unknown(
          Explanation.of(words() + ": cannot be told")
              .expected("every log read to its end")
              .actual(Counted.of(picture.workers().size(), "pod") + " seen")
              .unseen(unread));
    }
    return Conclusion.valid();
  }
}
