package workqueue.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import workqueue.EnvironmentTrouble;
import workqueue.cluster.Anchor;
import workqueue.cluster.Guest;
import workqueue.cluster.Guest.Answer;
import workqueue.cluster.GuestRules;
import workqueue.cluster.RunLock;
import workqueue.waiting.Patience;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

/** Removes what a run that was killed has left: the object that all else belongs to, by its uid. */
final class Undo {
  private static final Duration GONE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Config config;
  private final String namespace;
  private final Patience patience;

  Undo(Config config, String namespace, Patience patience) {
    this.config = config;
    this.namespace = namespace;
    this.patience = patience;
  }

  List<String> undo() {
    Set<String> own = new HashSet<>();
    try (Guest guest =
        new Guest(config, new GuestRules(namespace, Set.of(), own::contains), exchange -> {})) {
      String path = Anchor.path(namespace);
      Answer answer = guest.get(path);
      if (answer.code().filter(code -> code == 404).isPresent()) {
        return List.of("Nothing is left in namespace " + namespace + ".");
      }
      JsonNode anchor = answer.json();
      String run = anchor.at("/data/run").asText();
      if (!answer.isGood()) {
        throw new EnvironmentTrouble(
            "ConfigMap %s in namespace %s cannot be read: %s"
                .formatted(Anchor.NAME, namespace, answer.said()));
      }
      if (run.isEmpty() || !run.equals(anchor.at("/metadata/labels/" + RunLock.LABEL).asText())) {
        throw new EnvironmentTrouble(
            "ConfigMap %s in namespace %s is none of a check: it names no run."
                .formatted(Anchor.NAME, namespace));
      }
      List<String> told = new ArrayList<>();
      told.add("Run " + run + " has left in namespace " + namespace + ":");
      Anchor.left(guest, namespace, run).forEach(each -> told.add("  " + each));
      told.add("  ConfigMap " + Anchor.NAME);
      String uid = anchor.at("/metadata/uid").asText();
      own.add(uid);
      Answer removed = guest.delete(path, uid);
      if (!removed.isGood()) {
        throw new EnvironmentTrouble(
            "%s%nIt cannot be removed: %s%nRemedy: kubectl delete configmap -n %s %s"
                .formatted(String.join("\n", told), removed.said(), namespace, Anchor.NAME));
      }
      try {
        patience.await(
            "it to be gone",
            GONE,
            BETWEEN_LOOKS,
            () -> {
              List<String> still = Anchor.left(guest, namespace, run);
              return Sight.when(still.isEmpty(), still.toString());
            });
      } catch (WaitedInVain inVain) {
        throw new EnvironmentTrouble(String.join("\n", told) + "\n" + inVain.getMessage(), inVain);
      }
      told.add("All of it is gone.");
      return told;
    }
  }
}
