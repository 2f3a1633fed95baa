package workqueue.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.tutorial.Edition;

/** What is refused before anything is opened for a scenario. */
class OpeningTest {
  @TempDir Path reports;

  private void refused(Map<String, String> given, String id, int nodes, String message) {
    try (Run run = Run.begin(given, reports, any -> OptionalInt.empty())) {
      ScenarioRun scenario =
          new ScenarioRun(
              run,
              new ScenarioDefinition(
                  id,
                  "What is refused",
                  false,
                  Edition.CURRENT,
                  false,
                  nodes,
                  List.of(),
                  List.of()),
              1);
      assertThatThrownBy(() -> scenario.open(EnvironmentOptions.usual(false)))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(message);
      run.failed();
    }
  }

  @Test
  void sparesTheNodesOfAClusterThatExists() {
    refused(
        Map.of("wq.cluster", "current", "wq.worker.image", "worker:1"),
        "race.node-lost-after-ack",
        2,
        """
        race.node-lost-after-ack harms nodes, and wq.cluster names a cluster that exists: its \
        nodes are never touched.
        Remedy: leave wq.cluster out, so that the scenario has a throwaway cluster of its own.""");
  }

  @Test
  void makesNoLoginInTheNamespaceOfOthers() {
    refused(
        Map.of(
            "wq.cluster", "current",
            "wq.worker.image", "worker:1",
            "wq.namespace", "team-a",
            "wq.worker.vhost", "orders"),
        "gate.keeps-secrets",
        0,
        """
        The worker has its login or its virtual host built in, and the broker in the namespace of \
        wq.namespace is the documented one, with guest and / alone.
        Remedy: leave out wq.worker.user, .password and .vhost, or wq.namespace.""");
  }
}
