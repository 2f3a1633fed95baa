package workqueue.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workqueue.history.ClusterEvent.ContainerState;

/**
 * A container's environment names a Secret, a ConfigMap or a key that does not exist. The kubelet
 * tries again, so one that comes later is early enough; until then nothing counts as failed.
 */
final class ConfigurationMissing implements Cause {
  private static final Pattern OBJECT =
      Pattern.compile("(?i)\\b(secret|configmap) \"([^\"]+)\" not found");
  private static final Pattern KEY =
      Pattern.compile("(?i)couldn't find key (\\S+) in (secret|configmap) (?:[^/\\s]+/)?(\\S+)");

  @Override
  public List<Suspicion> in(Picture picture, Duration window) {
    List<Suspicion> found = new ArrayList<>();
    Stuck.jobs(picture)
        .forEach(
            job ->
                found.addAll(
                    Stuck.grouped(
                        job, ConfigurationMissing::missing, (what, pods) -> of(job, what, pods))));
    return found;
  }

  /** Whether it is for want of these that the container waits. */
  static boolean keepsWaiting(ContainerState state) {
    return state.reason().equals("CreateContainerConfigError")
        && (OBJECT.matcher(state.message()).find() || KEY.matcher(state.message()).find());
  }

  private static Suspicion of(JobView job, String what, List<PodView> pods) {
    List<Long> proof = new ArrayList<>();
    pods.forEach(
        pod -> waiting(pod).forEach(each -> proof.add(each.lastState().orElseThrow().seq())));
    String[] words = what.split(" ", -1);
    return Suspicion.of(
            FindingCode.CONFIGURATION_MISSING,
            Counted.of(pods.size(), "pod") + " of " + job + " cannot start without " + what)
        .proof(proof)
        .remedy(
            "kubectl get "
                + words[words.length - 2].toLowerCase(Locale.ROOT)
                + " "
                + words[words.length - 1]
                + " -n "
                + job.ref.namespace()
                + " -o yaml");
  }

  private static String missing(PodView pod) {
    return waiting(pod).stream()
        .map(each -> named(each.lastState().orElseThrow().event().message()))
        .findFirst()
        .orElse("");
  }

  private static String named(String message) {
    Matcher key = KEY.matcher(message);
    if (key.find()) {
      return "key " + key.group(1) + " of " + kind(key.group(2)) + " " + key.group(3);
    }
    Matcher object = OBJECT.matcher(message);
    return object.find() ? kind(object.group(1)) + " " + object.group(2) : "";
  }

  private static String kind(String word) {
    return word.equalsIgnoreCase("secret") ? "Secret" : "ConfigMap";
  }

  private static List<Attempt> waiting(PodView pod) {
    return pod.allAttempts().stream()
        .filter(Attempt::waits)
        .filter(each -> keepsWaiting(each.lastState().orElseThrow().event()))
        .toList();
  }
}
