package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.URL_MALFORMED;

import java.util.List;
import java.util.Optional;
import workqueue.checker.view.JobView;

/** The workers cannot read the URL of their broker. */
final class UrlMalformed extends Cause {

  UrlMalformed() {
    super(
        URL_MALFORMED,
        Scope.JOB,
        """
        A URL is no URL for AMQP: a password or a virtual host in it is not percent-encoded, or its port is no number. It is seen in the
        manifest, or told by the workers' log. Nobody knows then whom the workers ask for, so that nothing is said of the broker.
        """,
        Remedy.by(Who.JOB, "percent-encode user, password and virtual host in BROKER_URL"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    if (!Troubled.isTroubled(seen.picture())) {
      return List.of();
    }
    for (JobView job : seen.picture().jobs()) {
      String fault = job.state().spec().brokerUrlFault();
      if (!fault.isEmpty() && !job.state().complete()) {
        return List.of(
            malformed("the broker's URL of " + job + " " + withoutStop(fault))
                .pods(job.pods.stream().map(pod -> pod.ref.name()).toList())
                .proof(job.last().seq()));
      }
    }
    List<FailedRuns.Run> failed = seen.runs().standing(URL_MALFORMED);
    return failed.isEmpty()
        ? List.of()
        : List.of(
            Troubled.proven(
                malformed(
                    "the workers cannot read the URL of their broker ("
                        + failed.get(0).said().strip()
                        + "): a password or a virtual host in it has to be percent-encoded"),
                Optional.empty(),
                failed));
  }

  private static Suspicion malformed(String message) {
    return Suspicion.of(URL_MALFORMED, message)
        .remedy(
            "python3 -c 'import urllib.parse, getpass;"
                + " print(urllib.parse.quote(getpass.getpass(), safe=\"\"))'");
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
