package workqueue.walkthrough;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Registry;
import workqueue.cluster.RunLock;
import workqueue.configuration.WorkerChoice;
import workqueue.tutorial.Adaptation;
import workqueue.tutorial.Step;
import workqueue.workload.FolderCopy;
import workqueue.workload.WorkerImage;

/** The steps that make the worker's image and bring it to a registry. */
final class ImageSteps implements AutoCloseable {
  private static final String IMAGE = "job-wq-1";
  private static final String TAG = "latest";

  private final Stage stage;
  private final StepRunner steps;
  private final WorkerChoice choice;
  private FolderCopy sources;
  private WorkerImage built;
  private String reference = "";
  private String digest = "";

  ImageSteps(Stage stage, StepRunner steps) {
    this.stage = stage;
    this.steps = steps;
    this.choice = stage.configuration().worker();
  }

  void walk() {
    if (choice instanceof WorkerChoice.Image given) {
      Adaptation nothing =
          new Adaptation("an image of one's own", "the image " + given.name(), "wq.worker.image");
      for (Step step :
          List.of(Step.MAKE_WORKER_EXECUTABLE, Step.BUILD_IMAGE, Step.TAG_IMAGE, Step.PUSH_IMAGE)) {
        steps.run(
            step,
            notes -> {
              notes.adapted(nothing);
              reference = stage.cluster().provide(List.of(given.name())).get(0);
            });
      }
      return;
    }
    steps.run(Step.MAKE_WORKER_EXECUTABLE, this::makeExecutable);
    steps.run(Step.BUILD_IMAGE, this::build);
    steps.run(Step.TAG_IMAGE, this::tag);
    steps.run(Step.PUSH_IMAGE, notes -> push());
  }

  /** What the Job pulls. */
  String reference() {
    return reference;
  }

  /** The digest that a pull of {@link #reference} is pinned to; empty if it was not pushed. */
  String digest() {
    return digest;
  }

  @Override
  public void close() {
    if (built != null) {
      if (!reference.isEmpty()) {
        stage.engine().untag(reference);
      }
      built.close();
    }
    if (sources != null) {
      sources.close();
    }
  }

  private void makeExecutable(StepRunner.Notes notes) {
    if (choice instanceof WorkerChoice.Context given) {
      notes.adapted(
          new Adaptation(
              Step.MAKE_WORKER_EXECUTABLE.documented(stage.edition()),
              "the sources in " + given.folder() + " as they are",
              "wq.worker.context"));
      sources = FolderCopy.of(given.folder());
      return;
    }
    sources = FolderCopy.of(stage.fixtures().workerContext());
    Path program = sources.root().resolve(stage.fixtures().workerProgram().getFileName());
    boolean there = Files.exists(program);
    steps.expect(there, "the worker's program", there ? program : "no " + program.getFileName());
    WorkerImage.setExecutable(program, true);
    steps.expect(Files.isExecutable(program), "the program to be executable", program);
  }

  private void build(StepRunner.Notes notes) {
    String run = own();
    String name = IMAGE + ":" + run;
    notes.adapted(
        new Adaptation(
            "image " + IMAGE,
            "image " + name,
            "an image of that name on this machine stays what it is"));
    Map<String, String> arguments = Map.of();
    if (choice instanceof WorkerChoice.Tutorial) {
      arguments = Map.of("BASE", stage.baseImage());
      if (!stage.baseImage().equals(stage.edition().baseImage())) {
        notes.adapted(Adaptation.baseImage(stage.edition(), stage.baseImage()));
      }
    }
    built = WorkerImage.build(stage.engine(), sources.root(), arguments, labels(run), name);
    if (choice instanceof WorkerChoice.Tutorial) {
      String command = String.join(" ", built.command());
      steps.expect(
          command.contains("/usr/bin/amqp-consume") && command.endsWith("-c 1 /worker.py"),
          "the image's command to be amqp-consume … -c 1 /worker.py",
          command);
    }
  }

  /**
   * A label of the walk's own makes its image another than that which scenarios load into the node:
   * from Kubernetes 1.35 on a kubelet that has pulled an image under one name takes it for present
   * under no other, unless that one could be pulled as well.
   */
  private Map<String, String> labels(String namespace) {
    Map<String, String> labels = new TreeMap<>(stage.labels());
    labels.put("work-queue.scenario", namespace);
    return labels;
  }

  private void tag(StepRunner.Notes notes) {
    Registry registry = registry();
    notes.adapted(Adaptation.registry(registry.name(repository())));
    built.tag(registry.name(repository()), TAG);
    reference = registry.name(repository()) + ":" + TAG;
    steps.expectEqual(
        "The image that the tag means", built.id(), stage.engine().imageId(reference));
  }

  private void push() {
    Registry registry = registry();
    registry.push(stage.engine(), reference);
    List<String> tags = registry.tags(repository());
    steps.expect(tags.contains(TAG), "the registry to list the tag " + TAG, tags);
    digest = registry.manifestDigest(repository(), TAG);
    // An engine names an image after its configuration or, with newer stores, after its manifest.
    List<String> held = List.of(registry.configurationDigest(repository(), TAG), digest);
    steps.expect(held.contains(built.id()), "the registry to hold image " + built.id(), held);
  }

  private String repository() {
    return own() + "/" + IMAGE;
  }

  /** A name that nobody else uses: in a namespace of others images may have its name. */
  private String own() {
    String namespace = stage.namespace().name();
    return stage.namespace().isShared()
        ? namespace + "-" + stage.labels().get(RunLock.LABEL)
        : namespace;
  }

  private Registry registry() {
    return Optional.of(stage.cluster())
        .flatMap(cluster -> cluster.registry())
        .orElseThrow(
            () ->
                new EnvironmentTrouble(
                    """
                    The walkthrough pushes the worker's image, and there is no registry that this \
                    machine and the cluster share.
                    Remedy: -Dwq.registry=<host>:<port>[/<prefix>], or -Dwq.worker.image=<an image \
                    that the cluster can pull>."""));
  }
}
