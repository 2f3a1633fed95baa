package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import org.junit.jupiter.api.Test;
import workqueue.EnvironmentTrouble;

class EngineKindTest {
  private static final String DOCKER =
      """
      {"Version": "28.2.2", "Components": [{"Name": "Engine", "Version": "28.2.2"}]}""";
  private static final String LINUX =
      """
      {"OperatingSystem": "Debian GNU/Linux 12 (bookworm)", "OSType": "linux",
       "Architecture": "x86_64", "SecurityOptions": ["name=seccomp,profile=default"]}""";

  @Test
  void dockerOnLinuxIsTriedAndHasPrivileges() {
    EngineKind kind = kind(DOCKER, LINUX);
    assertThat(kind.untried()).isEmpty();
    assertThatCode(kind::requirePrivileges).doesNotThrowAnyException();
  }

  @Test
  void anEngineMayLeaveOutWhatItIsNotObligedToTell() {
    EngineKind kind = kind("{}", "{\"Architecture\": \"x86_64\"}");
    assertThat(kind.untried()).isEmpty();
    assertThatCode(kind::requirePrivileges).doesNotThrowAnyException();
  }

  @Test
  void aRootlessEngineIsRefused() {
    EngineKind kind =
        kind(
            DOCKER,
            """
            {"OperatingSystem": "Ubuntu 24.04.1 LTS", "Architecture": "x86_64",
             "SecurityOptions": ["name=seccomp,profile=builtin", "name=rootless", "name=cgroupns"]}
            """);
    assertThatThrownBy(kind::requirePrivileges)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The engine Docker 28.2.2 runs rootless, and a cluster's node needs the privileges of \
            root on its machine.
            Remedy: use an engine that runs as root, by DOCKER_HOST; or a cluster that exists: \
            -Dwq.cluster=<context>.""");
  }

  @Test
  void anEngineIsNotRootlessForAPathOrProfileOfThatName() {
    EngineKind kind =
        kind(
            DOCKER,
            """
            {"OperatingSystem": "Debian", "Architecture": "x86_64",
             "SecurityOptions": ["name=seccomp,profile=/etc/rootless.json", "name=userns"]}""");
    assertThatCode(kind::requirePrivileges).doesNotThrowAnyException();
  }

  @Test
  void podmanIsToldByItsComponent() {
    EngineKind kind =
        kind(
            """
            {"Version": "5.4.2", "Components": [{"Name": "Podman Engine", "Version": "5.4.2"},
             {"Name": "Conmon", "Version": "2.1.12"}]}""",
            """
            {"OperatingSystem": "fedora", "Architecture": "amd64", "SecurityOptions": []}""");
    assertThat(kind.untried()).contains("Podman Engine 5.4.2 on fedora, amd64");
    assertThatCode(kind::requirePrivileges).doesNotThrowAnyException();
  }

  @Test
  void dockerDesktopAndOtherArchitecturesAreNotTried() {
    assertThat(
            kind(
                    DOCKER,
                    """
                    {"OperatingSystem": "Docker Desktop", "Architecture": "x86_64"}""")
                .untried())
        .contains("Docker 28.2.2 on Docker Desktop, x86_64");
    assertThat(
            kind(
                    DOCKER,
                    """
                    {"OperatingSystem": "Debian GNU/Linux 13", "Architecture": "aarch64"}""")
                .untried())
        .contains("Docker 28.2.2 on Debian GNU/Linux 13, aarch64");
  }

  private static EngineKind kind(String version, String info) {
    ObjectMapper json = new ObjectMapper();
    try {
      return EngineKind.of(
          json.readValue(version, Version.class), json.readValue(info, Info.class));
    } catch (JsonProcessingException damaged) {
      throw new IllegalArgumentException(damaged);
    }
  }
}
