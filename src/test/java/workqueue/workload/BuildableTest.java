package workqueue.workload;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.EnvironmentTrouble;

class BuildableTest {
  @TempDir Path folder;

  @Test
  void saysThatThereIsNothingToBuild() {
    assertThatThrownBy(() -> Buildable.require(folder, folder))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "There is no Dockerfile in %s.%nRemedy: -Dwq.worker.context=<a folder that holds one>.",
            folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN --mount=type=cache,target=/root/.m2 mvn package",
        "RUN <<EOF",
        "RUN cat <<-'EOF' > /worker.sh",
        "COPY --link worker.py /",
        "copy <<EOF /worker.sh",
        "ARG TARGETARCH",
        "ARG BUILDPLATFORM=linux/amd64",
      })
  void saysWhatToDoWithADockerfileForBuildKit(String line) throws IOException {
    dockerfile("# syntax=docker/dockerfile:1\nFROM debian\n  " + line + "\n");
    assertThatThrownBy(() -> Buildable.require(folder, folder))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            The Dockerfile in %1$s needs BuildKit (%2$s), and the engine's API builds with the \
            classic builder.
            Remedy: docker build -t <name> %1$s, then -Dwq.worker.image=<name>."""
                .formatted(folder, line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN echo --mount=x",
        "RUN echo $((1 << 4)) > /x",
        "ARG TARGET",
        "# RUN --mount=type=cache true",
        "COPY --from=build /worker /",
      })
  void leavesOthersToTheEngine(String line) throws IOException {
    dockerfile("FROM debian\n" + line + "\n");
    assertThatCode(() -> Buildable.require(folder, folder)).doesNotThrowAnyException();
  }

  private void dockerfile(String text) throws IOException {
    Files.writeString(folder.resolve("Dockerfile"), text);
  }
}
