package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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
  void namesTheLoginThatItHasBuiltIn() {
    HistoryBuilder told = begun();
    told.add(
        Source.WIRE,
        new RefusedByBroker(
            "to-pod-0", 0, 530, "NOT_ALLOWED - access to vhost '/' refused for user 'worker'"));
    assertThat(of(told)).containsExactly("broker: {user: worker}");
  }

  @Test
  void namesTheUserAndTheNameThatItHasBuiltIn() {
    HistoryBuilder told = begun();
    told.add(Source.WIRE, new LoginAsked("to-pod-0", "app", false));
    told.add(Source.WIRE, new RefusedByBroker("to-pod-0", 0, 403, "ACCESS_REFUSED"));
    told.prints("pod-0", "dial tcp: lookup rabbit on 10.43.0.10:53: no such host");
    assertThat(of(told)).containsExactly("broker: {user: app, host: rabbit}");
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

  @Test
  void saysNothingOfAWorkerThatFits() {
    HistoryBuilder told = begun().connects("pod-0");
    told.add(
        Source.WIRE, new QueueDeclared("to-pod-0", 1, HistoryBuilder.QUEUE, false, true, 2, 0));
    assertThat(of(told)).isEmpty();
  }
}
