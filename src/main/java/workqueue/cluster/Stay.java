package workqueue.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import workqueue.EnvironmentTrouble;
import workqueue.configuration.PodOverlay;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;

/**
 * The stay of a run in a namespace that exists, in which others have objects: what it makes is
 * labelled with the run, belongs to its {@link Anchor}, and is removed by its uid.
 */
public final class Stay {
  /** What may be made there. */
  static final Set<String> MAKES =
      Set.of(
          "configmaps",
          "jobs",
          "pods",
          "replicationcontrollers",
          "secrets",
          "services",
          "statefulsets");

  private static final Duration GONE = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofHours(1);

  private final Guest guest;
  private final String namespace;
  private final String run;
  private final List<String> pullSecrets;
  private final Optional<PodOverlay> overlay;
  private final Belongings belongings;
  private String anchor;

  /**
   * @param guest whose rules know these belongings
   * @param pullSecrets that pods are told of
   * @param overlay what they get besides
   */
  Stay(
      Guest guest,
      String namespace,
      String run,
      List<String> pullSecrets,
      Optional<PodOverlay> overlay,
      Belongings belongings) {
    this.guest = guest;
    this.namespace = namespace;
    this.run = run;
    this.pullSecrets = List.copyOf(pullSecrets);
    this.overlay = overlay;
    this.belongings = belongings;
  }

  String namespace() {
    return namespace;
  }

  Guest guest() {
    return guest;
  }

  /** The labels of all that is the run's. */
  Map<String, String> labels() {
    return Map.of(RunLock.LABEL, run);
  }

  boolean owns(String object) {
    return belongings.hasNamed(object);
  }

  /**
   * Begins, once nobody else is there.
   *
   * @throws workqueue.EnvironmentTrouble if another run is there
   */
  synchronized void begin() {
    String uid =
        Anchor.made(
            guest,
            namespace,
            run,
            guest.post(
                ApiPath.of("v1", "ConfigMap", namespace),
                Anchor.object(namespace, run).toString()));
    belongings.add(Anchor.path(namespace), uid);
    anchor = uid;
  }

  /** Makes an object that belongs to the run. */
  <T extends HasMetadata> T create(T object) {
    T own = Serialization.clone(object);
    mark(own);
    own = overlaid(own);
    belongings.expect(own.getMetadata().getName());
    T made = guest.client().resource(own).inNamespace(namespace).create();
    belongings.add(
        ApiPath.of(made.getApiVersion(), made.getKind(), namespace)
            + "/"
            + made.getMetadata().getName(),
        made.getMetadata().getUid());
    return made;
  }

  private <T extends HasMetadata> T overlaid(T object) {
    return overlay.isPresent() ? OverlaidPods.of(overlay.get(), object) : object;
  }

  private synchronized void mark(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    metadata.setNamespace(namespace);
    label(metadata);
    metadata.setOwnerReferences(
        List.of(
            new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(Anchor.NAME)
                .withUid(anchor)
                .withBlockOwnerDeletion(false)
                .build()));
    if (object instanceof Pod pod) {
      pod.getSpec().setActiveDeadlineSeconds(DEADLINE.toSeconds());
      pull(pod.getSpec());
    }
    OverlaidPods.template(object)
        .ifPresent(
            template -> {
              if (template.getMetadata() == null) {
                template.setMetadata(new ObjectMeta());
              }
              label(template.getMetadata());
              pull(template.getSpec());
              // Pods that a controller has to keep up may have none.
              if (object instanceof Job) {
                template.getSpec().setActiveDeadlineSeconds(DEADLINE.toSeconds());
              }
            });
  }

  private void label(ObjectMeta metadata) {
    Map<String, String> labels = new HashMap<>();
    if (metadata.getLabels() != null) {
      labels.putAll(metadata.getLabels());
    }
    labels.putAll(labels());
    metadata.setLabels(labels);
  }

  private void pull(PodSpec pod) {
    List<LocalObjectReference> secrets = new ArrayList<>();
    if (pod.getImagePullSecrets() != null) {
      secrets.addAll(pod.getImagePullSecrets());
    }
    pullSecrets.forEach(each -> secrets.add(new LocalObjectReference(each)));
    pod.setImagePullSecrets(secrets);
  }

  /**
   * Deletes an object of the run, or a pod that came of one.
   *
   * @param grace that a pod is given
   * @return whether it was there
   * @throws workqueue.EnvironmentTrouble if it is somebody else's, or cannot be deleted
   */
  boolean delete(HasMetadata object, Optional<Duration> grace) {
    ObjectMeta metadata = object.getMetadata();
    if (metadata.getLabels() != null && run.equals(metadata.getLabels().get(RunLock.LABEL))) {
      belongings.adopt(metadata.getName(), metadata.getUid());
    }
    Guest.Answer answer =
        guest.delete(
            ApiPath.of(object.getApiVersion(), object.getKind(), namespace)
                + "/"
                + metadata.getName(),
            metadata.getUid(),
            grace);
    if (answer.isGood()) {
      return true;
    }
    if (answer.code().filter(Belongings.GONE::contains).isPresent()) {
      return false;
    }
    throw new EnvironmentTrouble(
        "%s %s in namespace %s cannot be deleted: %s"
            .formatted(object.getKind(), metadata.getName(), namespace, answer.said()));
  }

  /** Removes all of it, and waits until it is gone; safe to call again. */
  void end(Patience patience) {
    patience.await(
        "what was made in namespace " + namespace + " to be gone",
        GONE,
        BETWEEN_LOOKS,
        () -> {
          List<String> left = new ArrayList<>(belongings.remove(guest));
          try {
            left.addAll(Anchor.left(guest, namespace, run));
          } catch (EnvironmentTrouble unlisted) {
            return Sight.<Boolean>notYet(unlisted.getMessage());
          }
          return Sight.when(left.isEmpty(), left.toString());
        });
  }
}
