package workqueue.checker.claim;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import workqueue.checker.diagnosis.Diagnosis;
import workqueue.checker.diagnosis.Hang;
import workqueue.checker.diagnosis.Outlook;
import workqueue.checker.diagnosis.Outlook.Prospect;
import workqueue.checker.diagnosis.Remedies;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.Event;
import workqueue.history.Recorded;
import workqueue.history.Source;

/** What claims about a Job share; an empty name means the only Job of the record. */
final class JobClaims {

  private JobClaims() {}

  static String named(String name) {
    return name.isEmpty() ? "job" : "job " + name;
  }

  static Conclusion completes(Picture picture, String words, String name) {
    return completes(picture, words, name, "Complete", JobState::complete);
  }

  static Conclusion completes(
      Picture picture, String words, String name, String expected, Predicate<JobState> so) {
    return onJob(
        picture,
        words,
        name,
        job -> {
          JobState state = job.state();
          if (so.test(state)) {
            return Conclusion.valid();
          }
          Explanation why =
              Explanation.of(words + ": " + job + " " + (state.over() ? "does not" : "has not"))
                  .expected(expected)
                  .actual(describe(state));
          if (state.over()) {
            return Conclusion.invalid(why.remedy(Remedies.describe(job.ref)));
          }
          return notOver(picture, words, job, why);
        });
  }

  /**
   * What decides the claims about a Job: its end; of one that hangs what it has hung from; else the
   * final state.
   */
  static Optional<? extends Recorded<? extends Event>> end(Picture picture, String name) {
    List<JobView> jobs = picture.jobsNamed(name);
    Optional<? extends Recorded<? extends Event>> end =
        jobs.isEmpty() ? Optional.empty() : jobs.get(jobs.size() - 1).end();
    if (end.isPresent()) {
      return end;
    }
    Optional<Hang> hang = Hang.in(picture, name);
    return hang.isPresent() ? hang.map(Hang::since) : picture.history.finalState();
  }

  static Conclusion onJob(
      Picture picture, String words, String name, Function<JobView, Conclusion> check) {
    List<JobView> jobs = picture.jobsNamed(name);
    if (jobs.isEmpty()) {
      String which = name.isEmpty() ? "no Job" : "no Job " + name;
      return Conclusion.unknown(
          Explanation.of(words + ": " + which + " was seen")
              .expected("a Job")
              .actual("none in the record"));
    }
    if (jobs.stream().map(job -> job.ref.name()).distinct().count() > 1) {
      return Conclusion.unknown(
          Explanation.of(words + ": the record holds " + jobs.size() + " Jobs")
              .expected("the name of one of them in the claim")
              .actual(String.join(", ", jobs.stream().map(JobView::toString).toList())));
    }
    return check.apply(jobs.get(jobs.size() - 1));
  }

  static Conclusion notOver(Picture picture, String words, JobView job, Explanation why) {
    if (job.deleted().isPresent()) {
      return Conclusion.unknown(
          Explanation.of(words + ": " + job + " was deleted before it could be judged")
              .actual(describe(job.state()) + " when it was seen last")
              .remedy(Remedies.events(job.ref)));
    }
    boolean sighted =
        picture.history.finalState().isPresent()
            && picture.history.gaps(Source.JOBS).stream()
                .allMatch(gap -> gap.event().to().isBefore(job.last().at()));
    if (!sighted || (mayStillEnd(picture, job) && !hopeless(picture))) {
      return Conclusion.unknown(why);
    }
    return Conclusion.invalid(why.remedy(Remedies.describe(job.ref)));
  }

  static boolean hopeless(Picture picture) {
    return Outlook.of(picture, Diagnosis.WINDOW).prospect() == Prospect.HOPELESS;
  }

  /** Whether its workers or its controller had something to do when it was seen last. */
  private static boolean mayStillEnd(Picture picture, JobView job) {
    if (job.state().settled()) {
      return true;
    }
    // While it backs off, a Job's controller reports no active pods, whatever runs.
    boolean active =
        job.state().active() > 0
            || job.state().awaitsEnds()
            || job.pods.stream().anyMatch(PodView::active);
    if (!active || job.queue().isEmpty()) {
      return active;
    }
    return picture.queue(job.queue()).total().map(total -> total > 0).orElse(true);
  }

  static String describe(JobState state) {
    String end =
        state
            .condition("Complete")
            .or(() -> state.condition("Failed"))
            .map(
                condition ->
                    condition.type()
                        + (condition.reason().isEmpty() ? "" : " (" + condition.reason() + ")"))
            .orElse(
                state.settled()
                    ? "neither Complete nor Failed yet, as it waits for its pods to end"
                    : "neither Complete nor Failed");
    return end
        + ", "
        + state.succeeded()
        + " succeeded, "
        + state.failed()
        + " failed, "
        + state.active()
        + " active";
  }
}
