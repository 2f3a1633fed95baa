package workqueue.conformance;

import java.util.List;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.Verdict;
import workqueue.configuration.ConformanceMode;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.GuestNamed;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.History;
import workqueue.history.Recorded;
import workqueue.report.RunReport;
import workqueue.report.VisitResult;

/**
 * What a visit to a cluster came to: a pure function of its record, so that it is the same whenever
 * that is judged.
 *
 * @param history with the claims that were made of it
 * @param answers a check each, in the order in which they are told
 */
public record Visited(History history, List<Answered> answers, VisitResult result) {
  public Visited {
    answers = List.copyOf(answers);
  }

  /** Whether the record is one of a visit. */
  public static boolean isOf(History history) {
    return history.last(GuestArrived.class).isPresent();
  }

  /** What the record comes to, whatever claims are in its header. */
  public static Visited of(History history) {
    GuestArrived guest = history.last(GuestArrived.class).map(Recorded::event).orElseThrow();
    ConformanceMode mode = ConformanceMode.of(guest.mode()).orElseThrow();
    List<Answered> answers = Answered.of(Checks.in(mode), history);
    VisitResult result =
        new VisitResult(
            guest.mode(),
            guest.context(),
            guest.namespace(),
            grade(answers, !guest.overlay().isEmpty()),
            history.last(GuestNamed.class).map(each -> each.event().user()).orElse(null),
            history.all(RequestMade.class).size(),
            history.all(RequestMade.class, RequestMade::dryRun).size(),
            history.all(RequestMade.class, Visited::makes).size());
    return new Visited(
        history.withClaims(
            answers.stream().filter(Answered::isClaimed).map(each -> each.claim().spec()).toList()),
        answers,
        result);
  }

  /** Where its record lies, relative to the reports. */
  public String file() {
    return "histories/" + history.header().scenario() + ".ndjson";
  }

  /** The table for a terminal. */
  public List<String> lines() {
    return CheckTable.lines(result, history.header().environment().cluster().version(), answers);
  }

  /**
   * Reports all of it, a scenario each.
   *
   * @param file where the record lies, relative to the reports
   * @param seconds how long the visit took
   */
  public void report(RunReport report, String file, double seconds) {
    for (Answered each : answers) {
      if (each.isClaimed()) {
        report.starts(each.check().scenario(), each.check().sentence());
        report.add(each.result(history, file).seconds(seconds).build());
      } else {
        report.notRun(each.check().scenario(), each.whyNot());
      }
    }
    report.visit(result);
  }

  /** A review persists nothing. */
  private static boolean makes(RequestMade request) {
    return request.method().equals("POST")
        && !request.dryRun()
        && request.path().contains("/namespaces/")
        && request.code() != null
        && request.code() == 201;
  }

  /** What is inferred gives no grade but "no". */
  private static String grade(List<Answered> answers, boolean adapted) {
    List<Answered> required = answers.stream().filter(each -> each.check().isRequired()).toList();
    if (required.stream().anyMatch(each -> each.verdict() == Verdict.INVALID)) {
      return "no";
    }
    boolean seen =
        required.stream()
            .allMatch(
                each ->
                    each.answer().outcome() == CheckAnswer.Outcome.HOLDS
                        && !each.answer().inferred());
    if (!seen) {
      return "open";
    }
    return adapted ? "adapted" : "as-documented";
  }
}
