package workqueue.walkthrough;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.broker.Amqp;
import workqueue.broker.Authorities;
import workqueue.broker.Broker;
import workqueue.broker.BrokerFacts;
import workqueue.broker.Depth;
import workqueue.broker.ExistingBroker;
import workqueue.broker.InClusterBroker;
import workqueue.cluster.Right;
import workqueue.configuration.BrokerChoice;
import workqueue.tutorial.Adaptation;
import workqueue.tutorial.Step;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/** The steps that start the message queue service. */
final class BrokerSteps implements AutoCloseable {
  private static final Duration POD = Duration.ofMinutes(3);
  // With the documented 100m of CPU, RabbitMQ 3.10 takes about 70 s until it answers a login.
  private static final Duration LOGIN = Duration.ofMinutes(6);
  private static final Duration BETWEEN_LOGINS = Duration.ofMillis(500);

  private final Stage stage;
  private final StepRunner steps;
  private final BrokerChoice choice;
  private Broker broker;
  private BrokerFacts facts;
  private String clusterIp = "";

  BrokerSteps(Stage stage, StepRunner steps) {
    this.stage = stage;
    this.steps = steps;
    this.choice = stage.configuration().broker().orElseGet(BrokerChoice.InCluster::new);
  }

  void walk() {
    steps.run(Step.START_SERVICE, this::startService);
    steps.run(Step.START_BROKER, this::startBroker);
  }

  /** The broker, once it was started. */
  Broker broker() {
    return broker;
  }

  /** What the broker said of itself when it was logged in to; null if that never came. */
  BrokerFacts facts() {
    return facts;
  }

  /** What the documented queues hold, a line for each; empty if the broker never answered. */
  String queues() {
    return facts == null
        ? ""
        : Stream.of(TemporaryPodSteps.TRIAL_QUEUE, TemporaryPodSteps.JOB_QUEUE)
            .map(queue -> queue + ": " + describe(queue))
            .collect(Collectors.joining("\n"));
  }

  private String describe(String queue) {
    try {
      return broker.amqp().peek(queue).map(Depth::toString).orElse("no such queue");
    } catch (EnvironmentTrouble silent) {
      return silent.getMessage();
    }
  }

  /** The Service's address in the cluster. */
  String clusterIp() {
    return clusterIp;
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }

  private void startService(StepRunner.Notes notes) {
    notes.adapted(
        stage.namespace().isShared()
            ? Adaptation.sharedNamespace(stage.namespace().name())
            : Adaptation.namespace(stage.namespace().name()));
    if (choice instanceof BrokerChoice.InCluster) {
      notes.adapted(Adaptation.client("kubectl create", "create by the API"));
      stage.manifests().otherBroker().map(Adaptation::otherBroker).ifPresent(notes::adapted);
      Service service =
          new ServiceBuilder(documented())
              .editMetadata()
              .withNamespace(stage.namespace().name())
              .endMetadata()
              .build();
      stage.namespace().create(service);
    } else {
      broker = outside();
      notes.adapted(
          new Adaptation(
              "a Service that selects the broker's pods",
              "a Service without selector, its Endpoints at " + broker.facts().kind() + " broker",
              "wq.broker"));
    }
    Service service =
        stage
            .client()
            .services()
            .inNamespace(stage.namespace().name())
            .withName(Broker.SERVICE)
            .get();
    steps.expect(
        service != null,
        "a Service " + Broker.SERVICE,
        service == null ? "none" : service.getMetadata().getName());
    clusterIp = String.valueOf(service.getSpec().getClusterIP());
    steps.expect(clusterIp.matches("[0-9a-f.:]+"), "the Service to have a cluster IP", clusterIp);
    if (choice instanceof BrokerChoice.InCluster) {
      steps.expectEqual(
          "The Service's selector",
          documented().getSpec().getSelector(),
          service.getSpec().getSelector());
      steps.expectEqual("The Service's port", 5672, service.getSpec().getPorts().get(0).getPort());
    }
  }

  private Service documented() {
    return stage.manifests().service(stage.edition());
  }

  private Broker outside() {
    return choice instanceof BrokerChoice.Url url
        ? new ExistingBroker(
            url.address(),
            new Authorities(url.authorities()),
            stage.namespace(),
            Broker.SERVICE,
            steps.patience())
        : stage
            .containerBroker()
            .get()
            .openAsGuest(stage.cluster(), stage.namespace(), Broker.SERVICE);
  }

  private void startBroker(StepRunner.Notes notes) {
    Patience patience = steps.patience();
    if (choice instanceof BrokerChoice.InCluster) {
      broker = startInCluster(notes, patience);
    } else {
      notes.adapted(
          new Adaptation(
              stage.edition().brokerKind() + " " + stage.edition().brokerName(),
              "a broker outside the cluster",
              "wq.broker"));
    }
    patience.await(
        "an endpoint behind Service " + Broker.SERVICE,
        POD,
        () -> {
          List<String> addresses = stage.observation().addressesOf(Broker.SERVICE);
          return addresses.isEmpty() ? Sight.<List<String>>notYet("none") : Sight.found(addresses);
        });
    patience.await("an AMQP login", LOGIN, BETWEEN_LOGINS, this::login);
    facts = broker.facts();
  }

  private InClusterBroker startInCluster(StepRunner.Notes notes, Patience patience) {
    String image = stage.cluster().provide(List.of(stage.configuration().brokerImage())).get(0);
    notes.adapted(Adaptation.client("kubectl create", "create by the API"));
    notes.adapted(Adaptation.brokerImage(image, "IfNotPresent"));
    return InClusterBroker.startBehindService(
        stage.manifests(),
        stage.edition(),
        image,
        stage.namespace(),
        stage.cluster().may(Right.EXEC),
        patience);
  }

  private Sight<Amqp.Login> login() {
    Amqp.Login login = broker.amqp().logIn();
    return login.sight(login);
  }
}
