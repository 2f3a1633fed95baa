package workqueue.checker.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Diagnosed.consequence;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;
import static workqueue.checker.diagnosis.Diagnosed.none;
import static workqueue.checker.diagnosis.Diagnosed.onlyRoot;
import static workqueue.checker.diagnosis.FindingCode.ACK_TIMED_OUT;
import static workqueue.checker.diagnosis.FindingCode.BACKOFF_LIMIT_EXCEEDED;
import static workqueue.checker.diagnosis.FindingCode.BROKER_REFUSED_LOGIN;
import static workqueue.checker.diagnosis.FindingCode.BROKER_UNREACHABLE;
import static workqueue.checker.diagnosis.FindingCode.CONNECTION_LIMIT;
import static workqueue.checker.diagnosis.FindingCode.HEARTBEAT_MISSED;
import static workqueue.checker.diagnosis.FindingCode.NEGOTIATION_FAILED;
import static workqueue.checker.diagnosis.FindingCode.PERMISSION_DENIED;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_LOCKED;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISMATCH;
import static workqueue.checker.diagnosis.FindingCode.QUEUE_MISSING;
import static workqueue.checker.diagnosis.FindingCode.URL_MALFORMED;
import static workqueue.checker.diagnosis.FindingCode.VHOST_MISSING;
import static workqueue.checker.diagnosis.FindingCode.WORKER_FAILED;
import static workqueue.checker.diagnosis.Situations.FRUIT;
import static workqueue.checker.diagnosis.Situations.begun;
import static workqueue.checker.diagnosis.Situations.givenUp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.history.HistoryBuilder;
import workqueue.history.JobSpecBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionEnded;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.End;
import workqueue.history.WireEvent.LimitsAsked;
import workqueue.history.WireEvent.LoginAsked;
import workqueue.history.WireEvent.RefusedByBroker;
import workqueue.history.WireEvent.SessionOpened;

/** What the broker refuses is told by its own reply, on the wire or in a log. */
class RefusedByReplyTest {

