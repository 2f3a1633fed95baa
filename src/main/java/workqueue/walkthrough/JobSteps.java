package workqueue.walkthrough;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import workqueue.Counted;
import workqueue.Item;
import workqueue.checker.claim.Claim;
import workqueue.checker.claim.Claims;
import workqueue.checker.claim.Judge;
import workqueue.checker.diagnosis.Finding;
import workqueue.checker.diagnosis.Outlook;
import workqueue.configuration.Configuration;
import workqueue.history.ClusterEvent.JobState;
import workqueue.history.History;
import workqueue.observer.BrokerWatch;
import workqueue.tutorial.Adaptation;
import workqueue.tutorial.JobDefinition;
import workqueue.tutorial.Step;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/** The steps that run the Job and look at what came of it. */
final class JobSteps {
  private static final Duration COMPLETE = Duration.ofMinutes(5);
  private static final Duration EVENTS = Duration.ofSeconds(15);
  private static final int DOCUMENTED_COMPLETIONS = 8;
  private static final int DOCUMENTED_PARALLELISM = 2;
  private static final Duration DOCUMENTED_WORK = Duration.ofSeconds(10);
  // From the tenth on, similar events are aggregated.
  private static final int MOST_EVENTS = 9;
  private static final String CREATED = "Created pod: ";

  private final Stage stage;
  private final StepRunner steps;
  private final BrokerSteps brokerSteps;
  private final ImageSteps image;
  private final List<Item> items;
  private JobDefinition definition;

  JobSteps(
      Stage stage, StepRunner steps, BrokerSteps brokerSteps, ImageSteps image, List<Item> items) {
    this.stage = stage;
    this.steps = steps;
    this.brokerSteps = brokerSteps;
    this.image = image;
    this.items = items;
  }

  void walk() {
    steps.run(Step.DEFINE_JOB, this::define);
    steps.run(Step.RUN_JOB, this::run);
    steps.run(Step.WAIT_FOR_JOB, notes -> awaitCompletion());
    steps.run(Step.DESCRIBE_JOB, this::describe);
    steps.run(Step.ALL_ITEMS_PROCESSED, notes -> allItemsProcessed());
  }

  private void define(StepRunner.Notes notes) {
    Configuration wanted = stage.configuration();
    definition =
        stage
            .manifests()
            .job()
            .namespace(stage.namespace().name())
            .image(image.reference())
            .completions(wanted.completions())
            .parallelism(wanted.parallelism());
    if (wanted.completions() != DOCUMENTED_COMPLETIONS) {
      notes.adapted(
          Adaptation.numberOf("completions", DOCUMENTED_COMPLETIONS, wanted.completions()));
    }
    if (wanted.parallelism() != DOCUMENTED_PARALLELISM) {
      notes.adapted(
          Adaptation.numberOf("parallelism", DOCUMENTED_PARALLELISM, wanted.parallelism()));
    }
    if (image.digest().isEmpty()) {
      definition = definition.pullPolicy("IfNotPresent");
      notes.adapted(
          new Adaptation(
              "an image that is pulled from a registry",
              "imagePullPolicy IfNotPresent",
              "an image that was loaded into the node is in no registry"));
    }
    String url = brokerSteps.broker().forPods().withPassword();
    String documented = environment(definition.toJob()).get("BROKER_URL");
    if (!url.equals(documented)) {
      definition = definition.environment("BROKER_URL", url).pods(brokerSteps.broker()::reachedBy);
      notes.adapted(new Adaptation("BROKER_URL " + documented, "BROKER_URL " + url, "wq.broker"));
    }
    wanted
        .workerSeconds()
        .filter(seconds -> !seconds.equals(DOCUMENTED_WORK))
        .ifPresent(
            seconds -> {
              definition = definition.workerSeconds(seconds);
              notes.adapted(Adaptation.workerSeconds(seconds));
            });
    try {
      Job accepted = stage.client().resource(definition.toJob()).dryRun().create();
      steps.expectEqual(
          "The image of the Job", image.reference(), new JobDefinition(accepted).image());
    } catch (KubernetesClientException refused) {
      throw new StepFailed(
          """
          The API refuses the Job of %s: %s
          Remedy: kubectl apply --dry-run=server -f %s must work."""
              .formatted(stage.fixtures().job(), StepRunner.words(refused), stage.fixtures().job()),
          refused);
    }
  }

  private void run(StepRunner.Notes notes) {
    notes.adapted(Adaptation.client("kubectl apply", "create by the API"));
    stage.namespace().create(definition.toJob());
    steps
        .patience()
        .await(
            "Job " + definition.name() + " to be seen by the watch",
            EVENTS,
            () -> job().map(Sight::found).orElseGet(() -> Sight.notYet("none")));
  }

