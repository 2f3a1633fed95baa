package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.Item;
import workqueue.Items;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.ConnectionOpened;
import workqueue.history.WireEvent.ConsumerStarted;
import workqueue.history.WireEvent.LoginAsked;
import workqueue.history.WireEvent.QueueDeclared;
import workqueue.history.WireEvent.RefusedByBroker;

class SuggestionTest {
  private static HistoryBuilder begun() {
    HistoryBuilder told = new HistoryBuilder().publish(Items.ofTutorial(2)).job(2, 1);
    told.starts("pod-0").jobStatus();
    return told.add(Source.WIRE, new ConnectionOpened("to-pod-0", "10.42.0.9", "pod-0"));
  }

  private static List<String> of(HistoryBuilder told) {
    return Suggestion.of(told.history());
  }

  @Test
  void namesTheQueueThatItDeclares() {
    HistoryBuilder told = begun();
    told.add(Source.WIRE, new QueueDeclared("to-pod-0", 1, "hello", false, false, 0, 0));
    told.add(Source.WIRE, new ConsumerStarted("to-pod-0", 1, "hello", "tag", 1, true));
    assertThat(of(told))
        .containsExactly("queue: {name: hello, durable: false, declaredBy: worker}");
  }

  @Test
  void namesTheQueueThatItConsumesFrom() {
    HistoryBuilder told = begun();
    told.add(Source.WIRE, new ConsumerStarted("to-pod-0", 1, "hello", "tag", 1, true));
    assertThat(of(told)).containsExactly("queue: {name: hello}");
  }

  @Test
  void leavesAloneWhatItConsumesFromBesidesItsOwn() {
    HistoryBuilder told = begun();
    told.add(Source.WIRE, new QueueDeclared("to-pod-0", 1, "celery", false, true, 0, 0));
    told.add(Source.WIRE, new ConsumerStarted("to-pod-0", 1, "celery", "tag", 4, true));
    told.add(Source.WIRE, new ConsumerStarted("to-pod-0", 2, HistoryBuilder.QUEUE, "2", 4, true));
    assertThat(of(told)).isEmpty();
  }

  @Test
  void namesTheLoginThatItHasBuiltIn() {
    HistoryBuilder told = begun();
    told.add(
        Source.WIRE,
        new RefusedByBroker(
            "to-pod-0", 0, 530, "NOT_ALLOWED - access to vhost '/' refused for user 'worker'"));
    assertThat(of(told)).containsExactly("broker: {user: worker, password: <its password>}");
  }

  @Test
  void namesTheUserAndTheNameThatItHasBuiltIn() {
    HistoryBuilder told = begun();
    told.add(Source.WIRE, new LoginAsked("to-pod-0", "app", false));
    told.add(Source.WIRE, new RefusedByBroker("to-pod-0", 0, 403, "ACCESS_REFUSED"));
    told.prints("pod-0", "dial tcp: lookup rabbit on 10.43.0.10:53: no such host");
    assertThat(of(told))
        .containsExactly("broker: {user: app, host: rabbit, password: <its password>}");
  }

  @Test
  void namesTheVirtualHostThatIsMissing() {
    HistoryBuilder told = begun();
    told.add(
        Source.WIRE, new RefusedByBroker("to-pod-0", 0, 530, "NOT_ALLOWED - vhost jobs not found"));
    assertThat(of(told)).containsExactly("broker: {vhost: jobs}");
  }

  @Test
  void namesHowItDeclaresTheQueueThatItWasGiven() {
    assertThat(of(refusing("inequivalent arg 'durable'", "received 'false' but current is 'true'")))
        .containsExactly("queue: {durable: false}");
    assertThat(
            of(
                refusing(
                    "inequivalent arg 'x-max-priority'",
                    "received the value '10' of type 'signedint' but current is none")))
        .containsExactly("queue: {arguments: {x-max-priority: 10}}");
  }

  @Test
  void namesHowItDeclaresTheExchangeThatFeedsItsQueue() {
    assertThat(
            of(
                refusing(
                    406,
                    "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'shop' in"
                        + " vhost 'demo': received 'fanout' but current is 'topic'")))
        .containsExactly("queue: {exchangeType: fanout}");
    assertThat(
            of(
                refusing(
                    406,
                    "PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'shop'"
                        + " in vhost 'demo': received 'false' but current is 'true'")))
        .containsExactly("queue: {exchangeDurable: false}");
    assertThat(
            of(
                refusing(
                    406,
                    "PRECONDITION_FAILED - inequivalent arg 'auto_delete' for exchange"
                        + " 'shop' in vhost 'demo': received 'true' but current is 'false'")))
        .isEmpty();
  }

  @Test
  void namesTheExchangeThatItMisses() {
    assertThat(of(refusing(404, "NOT_FOUND - no exchange 'shop' in vhost 'demo'")))
        .containsExactly("queue: {exchange: shop}");
  }