  private static HistoryBuilder refused(int channel, int code, String text) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    told.add(Source.WIRE, new RefusedByBroker("to-pod-0", channel, code, text));
    told.disconnects("pod-0").prints("pod-0", "connection closed unexpectedly");
    return told.failsPod("pod-0", 1, "Error").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          BROKER_REFUSED_LOGIN | 0 | 403 | ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.
          PERMISSION_DENIED | 1 | 403 | ACCESS_REFUSED - configure access to queue 'job1' in vhost '/' refused for user 'w'
          PERMISSION_DENIED | 1 | 403 | ACCESS_REFUSED - read access to queue 'job1' in vhost '/' refused for user 'w'
          PERMISSION_DENIED | 0 | 530 | NOT_ALLOWED - access to vhost 'batch' refused for user 'w'
          VHOST_MISSING | 0 | 530 | NOT_ALLOWED - vhost batch not found
          VHOST_MISSING | 0 | 530 | NOT_ALLOWED - vhost '' not found
          CONNECTION_LIMIT | 0 | 530 | NOT_ALLOWED - connection refused: user 'w' connection limit (1) reached
          CONNECTION_LIMIT | 0 | 530 | NOT_ALLOWED - access to vhost 'v' refused for user 'w': connection limit (1) is reached
          NEGOTIATION_FAILED | 0 | 530 | NOT_ALLOWED - negotiated channel_max = 65535 is higher than the maximum allowed value (2047)
          NEGOTIATION_FAILED | 0 | 530 | NOT_ALLOWED - negotiated frame_max = 4096 is lower than the minimum allowed value (8192)
          QUEUE_MISMATCH | 1 | 406 | PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'job1' in vhost '/': received 'false' but current is 'true'
          QUEUE_MISMATCH | 0 | 541 | INTERNAL_ERROR - Feature `transient_nonexcl_queues` is deprecated.
          QUEUE_LOCKED | 1 | 405 | RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'job1' in vhost '/'
          QUEUE_LOCKED | 1 | 403 | ACCESS_REFUSED - queue 'job1' in vhost '/' in exclusive use
          ACK_TIMED_OUT | 1 | 406 | PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 5000 ms.
          """)
  void tellsByTheReply(FindingCode code, int channel, int reply, String text) {
    onlyRoot(refused(channel, reply, text), code);
    none(refused(channel, reply, text), BROKER_UNREACHABLE);
    consequence(refused(channel, reply, text), BACKOFF_LIMIT_EXCEEDED, code);
    onlyRoot(givenUp(1, "server channel error " + reply + ", message: " + text), code);
  }

  @Test
  void anotherReplyIsAnotherCause() {
    HistoryBuilder noSuchVhost = refused(0, 530, "NOT_ALLOWED - vhost batch not found");
    onlyRoot(noSuchVhost, VHOST_MISSING);
    none(noSuchVhost, CONNECTION_LIMIT);
    HistoryBuilder tooMany = refused(0, 530, "NOT_ALLOWED - access to vhost 'v': connection limit");
    onlyRoot(tooMany, CONNECTION_LIMIT);
    none(tooMany, VHOST_MISSING);
    HistoryBuilder locked = refused(1, 405, "RESOURCE_LOCKED - exclusive access to locked queue");
    onlyRoot(locked, QUEUE_LOCKED);
    none(locked, QUEUE_MISMATCH);
    HistoryBuilder otherwise = refused(1, 406, "PRECONDITION_FAILED - inequivalent arg 'durable'");
    onlyRoot(otherwise, QUEUE_MISMATCH);
    none(otherwise, QUEUE_LOCKED);
    none(refused(1, 406, "PRECONDITION_FAILED - unknown delivery tag 1"), ACK_TIMED_OUT);
    onlyRoot(
        refused(1, 406, "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out"),
        ACK_TIMED_OUT);
  }

  @Test
  void quotesTheBroker() {
    String text =
        "ACCESS_REFUSED - read access to queue 'job1' in vhost '/' refused for user 'guest'";
    assertThat(diagnose(refused(1, 403, text)).finding(PERMISSION_DENIED).orElseThrow().message())
        .isEqualTo("the workers' user lacks a right (" + text + ")");
  }

  private static HistoryBuilder loggedIn(String user, Boolean given, int code, String text) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    told.add(Source.WIRE, new LoginAsked("to-pod-0", user, given));
    told.add(Source.WIRE, new RefusedByBroker("to-pod-0", 0, code, text));
    return told.failsPod("pod-0", 1, "Error").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
  }

  private static String message(HistoryBuilder told, FindingCode code) {
    onlyRoot(told, code);
    return diagnose(told).finding(code).orElseThrow().message();
  }

  @Test
  void namesALoginThatIsBuiltIn() {
    String refused = "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.";
    String words = "the broker refuses the workers' user or password";
    assertThat(message(loggedIn("app", false, 403, refused), BROKER_REFUSED_LOGIN))
        .isEqualTo(words + ": they log in as app, and were given user guest");
    assertThat(message(loggedIn("guest", false, 403, refused), BROKER_REFUSED_LOGIN))
        .isEqualTo(
            words
                + ": they log in as guest, as they were given it, with a password that they were not"
                + " given");
    // Who was given it, or where nobody knows, is not said to have it built in.
    assertThat(message(loggedIn("guest", true, 403, refused), BROKER_REFUSED_LOGIN))
        .isEqualTo(words);
    assertThat(message(loggedIn("guest", null, 403, refused), BROKER_REFUSED_LOGIN))
        .isEqualTo(words);
  }

  @Test
  void namesAVirtualHostThatIsBuiltIn() {
    String missing = "NOT_ALLOWED - vhost batch not found";
    assertThat(message(loggedIn("guest", true, 530, missing), VHOST_MISSING))
        .endsWith("(" + missing + "): they ask for virtual host batch, and were given /");
    String given = "NOT_ALLOWED - vhost / not found";
    assertThat(message(loggedIn("guest", true, 530, given), VHOST_MISSING))
        .endsWith("(" + given + ")");
    String refused = "NOT_ALLOWED - access to vhost '/' refused for user 'app'";
    assertThat(message(loggedIn("app", false, 530, refused), PERMISSION_DENIED))
        .endsWith("(" + refused + "): they log in as app, and were given user guest");
  }

  @Test
  void whatWasOvercomeIsNoCause() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("first", "10.42.0.9", "pod-0"));
    told.add(
        Source.WIRE,
        new RefusedByBroker("first", 1, 403, "ACCESS_REFUSED - read access to queue refused"));
    told.connects("pod-0").delivers("pod-0", FRUIT.get(0), false);
    none(told, PERMISSION_DENIED);
  }

  // silence has no reply

  private static HistoryBuilder silentFor(long millis, int heartbeat, boolean byClient) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().connects("pod-0");
    told.add(Source.WIRE, new SessionOpened("to-pod-0", "/", 2047, 131_072, heartbeat, ""));
    told.delivers("pod-0", FRUIT.get(0), false).after(millis / 1000.0);
    told.add(Source.WIRE, new ConnectionEnded("to-pod-0", End.RESET, byClient, "", millis));
    told.prints("pod-0", "connection reset by peer");
    return told.failsPod("pod-0", 1, "Error").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
  }

  @Test
  void heartbeatMissed() {
    onlyRoot(silentFor(6_200, 3, false), HEARTBEAT_MISSED);
    none(silentFor(6_200, 3, false), BROKER_UNREACHABLE);
    assertThat(
            diagnose(silentFor(6_200, 3, false)).finding(HEARTBEAT_MISSED).orElseThrow().message())
        .isEqualTo(
            "the broker gave up 1 connection of Job demo/job-wq-1, silent for 6 s at a heartbeat"
                + " of 3 s");
    none(silentFor(6_200, 60, false), HEARTBEAT_MISSED);
    none(silentFor(6_200, 0, false), HEARTBEAT_MISSED);
    none(silentFor(6_200, 3, true), HEARTBEAT_MISSED);
  }

  // some versions of RabbitMQ refuse limits without a reply

  private static HistoryBuilder asks(int channels, int frames) {
    HistoryBuilder told = begun().starts("pod-0").jobStatus();
    told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
    return told.add(
        Source.WIRE, new LimitsAsked("to-pod-0", "pika 1.2.0", 2047, 131_072, channels, frames));
  }

  @Test
  void limitsThatAreNotGranted() {
    HistoryBuilder told = asks(65_535, 131_072).after(3);
    told.add(Source.WIRE, new ConnectionEnded("to-pod-0", End.RESET, false, ""));
    told.prints("pod-0", "connection reset by peer").failsPod("pod-0", 1, "Error");
    told.jobFails("BackoffLimitExceeded").ends(8, 0, 0);
    onlyRoot(told, NEGOTIATION_FAILED);
    assertThat(diagnose(told).finding(NEGOTIATION_FAILED).orElseThrow().message())
        .isEqualTo(
            "pika 1.2.0 and the broker cannot agree: it asks for channel_max 65535 (the broker's:"
                + " 2047), frame_max 131072 (the broker's: 131072)");
    HistoryBuilder agreed = asks(0, 4_096);
    agreed.add(Source.WIRE, new SessionOpened("to-pod-0", "/", 0, 4_096, 60, ""));
    agreed.add(Source.WIRE, new ConnectionEnded("to-pod-0", End.RESET, false, ""));
    none(agreed, NEGOTIATION_FAILED);
  }

  // the program itself

  @Test
  void aProgramThatFailsIsQuoted() {
    HistoryBuilder told = givenUp(1, "KeyError: 'BROKER_HOST'");
    onlyRoot(told, WORKER_FAILED);
    assertThat(diagnose(told).finding(WORKER_FAILED).orElseThrow().message())
        .isEqualTo(
            "the worker of Job demo/job-wq-1 fails with exit code 1 (last printed: KeyError:"
                + " 'BROKER_HOST')");
    HistoryBuilder silent = begun().starts("pod-0").jobStatus().failsPod("pod-0", 9, "Error");
    silent.jobFails("BackoffLimitExceeded").ends(8, 0, 0);
    assertThat(diagnose(silent).finding(WORKER_FAILED).orElseThrow().message())
        .isEqualTo("the worker of Job demo/job-wq-1 fails with exit code 9 and prints nothing");
  }

  @Test
  void ofARunWhoseLogNobodyReadNothingIsSaid() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().exitsUnread("pod-0", 1, "Error");
    told.podIs("pod-0", "Failed").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
    onlyRoot(told, BACKOFF_LIMIT_EXCEEDED);
  }

  @Test
  void whereAllSufferFromSomethingElseTheProgramIsNotBlamed() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().failsPod("pod-0", 1, "Error");
    told.queueMissing().jobFails("BackoffLimitExceeded").queueMissing().finalState();
    onlyRoot(told, QUEUE_MISSING);
  }

  @Test
  void aVariableOfKubernetesIsSaid() {
    HistoryBuilder told = givenUp(1, "invalid literal for int(): 'tcp://10.43.0.7:5672'");
    assertThat(diagnose(told).finding(WORKER_FAILED).orElseThrow().message())
        .endsWith(
            "; a variable …_PORT=tcp://… is one that Kubernetes sets for a Service, unless the pod"
                + " has enableServiceLinks: false");
  }

  @Test
  void aUrlThatCannotBeRead() {
    onlyRoot(givenUp(1, "ValueError: Port could not be cast to integer value"), URL_MALFORMED);
    onlyRoot(givenUp(2, "parse \"amqp://w:***@h\": net/url: invalid userinfo"), URL_MALFORMED);
    none(givenUp(1, "the url was fine"), URL_MALFORMED);
  }

  @Test
  void aUrlThatIsNotEncodedIsToldByTheJobItself() {
    HistoryBuilder told =
        new HistoryBuilder().publish(FRUIT).job(new JobSpecBuilder(8, 2).withQueue("job1"));
    told.spec(spec -> spec.withBrokerUrlFault("has two @: write %40.")).jobIs(0, 0);
    told.starts("pod-0").prints("pod-0", "getaddrinfo ENOTFOUND ss");
    told.failsPod("pod-0", 1, "Error").jobFails("BackoffLimitExceeded").ends(8, 0, 0);
    onlyRoot(told, URL_MALFORMED);
    assertThat(diagnose(told).finding(URL_MALFORMED).orElseThrow().message())
        .isEqualTo("the broker's URL of Job demo/job-wq-1 has two @: write %40");
  }

  @Test
  void oneFailureThatTheJobMakesUpForIsNoCause() {
    HistoryBuilder told = begun().starts("pod-0").jobStatus().prints("pod-0", "once");
    none(told.restarts("pod-0", 1, "Error"), WORKER_FAILED);
  }
}
