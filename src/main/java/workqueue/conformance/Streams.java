package workqueue.conformance;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import workqueue.cluster.PodShell;
import workqueue.cluster.Right;
import workqueue.history.HarnessEvent.Outcome;
import workqueue.history.HarnessEvent.Probe;
import workqueue.history.HarnessEvent.Try;
import workqueue.history.Recorder;
import workqueue.history.Source;
import workqueue.waiting.Patience;
import workqueue.waiting.WaitedInVain;

/** Enters pods of the run's own by the API server, as far as the guest may, and records it. */
record Streams(
    KubernetesClient client,
    Recorder recorder,
    Rights rights,
    String namespace,
    Patience patience) {
  private static final int AMQP = 5672;
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** To these a broker answers, whatever version it speaks. */
  private static final byte[] GREETING = "AMQP\0\0\t\1".getBytes(StandardCharsets.ISO_8859_1);

  /** Runs a command that does nothing, and reaches a port that answers. */
  void attempt(String pod) {
    if (may(Try.RUN_COMMAND, pod, "exec")) {
      runs(pod, "true", ANSWER);
    }
    if (may(Try.FORWARD_PORT, pod, "portforward")) {
      reaches(pod);
    }
  }

  /**
   * Ends the only container of a pod by its first process, or else by all others.
   *
   * @return whether that was begun
   */
  boolean end(String pod) {
    return may(Try.RUN_COMMAND, pod, "exec") && runs(pod, "kill 1; sleep 10; kill -9 -1", ANSWER);
  }

  private boolean may(Try tried, String pod, String part) {
    List<Right> lacking = rights(part).stream().filter(each -> !rights.has(each, false)).toList();
    if (!lacking.isEmpty()) {
      record(tried, pod, Outcome.NOT_TRIED, Reading.MAY_NOT + lacking.get(0));
    }
    return lacking.isEmpty();
  }

  /** What it takes to enter pods by a part of theirs: the client looks at the pod before. */
  static List<Right> rights(String part) {
    List<Right> needed = new ArrayList<>(Right.to("", "pods", "get"));
    needed.addAll(Right.toPart("", "pods", part, "create", "get"));
    return needed;
  }

  /** Runs it; false if it certainly was not. */
  private boolean runs(String pod, String line, Duration limit) {
    try {
      PodShell.Outcome done = new PodShell(client, namespace, pod, patience).sh(line, limit);
      record(
          Try.RUN_COMMAND,
          pod,
          done.code() == 0 ? Outcome.OK : Outcome.NO_ANSWER,
          line + ": " + done.gist());
      return true;
    } catch (KubernetesClientException | CompletionException refused) {
      record(Try.RUN_COMMAND, pod, Outcome.REFUSED, line + ": " + said(refused));
      return false;
    } catch (WaitedInVain tooLong) {
      record(Try.RUN_COMMAND, pod, Outcome.REFUSED, line + ": " + said(tooLong));
      return true;
    }
  }

  private void reaches(String pod) {
    try (LocalPortForward way =
            client.pods().inNamespace(namespace).withName(pod).portForward(AMQP);
        Socket socket = new Socket("localhost", way.getLocalPort())) {
      socket.setSoTimeout((int) patience.limit(ANSWER).toMillis());
      socket.getOutputStream().write(GREETING);
      boolean answers = socket.getInputStream().read() >= 0;
      String why =
          way.getServerThrowables().stream().findFirst().map(Streams::said).orElse("no answer");
      record(
          Try.FORWARD_PORT,
          pod,
          answers ? Outcome.OK : Outcome.REFUSED,
          answers ? "port 5672 answers" : "port 5672: " + why);
    } catch (KubernetesClientException | IOException refused) {
      record(Try.FORWARD_PORT, pod, Outcome.REFUSED, "port 5672: " + said(refused));
    }
  }

  private void record(Try tried, String pod, Outcome outcome, String detail) {
    recorder.record(Source.PROBES, new Probe(tried, pod, "harness", outcome, detail));
  }

  private static String said(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Optional.ofNullable(root.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(root.getClass().getSimpleName());
  }
}
