package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.CONFIGURATION_MISSING;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.Counted;
import workqueue.checker.view.Attempt;
import workqueue.checker.view.JobView;
import workqueue.checker.view.Picture;
import workqueue.checker.view.PodView;
import workqueue.history.ClusterEvent.ContainerState;

/**
 * A container's environment names a Secret, a ConfigMap or a key that does not exist. The kubelet
 * tries again, so one that comes later is early enough; until then nothing counts as failed.
 */
final class ConfigurationMissing extends Cause {
  private static final Pattern OBJECT =
      Pattern.compile("(?i)\\b(secret|configmap) \"([^\"]+)\" not found");
  private static final Pattern KEY =
      Pattern.compile("(?i)couldn't find key (\\S+) in (secret|configmap) (?:[^/\\s]+/)?(\\S+)");

  ConfigurationMissing() {
    super(
        CONFIGURATION_MISSING,
        Scope.POD,
        """
        A container's environment names a Secret, a ConfigMap or a key that does not exist. The kubelet tries again, so that one which comes
        later is early enough; until then nothing counts as failed.
        """,
        Remedy.by(Who.JOB, "create the object, or correct its name or key"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    Picture picture = seen.picture();
    return Stuck.grouped(Stuck.jobs(picture), (job, pod) -> missing(pod), ConfigurationMissing::of);
  }

  /** Whether it is for want of these that the container waits. */
  static boolean keepsWaiting(ContainerState state) {
    return state.reason().equals("CreateContainerConfigError")
        && Missing.in(state.message()).isPresent();
  }

  /**
   * What is missing.
   *
   * @param key of the object; empty if all of it is missing
   */
  private record Missing(String kind, String name, Optional<String> key) {

    static Optional<Missing> in(String message) {
      Matcher key = KEY.matcher(message);
      if (key.find()) {
        return Optional.of(
            new Missing(kind(key.group(2)), key.group(3), Optional.of(key.group(1))));
      }
      Matcher object = OBJECT.matcher(message);
      return object.find()
          ? Optional.of(new Missing(kind(object.group(1)), object.group(2), Optional.empty()))
          : Optional.empty();
    }

    private static String kind(String word) {
      return word.equalsIgnoreCase("secret") ? "Secret" : "ConfigMap";
    }

    @Override
    public String toString() {
      return key.map(each -> "key " + each + " of ").orElse("") + kind + " " + name;
    }
  }

  private static Suspicion of(JobView job, Missing what, List<PodView> pods) {
    List<Long> proof = new ArrayList<>();
    pods.forEach(
        pod -> waiting(pod).forEach(each -> proof.add(each.lastState().orElseThrow().seq())));
    return Suspicion.of(
            CONFIGURATION_MISSING,
            Counted.of(pods.size(), "pod") + " of " + job + " cannot start without " + what)
        .proof(proof)
        .remedy(
            "kubectl get "
                + what.kind.toLowerCase(Locale.ROOT)
                + " "
                + what.name
                + " -n "
                + job.ref.namespace()
                + " -o yaml");
  }

  private static Optional<Missing> missing(PodView pod) {
    return waiting(pod).stream()
        .findFirst()
        .flatMap(each -> Missing.in(each.lastState().orElseThrow().event().message()));
  }

  private static List<Attempt> waiting(PodView pod) {
    return pod.allAttempts().stream()
        .filter(Attempt::waits)
        .filter(each -> keepsWaiting(each.lastState().orElseThrow().event()))
        .toList();
  }
}
