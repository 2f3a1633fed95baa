package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;

class GateFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void there() throws IOException {
    file = folder.resolve("work-queue.yaml");
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch");
    Files.writeString(folder.resolve("job.yaml"), "kind: Job");
  }

  private Configuration read(String text, Map<String, String> given) {
    write(text);
    Map<String, String> all = new java.util.TreeMap<>(given);
    all.put("wq.gate.file", file.toString());
    if (!text.contains("image:") && !text.contains("context:")) {
      all.put("wq.worker.image", "worker:1");
    }
    return Configuration.from(all, AvailableImages.PINNED);
  }

  private Configuration read(String text) {
    return read(text, Map.of());
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private void refused(String text, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "Nothing was started, for the parameters cannot be used:\n  1. " + file + complaint);
  }

  @Test
  void saysAllThatParametersSay() {
    WorkerContract worker =
        read("""
                context: .
                command: [/worker, "$(BROKER_URL)"]
                args: ["--queue=$(QUEUE)"]
                env:
                  RABBITMQ_HOST: $(BROKER_HOST)
                  RETRIES: 3
                  LIST: a,B=c
                secrets:
                  rabbitmq: {password: $(BROKER_PASSWORD)}
                job: job.yaml
                container: main
                evidence: 'log:done (.*)'
                kind: drain
                empty: ends
                payloads: [line, binary]
                poison: rotten
                known:
                  - {rule: keeps-secrets, reason: "it is being fixed, soon", until: 2999-12-31}
                require: [runs-unprivileged]
                queue:
                  name: hello
                  durable: false
                  declaredBy: worker
                broker:
                  vhost: jobs
                """)
            .contract();
    assertThat(worker.command()).contains(List.of("/worker", "$(BROKER_URL)"));
    assertThat(worker.args()).contains(List.of("--queue=$(QUEUE)"));
    assertThat(worker.environment())
        .isEqualTo(Map.of("RABBITMQ_HOST", "$(BROKER_HOST)", "RETRIES", "3", "LIST", "a,B=c"));
    assertThat(worker.secrets())
        .isEqualTo(Map.of("rabbitmq", Map.of("password", "$(BROKER_PASSWORD)")));
    assertThat(worker.job()).contains(folder.resolve("job.yaml"));
    assertThat(worker.container()).contains("main");
    assertThat(worker.evidence())
        .contains(new DeclaredEvidence(DeclaredEvidence.Kind.LOG, "done (.*)"));
    assertThat(worker.kind()).isEqualTo(WorkerKind.DRAIN);
    assertThat(worker.emptyQueue()).isEqualTo(WorkerContract.EmptyQueue.ENDS);
    assertThat(worker.payloads()).isEqualTo(Set.of(PayloadKind.LINE, PayloadKind.BINARY));
    assertThat(worker.poison()).contains("rotten");
    assertThat(worker.known()).contains(Map.of(Rule.KEEPS_SECRETS, "it is being fixed, soon"));
    assertThat(worker.required()).containsExactly(Rule.RUNS_UNPRIVILEGED);
    assertThat(worker.queue())
        .isEqualTo(new QueueContract(Optional.of("hello"), false, true, Optional.empty()));
    assertThat(worker.login()).contains(new WorkerLogin("guest", "guest", "jobs"));
  }

  @Test
  void aParameterWins() {
    Configuration read =
        read(
            "context: .\nqueue: {name: hello}",
            Map.of("wq.queue.name", "other", "wq.worker.image", "worker:2"));
    assertThat(read.contract().queue().name()).contains("other");
    assertThat(read.worker()).isEqualTo(new WorkerChoice.Image("worker:2"));
  }

  @Test
  void takesArgumentsOfTheQueue() {
    assertThat(read("queue: {arguments: {x-queue-type: quorum}}").queueArguments())
        .isEqualTo(Map.of("x-queue-type", "quorum"));
  }

  @Test
  void namesTheNearestKey() {
    refused(
        "imgae: worker:1",
        ": there is no key imgae. Did you mean image? All keys: "
            + String.join(", ", GateFile.keys())
            + ".");
    refused(
        "queue: {nam: hello}",
        ": there is no key queue.nam. Did you mean queue.name? All keys: "
            + String.join(", ", GateFile.keys())
            + ".");
  }

  @Test
  void wantsValues() {
    refused("image:", ": image has no value.");
    refused(
        "queue: hello",
        ": queue has keys of its own: name, durable, declaredBy, exchange,"
            + " exchangeType,"
            + " exchangeDurable, routingKey, arguments.");
    refused("- image", ": the file holds no keys; it begins with image: or context:, for example.");
  }

  @Test
  void saysWhereItIsNoYaml() {
    refused(
        "image: worker:1\nargs: [a, b\n",
        ": this is no YAML: expected ',' or ']', but got <stream end> in line 3.");
  }

  @Test
  void namesTheKeyOfAWrongValue() {
    refused("empty: wait", ", empty=wait: allowed are waits and ends. Did you mean waits?");
    refused("kind: drian", ", kind=drian: allowed are one, drain and serve. Did you mean drain?");
    refused(
        "known: [{rule: keeps-secrets}]",
        ", known=[{rule: keeps-secrets}]: the reason of keeps-secrets is missing, as in [{rule:"
            + " keeps-secrets, reason: it is being fixed, until: 2030-01-31}].");
    refused(
        "known: [{rule: keeps-secrets, reason: soon, until: 2020-01-31}]",
        ", known=[{rule: keeps-secrets, reason: soon, until: 2020-01-31}]: keeps-secrets was to be"
            + " looked at again by 2020-01-31, which has passed: take it out once the worker keeps"
            + " the rule, or give another date.");
    refused(
        "secrets: {rabbitmq: very-secret}",
        ", secrets=***: allowed is a map, for example {broker: {password: $(BROKER_PASSWORD)}}.");
  }

  @Test
  void showsNoneOfTheVariablesWhereOneIsWrong() {
    refused("env: {TOKEN: very-secret, QUEUE: x}", ", env=***: QUEUE is set by the harness.");
  }

  @Test
  void knowsThePasswordOfGuest() {
    String text = "broker: {password: other}";
    write(text);
    assertThatThrownBy(() -> read(text))
        .hasMessageEndingWith(
            ", broker.password is given, and the user is guest, whose password is guest: give"
                + " wq.worker.user as well.");
  }

  @Test
  void aKindThatContradictsTheRestIsRefused() {
    write("kind: drain\nempty: waits");
    assertThatThrownBy(() -> read("kind: drain\nempty: waits"))
        .hasMessageEndingWith(
            "wq.worker.kind=drain and wq.worker.empty=waits contradict each other: a worker that"
                + " drains its queue ends where it is empty.");
    assertThat(read("kind: drain").contract().emptyQueue())
        .isEqualTo(WorkerContract.EmptyQueue.ENDS);
    assertThatThrownBy(() -> read("kind: serve\nempty: ends"))
        .hasMessageEndingWith(
            "wq.worker.kind=serve and wq.worker.empty=ends contradict each other: a worker that"
                + " serves waits for the next item.");
    assertThat(read("kind: serve").contract().emptyQueue())
        .isEqualTo(WorkerContract.EmptyQueue.WAITS);
  }

  @Test
  void readsWhatFeedsTheQueueAndHowTheBrokerIsCalled() {
    WorkerContract worker =
        read("queue: {exchange: shop, exchangeType: topic, exchangeDurable: false,"
                + " routingKey: order.new}\n"
                + "broker: {host: rabbit}")
            .contract();
    assertThat(worker.queue().feed())
        .contains(new QueueContract.Feed("shop", "topic", false, Optional.of("order.new")));
    assertThat(worker.host()).contains("rabbit");
    assertThat(worker.login()).isEmpty();
    assertThat(read("queue: {exchange: shop}").contract().queue().feed().orElseThrow().key("q"))
        .isEqualTo("q");
  }

  @Test
  void wantsAnExchangeThatThereCanBeAndANameOfAService() {
    refused(
        "queue: {routingKey: order.new}",
        ", queue.routingKey is given without an exchange that feeds the queue: give"
            + " wq.queue.exchange as well.");
    refused(
        "queue: {exchangeType: topic}",
        ", queue.exchangeType is given without an exchange that feeds the queue: give"
            + " wq.queue.exchange as well.");
    refused(
        "queue: {exchange: shop, exchangeDurable: no way}",
        ", queue.exchangeDurable=no way: allowed are true and false. Did you mean true?");
    refused(
        "queue: {exchange: shop, exchangeType: topc}",
        ", queue.exchangeType=topc: allowed are direct, fanout and topic. Did you mean topic?");
    refused(
        "queue: {exchange: shop, routingKey: 'order.*'}",
        ", queue.routingKey=order.*: allowed is a routing key that items are published with, up to 255"
            + " characters, without * and #.");
    refused(
        "broker: {host: rabbit.other}",
        ", broker.host=rabbit.other: allowed is the name of a Service, for example rabbitmq: each trial"
            + " makes it in its own namespace.");
  }

  @Test
  void knowsItsPlaceholders() {
    refused(
        "args: [\"$(BROKER_HOSTS)\", $(hostname)]",
        ", args: there is no placeholder $(BROKER_HOSTS). Did you mean $(BROKER_HOST)? All"
            + " placeholders: BROKER_URL, BROKER_HOST, BROKER_PORT, BROKER_USER, BROKER_PASSWORD,"
            + " BROKER_VHOST, QUEUE.");
    assertThat(read("env: {LEVEL: info}\nargs: [\"$(LEVEL)\"]").contract().args()).isPresent();
  }

  @Test
  void wantsAWorker() {
    write("kind: drain");
    Map<String, String> given = Map.of("wq.gate.file", file.toString());
    assertThatThrownBy(() -> Configuration.from(given, AvailableImages.PINNED))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "Nothing was started, for the parameters cannot be used:\n  1. "
                + file
                + " does not say which worker it is about: give image, context or job, for example"
                + " image: registry.example/team/worker:1.4");
    write("kind: drain\njob: job.yaml");
    assertThat(Configuration.from(given, AvailableImages.PINNED).contract().job()).isPresent();
  }

  @Test
  void wantsAFile() {
    assertThatThrownBy(
            () ->
                Configuration.from(
                    Map.of("wq.gate.file", folder.toString()), AvailableImages.PINNED))
        .hasMessageEndingWith("this is a folder; allowed is a file as docs/gate.md describes it.");
  }

  @Test
  void placeholdersAreFilled() {
    Placeholders here =
        Placeholders.of(BrokerUrl.parse("amqp://us%40er:se%2Fcret@host:5673/a%2Fb"), "items");
    assertThat(here.fill("$(BROKER_HOST):$(BROKER_PORT) $(BROKER_USER)/$(BROKER_PASSWORD)"))
        .isEqualTo("host:5673 us@er/se/cret");
    assertThat(here.fill("$(BROKER_URL) $(BROKER_VHOST) $(QUEUE)"))
        .isEqualTo("amqp://us%40er:se%2Fcret@host:5673/a%2Fb a/b items");
    assertThat(here.fill("$$(QUEUE) $(OTHER) $QUEUE")).isEqualTo("$$(QUEUE) $(OTHER) $QUEUE");
  }
}
