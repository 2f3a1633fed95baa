package workqueue.walkthrough;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.EnvironmentTrouble;
import workqueue.Item;
import workqueue.broker.Broker;
import workqueue.broker.Depth;
import workqueue.cluster.PodHealth;
import workqueue.cluster.PodShell;
import workqueue.cluster.Right;
import workqueue.observer.RecordedPublisher;
import workqueue.tutorial.Adaptation;
import workqueue.tutorial.Edition;
import workqueue.tutorial.Step;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;
import workqueue.workload.Downloads;

/** The steps that are typed into the temporary pod. */
final class TemporaryPodSteps {
  static final String JOB_QUEUE = "job1";

  private static final String POD = "temp";
  static final String TRIAL_QUEUE = "foo";
  private static final List<String> TOOLS =
      List.of("amqp-declare-queue", "amqp-publish", "amqp-consume", "nslookup");
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration INSTALL = Duration.ofMinutes(5);
  private static final Duration COMMAND = Duration.ofMinutes(1);
  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final Pattern ANSWER =
      Pattern.compile("Name:\\s*(?<name>\\S+)\\s+Address:\\s*(?<address>\\S+)");

  private final Stage stage;
  private final StepRunner steps;
  private final BrokerSteps brokerSteps;
  private final List<Item> items;
  private final PodShell shell;

  /** Why the commands are not there; null if they are, or that was not seen yet. */
  private String toolless;

  TemporaryPodSteps(Stage stage, StepRunner steps, BrokerSteps brokerSteps, List<Item> items) {
    this.stage = stage;
    this.steps = steps;
    this.brokerSteps = brokerSteps;
    this.items = items;
    this.shell = new PodShell(stage.client(), stage.namespace().name(), POD, steps.patience());
  }

  void walk() {
    steps.run(Step.START_TEMPORARY_POD, this::start);
    steps.run(Step.INSTALL_TOOLS, typed(this::installTools));
    steps.run(Step.LOOK_UP_SERVICE, typed(notes -> lookUpService()));
    steps.run(Step.DISCOVER_BY_ENVIRONMENT, typed(notes -> discoverByEnvironment()));
    steps.run(Step.DECLARE_QUEUE, typed(notes -> declare(notes, brokerUrl(), TRIAL_QUEUE)));
    steps.run(Step.PUBLISH_MESSAGE, typed(notes -> publishMessage()));
    steps.run(Step.CONSUME_MESSAGE, typed(notes -> consumeMessage()));
    steps.run(Step.DECLARE_BY_ADDRESS, typed(this::declareByAddress));
    steps.run(Step.DECLARE_JOB_QUEUE, this::declareJobQueue);
    steps.run(Step.FILL_QUEUE, this::fillQueue);
  }

  /** A step whose commands are typed into the pod: not run where that cannot be done. */
  private StepRunner.Body typed(StepRunner.Body body) {
    return notes -> {
      Optional<String> why = whyNotTyped();
      if (why.isPresent()) {
        throw new StepNotRun(why.get());
      }
      body.run(notes);
    };
  }

  private Optional<String> whyNotTyped() {
    return stage.cluster().may(Right.EXEC)
        ? Optional.ofNullable(toolless)
        : Optional.of(
            "Nothing can be typed into pod %s: the credentials lack the right %s."
                .formatted(POD, Right.EXEC));
  }

  /** The Job needs its queue, however that is made. */
  private void declareJobQueue(StepRunner.Notes notes) {
    Optional<String> why = whyNotTyped();
    if (why.isPresent()) {
      notes.adapted(
          new Adaptation("amqp-declare-queue", "declared by AMQP from this machine", why.get()));
      brokerSteps.broker().amqp().declare(JOB_QUEUE);
      return;
    }
    declare(notes, brokerUrl(), JOB_QUEUE);
  }

  private void start(StepRunner.Notes notes) {
    String image = stage.cluster().provide(List.of(stage.baseImage())).get(0);
    notes.adapted(Adaptation.withoutTerminal());
    if (!image.equals(stage.edition().baseImage())) {
      notes.adapted(Adaptation.baseImage(stage.edition(), image));
    }
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(POD)
            .withNamespace(stage.namespace().name())
            .addToLabels("run", POD)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName(POD)
            .withImage(image)
            .withImagePullPolicy("IfNotPresent")
            .withCommand("bash", "-c", "trap exit TERM; sleep infinity & wait")
            .endContainer()
            .endSpec()
            .build();
    pod.setSpec(brokerSteps.broker().reachedBy(pod.getSpec()));
    stage.namespace().create(pod);
    Pod running =
        steps
            .patience()
            .await(
                "pod " + POD + " to be Running",
                START,
                () ->
                    stage
                        .observation()
                        .pod(POD)
                        .map(this::sight)
                        .orElseGet(() -> Sight.notYet("none")));
    steps.expect(
        running.getMetadata().getOwnerReferences().stream()
            .noneMatch(owner -> Boolean.TRUE.equals(owner.getController())),
        "a bare pod",
        running.getMetadata().getOwnerReferences());
  }

