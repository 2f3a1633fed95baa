package workqueue.tutorial;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A Job that can be changed before it runs; every change gives a new definition.
 *
 * <p>The worker is the pod's first container.
 */
public final class JobDefinition {
  private static final long NOBODY = 65_534;
  private static final String ALWAYS = "Always";

  private final Job job;

  /**
   * @throws IllegalArgumentException if the Job has no name or no container
   */
  public JobDefinition(Job job) {
    requireContainer(job, job.getSpec() == null ? null : job.getSpec().getTemplate());
    this.job = new JobBuilder(job).build();
  }

  /**
   * The pods of a Deployment, which are those of no Job.
   *
   * @throws IllegalArgumentException if the Deployment has no name or no container
   */
  public static JobDefinition of(Deployment deployment) {
    DeploymentSpec spec = deployment.getSpec();
    requireContainer(deployment, spec == null ? null : spec.getTemplate());
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName(deployment.getMetadata().getName())
            .endMetadata()
            .withNewSpec()
            .withParallelism(spec.getReplicas())
            .withTemplate(spec.getTemplate())
            .endSpec()
            .build();
    return new JobDefinition(job).serving();
  }

  private static void requireContainer(HasMetadata controller, PodTemplateSpec template) {
    if (controller.getMetadata() == null || controller.getMetadata().getName() == null) {
      throw new IllegalArgumentException("the " + controller.getKind() + " has no metadata.name");
    }
    if (template == null
        || template.getSpec() == null
        || template.getSpec().getContainers().isEmpty()) {
      throw new IllegalArgumentException(
          "the %s has no container: spec.template.spec.containers is empty"
              .formatted(controller.getKind()));
    }
  }

  /** The name of the Job. */
  public String name() {
    return job.getMetadata().getName();
  }

  /** The image of the worker's container. */
  public String image() {
    return worker().getImage();
  }

  /** How many pods have to succeed; 1 if it is left open. */
  public int completions() {
    Integer completions = job.getSpec().getCompletions();
    return completions == null ? 1 : completions;
  }

  /** Whether its pods go on until the work is done, several at once, as nobody counts them. */
  public boolean drains() {
    Integer parallelism = job.getSpec().getParallelism();
    return job.getSpec().getCompletions() == null && parallelism != null && parallelism > 1;
  }

  /** Another name for the Job. */
  public JobDefinition name(String name) {
    return with(job -> job.editMetadata().withName(name).endMetadata());
  }

  /** Another namespace to create the Job in. */
  public JobDefinition namespace(String namespace) {
    return with(job -> job.editMetadata().withNamespace(namespace).endMetadata());
  }

  /** A label on the Job and on its pods. */
  public JobDefinition label(String key, String value) {
    return with(
        job ->
            job.editMetadata()
                .addToLabels(key, value)
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editOrNewMetadata()
                .addToLabels(key, value)
                .endMetadata()
                .endTemplate()
                .endSpec());
  }

  /** The names of its pods' containers. */
  public List<String> containers() {
    return job.getSpec().getTemplate().getSpec().getContainers().stream()
        .map(Container::getName)
        .toList();
  }

  /** Whether it is known which of its pods' containers is the worker. */
  public boolean tellsItsWorker() {
    return WorkerContainer.in(job.getSpec().getTemplate()).isPresent();
  }

  /** The container of this name is the worker. */
  public JobDefinition workerContainer(String name) {
    return with(
        job ->
            job.editSpec()
                .editTemplate()
                .editOrNewMetadata()
                .addToAnnotations(WorkerContainer.DEFAULT_CONTAINER, name)
                .endMetadata()
                .endTemplate()
                .endSpec());
  }

  /** Another image for the worker's container. */
  public JobDefinition image(String image) {
    return withWorker(worker -> worker.withImage(image));
  }

  /** Another {@code imagePullPolicy} for the worker's container. */
  public JobDefinition pullPolicy(String policy) {
    return withWorker(worker -> worker.withImagePullPolicy(policy));
  }