  private void awaitCompletion() {
    JobState end =
        stage
            .observation()
            .awaitJob(stage.header(), definition.name(), COMPLETE, JobSteps::hopeless)
            .event();
    if (!end.complete()) {
      History history = stage.observation().recorder().history(stage.header());
      throw new StepFailed("The Job has failed: " + causes(Outlook.of(history)));
    }
    List<Pod> ended = awaitPods();
    if (!image.digest().isEmpty()) {
      Set<String> ran =
          ended.stream()
              .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
              .map(status -> status.getImageID().replaceAll(".*@", ""))
              .collect(Collectors.toSet());
      steps.expectEqual("The image that the pods pulled", Set.of(image.digest()), ran);
    }
  }

  /** Pods and Jobs are watched each on its own: the pods' last states may come after the Job's. */
  private List<Pod> awaitPods() {
    int completions = stage.configuration().completions();
    return steps
        .patience()
        .await(
            "the Job's " + Counted.of(completions, "pod") + " to be seen as succeeded",
            EVENTS,
            () -> {
              List<Pod> succeeded =
                  pods().stream()
                      .filter(pod -> "Succeeded".equals(pod.getStatus().getPhase()))
                      .toList();
              return succeeded.size() >= completions
                  ? Sight.found(succeeded)
                  : Sight.<List<Pod>>notYet(succeeded.size() + " of them");
            });
  }

  private static String hopeless(History history) {
    Outlook outlook = Outlook.of(history);
    return outlook.prospect() == Outlook.Prospect.HOPELESS ? causes(outlook) : "";
  }

  /** Each cause in its own words, with what helps. */
  private static String causes(Outlook outlook) {
    return outlook.findings().stream()
        .filter(each -> each.role() == Finding.Role.ROOT)
        .map(
            each ->
                each.remedy().isEmpty()
                    ? each.message()
                    : each.message() + "\nRemedy: " + each.remedy())
        .collect(Collectors.joining("\n"));
  }

  private void describe(StepRunner.Notes notes) {
    notes.adapted(
        Adaptation.client(Step.DESCRIBE_JOB.documented(stage.edition()), "read from the API"));
    Job job = job().orElseThrow(() -> new StepFailed("The Job is gone."));
    int completions = stage.configuration().completions();
    steps.expectEqual(
        "The Job's parallelism",
        stage.configuration().parallelism(),
        job.getSpec().getParallelism());
    steps.expectEqual("The Job's completions", completions, job.getSpec().getCompletions());
    steps.expectEqual(
        "The Job's pods (active, succeeded, failed)",
        List.of(0, completions, 0),
        List.of(
            count(job.getStatus().getActive()),
            count(job.getStatus().getSucceeded()),
            count(job.getStatus().getFailed())));
    steps.expectEqual(
        "The environment of the Job's template", environment(definition.toJob()), environment(job));
    Set<String> names =
        pods().stream()
            .map(pod -> pod.getMetadata().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    steps.expectEqual("The number of the Job's pods", completions, names.size());
    if (completions <= MOST_EVENTS) {
      awaitAnnounced(names).ifPresent(notes::adapted);
    }
  }

  /** Waits for the events that name the pods; a cluster may drop some, or keep none at all. */
  private Optional<Adaptation> awaitAnnounced(Set<String> names) {
    try {
      steps
          .patience()
          .await(
              "an event for each of the Job's " + Counted.of(names.size(), "pod"),
              EVENTS,
              () -> {
                Set<String> announced = announced();
                return announced.containsAll(names)
                    ? Sight.found(announced)
                    : Sight.<Set<String>>notYet(
                        "announced are " + announced + ", the pods are " + names);
              });
      return Optional.empty();
    } catch (WaitedInVain missing) {
      return Optional.of(Adaptation.events(names.size(), announced().size()));
    }
  }

  private Set<String> announced() {
    return stage.observation().events().stream()
        .filter(event -> "SuccessfulCreate".equals(event.getReason()))
        .filter(event -> definition.name().equals(event.getInvolvedObject().getName()))
        .map(Event::getMessage)
        .filter(message -> message.startsWith(CREATED))
        .map(message -> message.substring(CREATED.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Takes the final state, for all that is claimed of the walk, and looks at the items in it. */
  private void allItemsProcessed() {
    BrokerWatch queues = new BrokerWatch(brokerSteps.broker(), stage.observation().recorder());
    stage.observation().finalState(queues, List.of(TemporaryPodSteps.JOB_QUEUE));
    Judge.judge(
            stage.observation().recorder().history(stage.header()),
            itemClaims(stage.configuration(), items))
        .orThrow();
  }

  /** What can be claimed of the items, by how many completions there are for them. */
  static List<Claim> itemClaims(Configuration configuration, List<Item> items) {
    int left = items.size() - configuration.completions();
    return left <= 0
        ? List.of(
            Claims.processesEachExactlyOnce(items), Claims.drains(TemporaryPodSteps.JOB_QUEUE))
        : List.of(Claims.leavesOver(TemporaryPodSteps.JOB_QUEUE, left));
  }

  private Optional<Job> job() {
    return stage.observation().job(definition.name());
  }

  private List<Pod> pods() {
    String uid = job().map(each -> each.getMetadata().getUid()).orElse("");
    return stage.observation().pods().stream()
        .filter(
            pod ->
                pod.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getUid().equals(uid)))
        .toList();
  }

  private static Map<String, String> environment(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static int count(Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }
}