  private static HistoryBuilder refusing(int code, String text) {
    return begun().add(Source.WIRE, new RefusedByBroker("to-pod-0", 1, code, text));
  }

  private static HistoryBuilder refusing(String what, String why) {
    return begun()
        .add(
            Source.WIRE,
            new RefusedByBroker(
                "to-pod-0",
                1,
                406,
                "PRECONDITION_FAILED - " + what + " for queue 'job1' in vhost 'demo': " + why));
  }

  @Test
  void namesTheVariablesThatItMisses() {
    HistoryBuilder told = begun().prints("pod-0", "KeyError: 'RABBITMQ_HOST'");
    told.prints("pod-0", "KeyError: 'RABBIT_VHOST'").prints("pod-0", "LEVEL is not set");
    assertThat(of(told))
        .containsExactly(
            "env: {RABBITMQ_HOST: $(BROKER_HOST), RABBIT_VHOST: $(BROKER_VHOST), LEVEL: <a value>}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KeyError: 'RABBITMQ_HOST'",
        "key not found: \"RABBITMQ_HOST\" (KeyError)",
        "panic: RABBITMQ_HOST is not set",
        "Error: RABBITMQ_HOST must be set",
        "/run.sh: line 3: RABBITMQ_HOST: unbound variable",
        "sh: 1: RABBITMQ_HOST: parameter not set",
        "missing required environment variable: RABBITMQ_HOST",
        "environment variable `RABBITMQ_HOST` not found",
        "ERROR: undefined RABBITMQ_HOST"
      })
  void knowsTheWordsForAMissingVariable(String line) {
    assertThat(of(begun().prints("pod-0", line)))
        .containsExactly("env: {RABBITMQ_HOST: $(BROKER_HOST)}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: undefined method `ack' for nil",
        "missing HTTP header",
        "NOT_FOUND - no queue 'job1' in vhost 'demo'",
        "PREFETCH set to 1"
      })
  void takesNoOtherWordForAVariable(String line) {
    assertThat(of(begun().prints("pod-0", line))).isEmpty();
  }

  @Test
  void guessesNoBrokerBehindTheAddressOfSomethingElse() {
    assertThat(of(begun().prints("pod-0", "DATABASE_URL is not set")))
        .containsExactly("env: {DATABASE_URL: <a value>}");
    assertThat(of(begun().prints("pod-0", "AMQP_URL is not set")))
        .containsExactly("env: {AMQP_URL: $(BROKER_URL)}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dial tcp 127.0.0.1:5672: connect: connection refused",
        "Error: connect ECONNREFUSED ::1:5672",
        "Connection to localhost:5672 refused",
        "logging in: opening socket to localhost: Connection refused",
        "Socket failed to connect: ('127.0.0.1', 5672); error=111 (Connection refused)"
      })
  void namesTheVariableOfOneThatLooksForTheBrokerWhereItIsItself(String line) {
    HistoryBuilder told = new HistoryBuilder().publish(Items.ofTutorial(2)).job(2, 1);
    told.starts("pod-0").jobStatus().prints("pod-0", line);
    assertThat(of(told)).containsExactly("env: {<the variable that it reads>: $(BROKER_URL)}");
  }

  @Test
  void takesNoConnectionOfAnotherPodForOneOfTheWorker() {
    HistoryBuilder told = new HistoryBuilder().publish(Items.ofTutorial(2)).job(2, 1);
    told.starts("pod-0").jobStatus().prints("pod-0", "Connection to localhost:5672 refused");
    told.add(Source.WIRE, new ConnectionOpened("probe", "10.42.0.7", "wq-stand-in"));
    assertThat(of(told)).containsExactly("env: {<the variable that it reads>: $(BROKER_URL)}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ModuleNotFoundError: No module named 'pika'",
        "Error: Cannot find module 'pika'",
        "in `require': cannot load such file -- pika (LoadError)",
        "java.lang.ClassNotFoundException: pika",
        "Error: Could not find or load main class pika"
      })
  void namesWhatTheImageLacks(String line) {
    assertThat(of(begun().prints("pod-0", line))).containsExactly("image: <one that has pika>");
  }

  @Test
  void namesTheKindAsWhichItGoesThroughItsQueue() {
    List<Item> items = Items.ofTutorial(3);
    HistoryBuilder told = new HistoryBuilder().publish(items).job(1, 1).starts("pod-0");
    told.jobStatus().connects("pod-0");
    items.forEach(each -> told.delivers("pod-0", each, false).acks("pod-0"));
    told.disconnects("pod-0").succeeds("pod-0").jobCompletes();
    assertThat(of(told)).containsExactly("kind: drain");
  }

  @Test
  void saysNothingOfAWorkerThatFits() {
    HistoryBuilder told = begun().connects("pod-0");
    told.add(
        Source.WIRE, new QueueDeclared("to-pod-0", 1, HistoryBuilder.QUEUE, false, true, 2, 0));
    assertThat(of(told)).isEmpty();
  }
}
