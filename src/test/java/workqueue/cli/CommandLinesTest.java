package workqueue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import workqueue.configuration.Parameter;

class CommandLinesTest {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @TempDir Path folder;

  private static CommandLine all() {
    return CommandLines.of(
        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "judje | judje is no command. Did you mean judge? |",
        "gate --worker-imag x | --worker-imag is no option of gate. Did you mean --worker-image? | gate",
        "gate --itms=3 | --itms is no option of gate. Did you mean --items? | gate",
        "walkthrough --gate-file x | --gate-file is no option of walkthrough. Did you mean --namespace? | walkthrough",
        "gate x | gate takes options only, not x. | gate",
        "gate -Dwq.items=3 | -Dwq.items=3 is written --items=3 here. | gate",
        "gate -Dwq.itms=3 | --itms is no option of gate. Did you mean --items? | gate",
        "gate --items | --items lacks its value, <value>. | gate",
        "judge | judge lacks <history>. | judge",
        "judge --report x y | --report is no option of judge. Did you mean --reports? | judge",
      })
  void saysWhatItDoesNotUnderstand(String line, String message, String command) {
    assertThat(Called.with(line.split(" ", -1)))
        .isEqualTo(
            Called.refused(
                "%s%nHelp: java -jar work-queue.jar %s--help%n"
                    .formatted(message, command == null ? "" : command + " ")));
  }

  @Test
  void saysThatACommandIsMissing() {
    assertThat(Called.with())
        .isEqualTo(
            Called.refused(
                "A command is missing: %s.%nHelp: java -jar work-queue.jar --help%n"
                    .formatted(String.join(", ", all().getSubcommands().keySet()))));
  }

  @Test
  void saysWhichHistoryIsNotThere() {
    assertThat(Called.with("judge", "--reports", folder.resolve("r").toString(), "no/such"))
        .isEqualTo(
            Called.refused(
                "no/such: there is no such file or folder; it is looked up from %s.%nHelp: java -jar work-queue.jar judge --help%n"
                    .formatted(HERE)));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysThatAFolderHoldsNoHistory() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path reports = folder.resolve("reports");
    assertThat(Called.with("judge", "--reports", reports.toString(), empty.toString()))
        .isEqualTo(
            Called.refused(
                "There is no history, no file *.ndjson, in %s.%nRemedy: run a suite, for example java -jar work-queue.jar walkthrough.%n"
                    .formatted(empty)));
    assertThat(reports).doesNotExist();
  }

  @Test
  void saysThatReportsGoIntoAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path history = Histories.write(folder.resolve("a.ndjson"), "VALID");
    assertThat(Called.with("judge", "--reports", file.toString(), history.toString()))
        .isEqualTo(
            Called.refused(
                "--reports=%s: this is a file; allowed is a folder, which is made if need be.%nHelp: java -jar work-queue.jar judge --help%n"
                    .formatted(file)));
  }

  @Test
  void namesParametersAsTheOptionsThatTheyAreHere() {
    Path reports = folder.resolve("reports");
    assertThat(Called.with("gate", "--reports", reports.toString(), "--items=x", "--keep=ever"))
        .isEqualTo(
            Called.refused(
                """
                Nothing was started, for the parameters cannot be used:
                  1. --items=x: allowed is a whole number from 0 to 2147483647.
                  2. --keep=ever: allowed are never, on-failure and always. Did you mean never?
                """));
    assertThat(reports).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Give -Dwq.broker=<URL> or wq.worker.image. | Give --broker=<URL> or --worker-image.",
        "wq.brokers, wq.broker.image.name | wq.brokers, wq.broker.image.name",
        "run fixtures/bootstrap, which | run java -jar work-queue.jar bootstrap, which",
        "mvn verify -Pjudge -Dwq.history=<file> | java -jar work-queue.jar judge <file>",
      })
  void namesThingsAsTheyAreCalledHere(String text, String named) {
    assertThat(Options.named(text)).isEqualTo(named);
  }

  @Test
  void hasAnOptionForEachParameter() {
    List<String> options = Arrays.stream(Parameter.values()).map(Options::of).toList();
    assertThat(options).doesNotHaveDuplicates().contains("--queue-declared-by", "--items");
    CommandLine gate = all().getSubcommands().get("gate");
    CommandLine walkthrough = all().getSubcommands().get("walkthrough");
    for (Parameter parameter : Parameter.values()) {
      String option = Options.of(parameter);
      boolean isOfTheGate = parameter.key().startsWith("wq.gate.");
      if (isOfTheGate || gate.getCommandSpec().findOption(option) != null) {
        assertThat(gate.getUsageMessage()).contains(option);
        assertThat(walkthrough.getCommandSpec().findOption(option) == null).isEqualTo(isOfTheGate);
      }
    }
    assertThat(gate.getCommandSpec().findOption("--context"))
        .isSameAs(gate.getCommandSpec().findOption("--cluster"));
  }

  @Test
  void takesParametersFromOptionsFirst() {
    CommandLine all = all();
    all.parseArgs("gate", "--items=3", "--context=here");
    assertThat(Options.given(all.getSubcommands().get("gate").getParseResult()))
        .containsAllEntriesOf(Map.of("wq.items", "3", "wq.cluster", "here"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"judge", "walkthrough", "gate", "bootstrap", "completion"})
  void hasHelp(String command) {
    Called called = Called.with("--help");
    assertThat(called.code()).isZero();
    assertThat(called.err()).isEmpty();
    assertThat(called.out()).containsPattern("(?m)^  " + command + " ");
  }

  @Test
  void tellsItsVersion() {
    Called called = Called.with("--version");
    assertThat(called.code()).isZero();
    assertThat(called.out())
        .startsWith("work-queue of a checkout\nJava " + Runtime.version() + "\nimages ");
  }

  @Test
  void completesCommandsAndOptions() {
    Called called = Called.with("completion");
    assertThat(called.code()).isZero();
    assertThat(called.out()).contains("work-queue", "walkthrough", "--worker-image");
  }

  @Test
  void runsSuitesThatAreThere() throws IOException {
    String descriptor = Files.readString(Path.of("src/assembly/jar.xml"));
    Stream.of("WalkthroughIT", "GateIT", "CostIT", "JudgeIT")
        .forEach(
            suite -> {
              assertThatCode(() -> Class.forName("workqueue." + suite)).doesNotThrowAnyException();
              assertThat(descriptor).contains("<include>workqueue/" + suite + ".class</include>");
            });
  }

  @Test
  void runsScenariosSideBySideAsMavenDoes() throws IOException {
    Properties maven = new Properties();
    try (Reader file =
        Files.newBufferedReader(
            Path.of("src/test/resources/junit-platform.properties"), StandardCharsets.UTF_8)) {
      maven.load(file);
    }
    maven.stringPropertyNames().stream()
        .filter(each -> each.startsWith("junit."))
        .forEach(
            each -> assertThat(SuiteRun.SIDE_BY_SIDE).containsEntry(each, maven.getProperty(each)));
  }
}
