package workqueue.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;

class StrikesTest {
  private final RecordedSite site = new RecordedSite();
  private final Strikes strikes = new Strikes(site);
  private final List<String> healed = new ArrayList<>();

  private Fault freeze(String target) {
    return strikes.lasting(
        Kind.FREEZE_KUBELET,
        target,
        "SIGSTOP",
        () -> "it is stopped",
        () -> {
          healed.add(target);
          return "it runs";
        });
  }

  @Test
  void recordsAStrikeBeforeAndAfterIt() {
    strikes.once(
        Kind.KILL_CONTAINER,
        "pod-0",
        "by its node",
        () -> {
          assertThat(site.told()).isEqualTo("faults injected kill-container on pod-0: by its node");
          return "its processes are gone";
        });

    assertThat(site.told())
        .isEqualTo(
            """
            faults injected kill-container on pod-0: by its node
            faults injected kill-container on pod-0: struck: its processes are gone""");
  }

  @Test
  void whatIsOverAtOnceIsNeverHealed() throws Exception {
    Fault fault = strikes.once(Kind.DELETE_POD, "pod-0", "grace 0 s", () -> "the API accepted it");
    String before = site.told();
    fault.heal();
    site.close();

    assertThat(site.told()).isEqualTo(before);
    assertThat(fault).hasToString("delete-pod on pod-0");
  }

  @Test
  void healsOnceAndSaysSo() throws Exception {
    Fault fault = freeze("node-1");
    fault.heal();
    fault.heal();
    site.close();

    assertThat(healed).containsExactly("node-1");
    assertThat(site.told())
        .endsWith(
            """

            faults healed freeze-kubelet on node-1: begins
            faults healed freeze-kubelet on node-1: healed: it runs""");
  }

  @Test
  void healsAfterTheScenarioWhatItLeft() throws Exception {
    freeze("node-1");
    site.close();

    assertThat(healed).containsExactly("node-1");
  }

  @Test
  void undoesAStrikeThatFailedHalfway() throws Exception {
    EnvironmentTrouble trouble = new EnvironmentTrouble("kill failed");
    assertThatThrownBy(
            () ->
                strikes.lasting(
                    Kind.FREEZE_KUBELET,
                    "node-1",
                    "SIGSTOP",
                    () -> {
                      throw trouble;
                    },
                    () -> {
                      healed.add("node-1");
                      return "it runs";
                    }))
        .isSameAs(trouble);
    site.close();

    assertThat(healed).containsExactly("node-1");
    assertThat(site.told())
        .isEqualTo(
            """
            faults injected freeze-kubelet on node-1: SIGSTOP
            faults healed freeze-kubelet on node-1: did not strike""");
  }

  @Test
  void anUndoingThatFailsHidesNothing() {
    assertThatThrownBy(
            () ->
                strikes.lasting(
                    Kind.STOP_NODE,
                    "node-1",
                    "",
                    () -> {
                      throw new EnvironmentTrouble("stop failed");
                    },
                    () -> {
                      throw new EnvironmentTrouble("start failed");
                    }))
        .hasMessage("stop failed")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(each -> assertThat(each).hasMessage("start failed")));
  }
}