  private Sight<Pod> sight(Pod pod) {
    if (PodHealth.isRunning(pod) && PodHealth.isReady(pod)) {
      return Sight.found(pod);
    }
    return stage
        .observation()
        .hopeless(pod)
        .map(Sight::<Pod>hopeless)
        .orElseGet(() -> Sight.notYet(PodHealth.describe(pod)));
  }

  /**
   * On a cluster that is somebody else's the package archive may be out of reach, and pods may not
   * run as root.
   */
  private void installTools(StepRunner.Notes notes) {
    if (!stage.namespace().isShared()) {
      installPackages(notes);
      requireTools();
      return;
    }
    try {
      installPackages(notes);
    } catch (EnvironmentTrouble | StepFailed | WaitedInVain refused) {
      String why = refused.getMessage().lines().findFirst().orElse("");
      if (!tools().equals(TOOLS)) {
        toolless = "The tools are not in pod " + POD + ": " + why;
        throw new StepNotRun(toolless);
      }
      notes.adapted(new Adaptation("packages that are installed", "what the image has", why));
    }
    requireTools();
  }

  private void installPackages(StepRunner.Notes notes) {
    apt("apt-get update");
    List<String> packages = new ArrayList<>(stage.edition().packages());
    String python = stage.edition().python();
    if (python.equals(Edition.CLASSIC.python()) && !knows(python)) {
      packages.set(packages.indexOf(python), Edition.CURRENT.python());
      notes.adapted(Adaptation.python());
    }
    apt("apt-get install -y " + String.join(" ", packages));
  }

  private void requireTools() {
    steps.expectEqual("What is on the temporary pod's PATH", TOOLS, tools());
  }

  private List<String> tools() {
    return shell
        .sh("for tool in " + String.join(" ", TOOLS) + "; do command -v $tool; done", COMMAND)
        .output()
        .lines()
        .map(line -> line.replaceAll(".*/", ""))
        .toList();
  }

  private boolean knows(String name) {
    PodShell.Outcome policy = shell.sh("apt-cache policy " + name, COMMAND);
    return policy.output().contains("Candidate:") && !policy.output().contains("Candidate: (none)");
  }

  private void apt(String line) {
    PodShell.Outcome outcome =
        shell.run(line, INSTALL, "env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", line);
    String all = outcome.output() + outcome.errors();
    if (Downloads.failed(all)) {
      throw new EnvironmentTrouble(
          """
          "%s" in pod %s/%s could not download: %s
          Remedy: see whether the cluster's pods reach the package archive and resolve its name."""
              .formatted(line, stage.namespace().name(), POD, outcome.gist()));
    }
    steps.expect(outcome.code() == 0, "\"" + line + "\" to exit 0", outcome.gist());
  }

  private void lookUpService() {
    PodShell.Outcome outcome = shell.sh("nslookup " + Broker.SERVICE, COMMAND);
    Matcher answer = ANSWER.matcher(outcome.output());
    steps.expect(answer.find(), "nslookup to find the Service", outcome.gist());
    String prefix = Broker.SERVICE + "." + stage.namespace().name() + ".svc.";
    steps.expect(
        answer.group("name").startsWith(prefix),
        "a name that begins with " + prefix,
        answer.group("name"));
    steps.expectEqual(
        "The address of " + Broker.SERVICE, brokerSteps.clusterIp(), answer.group("address"));
  }

  private void discoverByEnvironment() {
    PodShell.Outcome outcome = shell.sh("env | grep RABBIT | grep HOST", COMMAND);
    steps.expectEqual(
        "The Service in the environment",
        "RABBITMQ_SERVICE_SERVICE_HOST=" + brokerSteps.clusterIp(),
        outcome.output().strip());
  }

  private void declare(StepRunner.Notes notes, String url, String queue) {
    PodShell.Outcome outcome =
        shell.sh(
            "BROKER_URL="
                + url
                + "; /usr/bin/amqp-declare-queue --url=$BROKER_URL -q "
                + queue
                + " -d",
            COMMAND);
    steps.expect(outcome.code() == 0, "amqp-declare-queue to exit 0", outcome.gist());
    steps.expectEqual("What amqp-declare-queue prints", queue, outcome.output().strip());
    Broker broker = brokerSteps.broker();
    // Where declaring a queue with other properties than it has is refused this proves it durable.
    broker.amqp().declare(queue);
    if (!broker.amqp().comparesQueues()) {
      notes.adapted(
          new Adaptation(
              "the queue is durable",
              "the queue is there",
              broker.facts().identity()
                  + " takes a queue that is declared otherwise than it is, so that nothing shows how"
                  + " it is"));
    }
  }