  /** An environment variable of the worker's container, set or replaced. */
  public JobDefinition environment(String name, String value) {
    return withWorker(
        worker ->
            worker
                .removeMatchingFromEnv(variable -> name.equals(variable.getName()))
                .addToEnv(new EnvVarBuilder().withName(name).withValue(value).build()));
  }

  /**
   * How long the worker is told to work on an item; whole seconds without a point, for workers that
   * read a whole number.
   */
  public JobDefinition workerSeconds(Duration work) {
    BigDecimal seconds = BigDecimal.valueOf(work.toMillis(), 3);
    return environment("WORKER_SECONDS", seconds.stripTrailingZeros().toPlainString());
  }

  /** The value of an environment variable of the worker's container. */
  public Optional<String> environment(String name) {
    return worker().getEnv().stream()
        .filter(variable -> name.equals(variable.getName()))
        .map(EnvVar::getValue)
        .findFirst();
  }

  /**
   * The worker's container as the restricted profile of Kubernetes' pod security wants it: not as
   * root, no capabilities; and with a root file system that cannot be written.
   */
  public JobDefinition unprivileged() {
    return withWorker(
        worker ->
            worker
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withReadOnlyRootFilesystem(true)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext());
  }

  /** Another command for the worker's container than the image's own. */
  public JobDefinition command(List<String> command) {
    return withWorker(worker -> worker.withCommand(command));
  }

  /** Other arguments for the command of the worker's container. */
  public JobDefinition args(List<String> args) {
    return withWorker(worker -> worker.withArgs(args));
  }

  /** Each text of its containers' commands, arguments and variables rewritten. */
  public JobDefinition rewritten(UnaryOperator<String> text) {
    Job copy = toJob();
    PodSpec pods = copy.getSpec().getTemplate().getSpec();
    Stream.of(pods.getInitContainers(), pods.getContainers())
        .flatMap(List::stream)
        .forEach(container -> rewrite(container, text));
    return new JobDefinition(copy);
  }

