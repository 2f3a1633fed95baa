package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.waiting.Sight;
import workqueue.waiting.WaitedInVain;

class StartTroubleTest {
  private static final String ROLE = "the cluster's node";
  private static final Optional<String> TRIED = Optional.empty();

  @ParameterizedTest
  @ValueSource(
      strings = {
        // runc, in an engine that lacks the capabilities itself
        "Status 500: failed to create task for container: OCI runtime create failed: runc create"
            + " failed: unable to apply caps: operation not permitted: unknown",
        // rootless and user-namespace engines
        "Status 400: privileged mode is incompatible with user namespaces.  You must run the"
            + " container in the host namespace when running privileged mode",
        "Status 500: runc create failed: error mounting \"cgroup\" to rootfs at \"/sys/fs/cgroup\":"
            + " permission denied: unknown",
        // authorisation plugins
        "Status 403: authorization denied by plugin opa-docker-authz: request rejected by"
            + " administrative policy",
        "Status 403: authorization denied by plugin casbin: privileged containers are not allowed"
      })
  void tellsThatTheEngineLacksPrivilege(String engineSays) {
    Throwable failure =
        new IllegalStateException(
            "Container startup failed for image node:1", new IllegalStateException(engineSays));
    assertThat(StartTrouble.of(ROLE, "node:1", TRIED, failure))
        .hasMessage(
            """
            The Docker engine may not start privileged containers, which the cluster's node needs: \
            %s
            Remedy: use an engine that runs as root (not rootless, not behind a policy); \
            fixtures/bootstrap sets one up on Debian and Ubuntu."""
                .formatted(engineSays))
        .hasCause(failure);
  }

  @Test
  void tellsThatTheImageIsNotThere() {
    assertThat(
            StartTrouble.of(
                ROLE, "node:1", TRIED, new IllegalStateException("Can't get Docker image: node:1")))
        .hasMessage(
            """
            The image node:1 does not exist: neither this machine's engine holds it, nor can it be \
            pulled.
            Remedy: correct the name, build or pull the image, or run fixtures/bootstrap, which \
            prepares the harness's own images.""");
  }

  @Test
  void tellsWhatAContainerThatEndedHadPrinted() {
    assertThat(StartTrouble.of(ROLE, "x:1", TRIED, ended(List.of("no such command", "usage: x"))))
        .hasMessageMatching(
            """
            The image x:1 did not become the cluster's node: Stopped waiting for the line "ready" \
            after 0\\.\\d s: it cannot come any more\\.
            Seen: the container has ended
            Its last lines:
                no such command
                usage: x
            Remedy: give an image that is made for this role, or leave the parameter out\\.""");
  }

  @Test
  void doesNotTakeWhatAContainerPrintsForTheEnginesWords() {
    assertThat(StartTrouble.of(ROLE, "x:1", TRIED, ended(List.of("x: permission denied"))))
        .hasMessageStartingWith("The image x:1 did not become the cluster's node: ")
        .hasMessageContaining("\n    x: permission denied\n");
  }

  @Test
  void tellsWhereAContainerEndedThatTheEngineIsOfAKindThatNobodyTried() {
    var podman = Optional.of("Podman Engine 5.4.2 on fedora, aarch64");
    assertThat(StartTrouble.of(ROLE, "x:1", podman, ended(List.of("no such file"))))
        .hasMessageEndingWith(
            """
            Its last lines:
                no such file
            The harness has been run with Docker on Linux, x86-64, only; this is Podman Engine \
            5.4.2 on fedora, aarch64.
            Remedy: give an image that is made for this role, or leave the parameter out; or use \
            Docker on Linux, x86-64.""");
  }

  private static Throwable ended(List<String> lines) {
    try {
      new Patience(1, Progress.NONE)
          .await(
              "the line \"ready\"",
              java.time.Duration.ofSeconds(5),
              () -> Sight.hopeless("the container has ended"));
      throw new AssertionError("it was hopeless");
    } catch (WaitedInVain inVain) {
      return new IllegalStateException(
          "Container startup failed", new ReadyContainer.NeverReady(inVain, lines));
    }
  }
}