  private void publishMessage() {
    publish(TRIAL_QUEUE, "Hello");
    awaitDepth(TRIAL_QUEUE, 1);
  }

  private void publish(String queue, String body) {
    PodShell.Outcome outcome =
        shell.sh(
            "BROKER_URL="
                + brokerUrl()
                + "; /usr/bin/amqp-publish --url=$BROKER_URL -r "
                + queue
                + " -p -b "
                + body,
            COMMAND);
    steps.expect(outcome.code() == 0, "amqp-publish to exit 0", outcome.gist());
    steps.expectEqual("What amqp-publish prints", "", outcome.output() + outcome.errors());
  }

  private void consumeMessage() {
    PodShell.Outcome outcome =
        shell.sh(
            "BROKER_URL="
                + brokerUrl()
                + "; /usr/bin/amqp-consume --url=$BROKER_URL -q "
                + TRIAL_QUEUE
                + " -c 1 cat && echo",
            COMMAND);
    steps.expect(outcome.code() == 0, "amqp-consume to exit 0", outcome.gist());
    steps.expectEqual("What amqp-consume prints", "Hello", outcome.output().strip());
    // The command has ended: with no consumer left, a message that it had not acked would be back.
    awaitDepth(TRIAL_QUEUE, 0);
  }

  private void fillQueue(StepRunner.Notes notes) {
    int documented = 8;
    if (items.size() != documented) {
      notes.adapted(Adaptation.numberOf("items", documented, items.size()));
    }
    Optional<String> why = whyNotTyped();
    if (why.isPresent()) {
      notes.adapted(
          new Adaptation("amqp-publish", "published by AMQP from this machine", why.get()));
      publisher().publish(JOB_QUEUE, items);
    } else {
      publishByTyping();
    }
    awaitDepth(JOB_QUEUE, items.size());
    long persistent = brokerSteps.broker().persistent(JOB_QUEUE);
    if (persistent != Depth.UNKNOWN) {
      steps.expectEqual(
          "The persistent messages in queue " + JOB_QUEUE, (long) items.size(), persistent);
    } else if (!brokerSteps.broker().facts().identity().isRabbitMq()) {
      notes.adapted(
          new Adaptation(
              Counted.of(items.size(), "persistent message") + " are ready",
              Counted.of(items.size(), "message") + " are ready",
              brokerSteps.broker().facts().identity()
                  + " does not tell which of its messages are persistent"));
    }
  }

  private RecordedPublisher publisher() {
    return new RecordedPublisher(brokerSteps.broker(), stage.observation().recorder());
  }

  private void publishByTyping() {
    String words = items.stream().map(Item::preview).collect(Collectors.joining(" "));
    PodShell.Outcome outcome =
        shell.sh(
            "BROKER_URL="
                + brokerUrl()
                + "; for f in "
                + words
                + "; do /usr/bin/amqp-publish --url=$BROKER_URL -r "
                + JOB_QUEUE
                + " -p -b $f || exit; done",
            INSTALL);
    steps.expect(outcome.code() == 0, "each amqp-publish to exit 0", outcome.gist());
    RecordedPublisher publisher = publisher();
    items.forEach(item -> publisher.published(JOB_QUEUE, item));
  }

  /** What a command did is seen a moment after it: publishing is not confirmed. */
  private void awaitDepth(String queue, int messages) {
    steps
        .patience()
        .await(
            "queue %s to hold %s, and to have no consumer"
                .formatted(queue, Counted.of(messages, "message")),
            SETTLE,
            Duration.ofMillis(100),
            () -> {
              Optional<Depth> seen = brokerSteps.broker().amqp().peek(queue);
              if (seen.isEmpty()) {
                return Sight.<Depth>hopeless("there is no such queue");
              }
              return seen.get().isOfIdle(messages)
                  ? Sight.found(seen.get())
                  : Sight.<Depth>notYet(seen.get().toString());
            });
  }

  private String brokerUrl() {
    return brokerSteps.broker().forPods().withPassword();
  }

  /** As the page writes it, an IPv6 address makes no URL. */
  private void declareByAddress(StepRunner.Notes notes) {
    String documented = urlBy("$RABBITMQ_SERVICE_SERVICE_HOST");
    String url = documented;
    if (brokerSteps.clusterIp().contains(":")) {
      url = urlBy("[$RABBITMQ_SERVICE_SERVICE_HOST]");
      notes.adapted(new Adaptation(documented, url, "an IPv6 address stands in brackets in a URL"));
    }
    if (!brokerSteps.broker().isBehindService()) {
      notes.adapted(
          new Adaptation(
              "the Service's address from the environment",
              "the broker's own host",
              "the broker's certificate is for that"));
    }
    declare(notes, url, TRIAL_QUEUE);
  }

  private String urlBy(String host) {
    return brokerUrl().replace("@" + Broker.SERVICE + ":", "@" + host + ":");
  }
}