  private static void rewrite(Container container, UnaryOperator<String> text) {
    container.setCommand(container.getCommand().stream().map(text).toList());
    container.setArgs(container.getArgs().stream().map(text).toList());
    container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> variable.setValue(text.apply(variable.getValue())));
  }

  /** Another number of pods that have to succeed. */
  public JobDefinition completions(int completions) {
    return with(
        job -> job.editSpec().withCompletions(notNegative("completions", completions)).endSpec());
  }

  /** A Job that is complete once a pod has succeeded and all others have ended. */
  public JobDefinition withoutCompletions() {
    return with(job -> job.editSpec().withCompletions(null).endSpec());
  }

  /** Its pods as those of a Deployment, which are restarted whatever they end with. */
  public JobDefinition serving() {
    return withoutCompletions().restartPolicy(ALWAYS);
  }

  /** Whether it can be no Job: those do not restart what succeeded. */
  public boolean serves() {
    return ALWAYS.equals(job.getSpec().getTemplate().getSpec().getRestartPolicy());
  }

  /** The Deployment of that name; its pods have the label that those of a Job have. */
  public Deployment toDeployment() {
    Integer parallelism = job.getSpec().getParallelism();
    Map<String, String> labels = Map.of("job-name", name());
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name())
        .withNamespace(job.getMetadata().getNamespace())
        .endMetadata()
        .withNewSpec()
        .withReplicas(parallelism == null ? 1 : parallelism)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withTemplate(
            new PodTemplateSpecBuilder(job.getSpec().getTemplate())
                .editOrNewMetadata()
                .addToLabels(labels)
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }

  /** Another number of pods that may run at once. */
  public JobDefinition parallelism(int parallelism) {
    return with(
        job -> job.editSpec().withParallelism(notNegative("parallelism", parallelism)).endSpec());
  }

  /** Another number of failures before the Job fails. */
  public JobDefinition backoffLimit(int limit) {
    return with(
        job -> job.editSpec().withBackoffLimit(notNegative("backoffLimit", limit)).endSpec());
  }

  /** Another restart policy of the pods: {@code OnFailure} or {@code Never}. */
  public JobDefinition restartPolicy(String policy) {
    return withPods(pods -> pods.withRestartPolicy(policy));
  }

  /** Has the Job wait, without pods, until it is resumed; Kubernetes before 1.21 drops this. */
  public JobDefinition suspended() {
    return with(job -> job.editSpec().withSuspend(true).endSpec());
  }

  /**
   * Has the Job deleted some time after its end; Kubernetes before 1.21 drops this.
   *
   * @param time in whole seconds
   */
  public JobDefinition timeToLive(Duration time) {
    int seconds = Math.toIntExact(time.toSeconds());
    return with(job -> job.editSpec().withTtlSecondsAfterFinished(seconds).endSpec());
  }

  /**
   * Gives each completion an index, and each index one success; Kubernetes before 1.21 drops this.
   */
  public JobDefinition indexed() {
    return with(job -> job.editSpec().withCompletionMode("Indexed").endSpec());
  }

  /**
   * How often each index may fail before the Job is to fail, once the others are done; only with
   * indexes and the restart policy {@code Never}, and Kubernetes before 1.28 drops this.
   */
  public JobDefinition backoffLimitPerIndex(int limit) {
    int notBelow0 = notNegative("backoffLimitPerIndex", limit);
    return with(job -> job.editSpec().withBackoffLimitPerIndex(notBelow0).endSpec());
  }

  /**
   * What becomes of the Job when the worker ends with this code; only with the restart policy
   * {@code Never}, and Kubernetes before 1.25 drops this.
   *
   * @param action {@code FailJob}, {@code FailIndex}, {@code Ignore} or {@code Count}
   */
  public JobDefinition onExitCode(String action, int code) {
    return with(
        job ->
            job.editSpec()
                .editOrNewPodFailurePolicy()
                .addNewRule()
                .withAction(action)
                .withNewOnExitCodes()
                .withContainerName(worker().getName())
                .withOperator("In")
                .withValues(code)
                .endOnExitCodes()
                .endRule()
                .endPodFailurePolicy()
                .endSpec());
  }

  /**
   * Has pods that are deleted replaced only once they have ended, which else are replaced at once;
   * Kubernetes before 1.28 drops this.
   */
  public JobDefinition replacesOnlyWhatFailed() {
    return with(job -> job.editSpec().withPodReplacementPolicy("Failed").endSpec());
  }

  /**
   * Leaves the Job to another controller than Kubernetes' own; Kubernetes before 1.30 drops this.
   *
   * @param controller a domain and a path, as in {@code example.com/queue}
   */
  public JobDefinition managedBy(String controller) {
    return with(job -> job.editSpec().withManagedBy(controller).endSpec());
  }

  /**
   * Has the Job be content with some successes, whose other pods are then ended; only with indexes,
   * and Kubernetes before 1.30 drops this.
   */
  public JobDefinition contentWith(int successes) {
    return with(
        job ->
            job.editSpec()
                .editOrNewSuccessPolicy()
                .addNewRule()
                .withSucceededCount(successes)
                .endRule()
                .endSuccessPolicy()
                .endSpec());
  }

  /**
   * A container of the worker's image that runs beside the worker and is told to end after it;
   * Kubernetes before 1.28 drops what makes it one.
   *
   * @param script for {@code /bin/sh}
   */
  public JobDefinition sidecar(String name, String script) {
    return withPods(
        pods ->
            pods.addNewInitContainer()
                .withName(name)
                .withImage(image())
                .withImagePullPolicy(worker().getImagePullPolicy())
                .withCommand("/bin/sh", "-c", script)
                .withRestartPolicy("Always")
                .endInitContainer());
  }

  /** Has the Job fail when it is not done by then, whatever its pods do. */
  public JobDefinition deadline(Duration deadline) {
    return with(job -> job.editSpec().withActiveDeadlineSeconds(deadline.toSeconds()).endSpec());
  }

  /**
   * How long pods that are told to end may take for it, which is 30 s unless said.
   *
   * @param grace in whole seconds
   */
  public JobDefinition grace(Duration grace) {
    return withPods(pods -> pods.withTerminationGracePeriodSeconds(grace.toSeconds()));
  }

  /** What the worker's container asks of a node, for example {@code cpu} and {@code 100}. */
  public JobDefinition request(String resource, String quantity) {
    return withWorker(
        worker ->
            worker
                .editOrNewResources()
                .addToRequests(resource, new Quantity(quantity))
                .endResources());
  }

  /** What the worker's container gets at most, for example {@code memory} and {@code 64Mi}. */
  public JobDefinition limit(String resource, String quantity) {
    return withWorker(
        worker ->
            worker
                .editOrNewResources()
                .addToLimits(resource, new Quantity(quantity))
                .endResources());
  }

  /** Only nodes with this label may take the pods. */
  public JobDefinition onNodesWith(String label, String value) {
    return withPods(pods -> pods.addToNodeSelector(label, value));
  }

  /** Only the node of this name may take the pods. */
  public JobDefinition onNode(String name) {
    return onNodesWith("kubernetes.io/hostname", name);
  }

  /** The node of this name gets the pods as long as it takes any, and others after that. */
  public JobDefinition prefersNode(String name) {
    return withPods(
        pods ->
            pods.editOrNewAffinity()
                .editOrNewNodeAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPreference()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues(name)
                .endMatchExpression()
                .endPreference()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity());
  }

  /**
   * How long the pods stay bound to a node that is lost, which is 300 s unless said.
   *
   * @param patience in whole seconds
   */
  public JobDefinition toleratesLostNode(Duration patience) {
    return withPods(
        pods ->
            pods.addToTolerations(
                tolerating("node.kubernetes.io/not-ready", patience),
                tolerating("node.kubernetes.io/unreachable", patience)));
  }

  private static Toleration tolerating(String taint, Duration patience) {
    return new TolerationBuilder()
        .withKey(taint)
        .withOperator("Exists")
        .withEffect("NoExecute")
        .withTolerationSeconds(patience.toSeconds())
        .build();
  }

  /** A volume of the pods, which the worker's container mounts. */
  public JobDefinition mounting(Volume volume, String path, boolean readOnly) {
    JobDefinition mounted =
        withWorker(
            worker ->
                worker
                    .addNewVolumeMount()
                    .withName(volume.getName())
                    .withMountPath(path)
                    .withReadOnly(readOnly)
                    .endVolumeMount());
    return mounted.withPods(pods -> pods.addToVolumes(volume));
  }

  /** No two of its pods run on one node. */
  public JobDefinition onDifferentNodes() {
    return withPods(
        pods ->
            pods.editOrNewAffinity()
                .editOrNewPodAntiAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .addToMatchLabels("job-name", name())
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity());
  }

  /** With a change of what all its pods have. */
  public JobDefinition pods(UnaryOperator<PodSpec> change) {
    return with(
        job ->
            job.editSpec()
                .editTemplate()
                .withSpec(change.apply(this.job.getSpec().getTemplate().getSpec()))
                .endTemplate()
                .endSpec());
  }

  /** Any other change. */
  public JobDefinition with(UnaryOperator<JobBuilder> change) {
    return new JobDefinition(change.apply(new JobBuilder(job)).build());
  }

  /** The Job as it is now; a copy. */
  public Job toJob() {
    return new JobBuilder(job).build();
  }

  private Container worker() {
    return job.getSpec().getTemplate().getSpec().getContainers().get(workerIndex());
  }

  private int workerIndex() {
    return WorkerContainer.in(job.getSpec().getTemplate()).orElse(0);
  }

  private JobDefinition withPods(UnaryOperator<PodSpecBuilder> change) {
    return pods(spec -> change.apply(new PodSpecBuilder(spec)).build());
  }

  private JobDefinition withWorker(UnaryOperator<ContainerBuilder> change) {
    Container worker = change.apply(new ContainerBuilder(worker())).build();
    return withPods(pods -> pods.setToContainers(workerIndex(), worker));
  }

  private static int notNegative(String what, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("A Job's " + what + " is not negative: " + number);
    }
    return number;
  }

  @Override
  public String toString() {
    return "Job " + name();
  }
}
