package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.history.Environment;
import workqueue.history.HarnessEvent.Past;

class BaselineFileTest {
  private static final String ANEW =
      "record it again: mvn verify -Pgate -Dwq.gate.record=<another file>";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("baseline.json");
  }

  @Test
  void keepsHowTheWorkerBehavedBesideWhatItCost() {
    BaselineFile.add(file, past("v1.20.2", "wq-1", 1.0));
    BaselineFile.describe(file, "wq-1", Map.of("heartbeat", "60 s"));
    BaselineFile.describe(file, "another run", Map.of("heartbeat", "none"));
    BaselineFile.add(file, past("v1.37.2", "wq-2", 1.0));
    assertThat(BaselineFile.read(file))
        .extracting(Past::behaviour)
        .containsExactly(Map.of("heartbeat", "60 s"), Map.of());
    assertThat(BaselineFile.behaviour(BaselineFile.read(file), Environment.unknown()))
        .isEqualTo(Map.of("heartbeat", "60 s"));
  }

  @Test
  void keepsTheRunsOfARecordingTogether() throws IOException {
    BaselineFile.add(file, past("v1.20.2", "wq-1", 1.0));
    BaselineFile.add(file, past("v1.20.2", "wq-1", 1.5));
    assertThat(BaselineFile.read(file))
        .containsExactly(
            new Past(
                "v1.20.2",
                "3.10.8",
                "worker:1",
                "wq-1",
                List.of(Map.of("work", List.of(1.0, 1.25)), Map.of("work", List.of(1.5, 1.25)))));
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "baseline" : "work-queue-costs",
              "schema" : 1,
              "pasts" : [ {
                "kubernetes" : "v1.20.2",
                "rabbitmq" : "3.10.8",
                "worker" : "worker:1",
                "run" : "wq-1",
                "runs" : [ {
                  "work" : [ 1.0, 1.25 ]
                }, {
                  "work" : [ 1.5, 1.25 ]
                } ]
              } ]
            }
            """);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void replacesAnEarlierRecordingOfTheSameVersionsOnly() {
    BaselineFile.add(file, past("v1.20.2", "wq-1", 1.0));
    BaselineFile.add(file, past("v1.36.2", "wq-2", 2.0));
    BaselineFile.add(file, past("v1.20.2", "wq-3", 3.0));
    assertThat(BaselineFile.read(file))
        .containsExactly(past("v1.36.2", "wq-2", 2.0), past("v1.20.2", "wq-3", 3.0));
  }

  @Test
  void keepsWhatWasRecordedOnAnotherKindOfMachine() {
    BaselineFile.add(file, past("v1.20.2", "wq-1", 1.0));
    BaselineFile.add(file, past("v1.20.2", "wq-2", 2.0).on("2 × small"));
    BaselineFile.add(file, past("v1.20.2", "wq-3", 3.0).on("8 × large"));
    BaselineFile.add(file, past("v1.20.2", "wq-4", 4.0).on("2 × small"));
    assertThat(BaselineFile.read(file))
        .containsExactly(
            past("v1.20.2", "wq-3", 3.0).on("8 × large"),
            past("v1.20.2", "wq-4", 4.0).on("2 × small"));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    refused("{\"verdict\": \"VALID\"}", "it is something else");
    refused(
        "{\"baseline\": \"work-queue-costs\", \"schema\": 2}",
        "it has schema 2, and this harness reads schema 1");
    refused(whole("[{}]"), "Missing creator property 'kubernetes' (index 0)");
    refused(whole(pasts("\"wrok\": [1.0]")), "\"wrok\" is not measured");
    refused(whole(pasts("\"work\": [-1.0]")), "-1.0 is no figure");
    refused(whole(pasts("\"work\": [null]")), "a figure is missing");
    refused(whole(pasts("\"work\": null")), "a figure is missing");
    refused(whole("[null]"), "a figure is missing");
    assertThatThrownBy(() -> BaselineFile.read(file.resolveSibling("none.json")))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessageStartingWith(file.resolveSibling("none.json") + " is no baseline");
    Files.writeString(file, whole(pasts("\"work\": [1.0]")).substring(0, 60));
    assertThatThrownBy(() -> BaselineFile.read(file))
        .hasMessageStartingWith(file + " is no baseline that can be used: Unexpected end-of-input")
        .hasMessageEndingWith("\nRemedy: " + ANEW);
  }

  @Test
  void leavesAloneWhatIsNoBaseline() throws IOException {
    Files.writeString(file, "{}");
    for (Runnable use :
        List.<Runnable>of(
            () -> BaselineFile.requireRoom(file),
            () -> BaselineFile.add(file, past("v1.20.2", "wq-1", 1.0)))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              file
                  + " is no baseline that can be used: it is something else.\n"
                  + "Remedy: remove it, or name another file with wq.gate.record");
    }
    assertThat(file).hasContent("{}");
    BaselineFile.requireRoom(folder.resolve("new.json"));
  }

  private void refused(String text, String why) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> BaselineFile.read(file))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(file + " is no baseline that can be used: " + why + ".\nRemedy: " + ANEW);
  }

  private static String whole(String pasts) {
    return "{\"baseline\": \"work-queue-costs\", \"schema\": 1, \"pasts\": " + pasts + "}";
  }

  private static String pasts(String run) {
    return "[{\"kubernetes\": \"a\", \"rabbitmq\": \"b\", \"worker\": \"c\", \"run\": \"d\","
        + " \"runs\": [{"
        + run
        + "}]}]";
  }

  private static Past past(String kubernetes, String run, double figure) {
    return new Past(
        kubernetes, "3.10.8", "worker:1", run, List.of(Map.of("work", List.of(figure, 1.25))));
  }
}
