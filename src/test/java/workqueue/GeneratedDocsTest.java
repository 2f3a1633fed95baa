package workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.checker.diagnosis.Cause;
import workqueue.checker.diagnosis.Causes;
import workqueue.conformance.Checks;
import workqueue.conformance.SetUpTable;
import workqueue.gate.ClientWorkers;
import workqueue.gate.Specimen;
import workqueue.gate.SpecimenFile;
import workqueue.tutorial.Fixtures;

/**
 * The tables of the documentation that follow from the code: {@code mvn surefire:test
 * -Dtest=GeneratedDocsTest -Ddocs.write=true} writes them.
 */
class GeneratedDocsTest {
  private static final Path DOCS = Path.of("docs");

  static Stream<Arguments> tables() {
    return Stream.of(
        table("findings.md", "codes", GeneratedDocsTest::codes),
        table("findings.md", "causes", GeneratedDocsTest::causes),
        table("conformance.md", "checks", GeneratedDocsTest::checks),
        table("conformance.md", "set-ups", GeneratedDocsTest::setUps),
        table("selftest.md", "mutants", GeneratedDocsTest::mutants),
        table("selftest.md", "sound", GeneratedDocsTest::sound),
        table("workers.md", "twins", GeneratedDocsTest::twins),
        table("workers.md", "one", () -> RecordedBehaviour.read().table("one")),
        table("workers.md", "drain", () -> RecordedBehaviour.read().table("drain")),
        table("workers.md", "serve", () -> RecordedBehaviour.read().table("serve")));
  }

  private static Arguments table(String file, String name, Supplier<List<String>> rows) {
    return Arguments.of(file, name, rows);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("tables")
  void isUpToDate(String file, String name, Supplier<List<String>> rows) throws IOException {
    Path path = DOCS.resolve(file);
    String text = Files.readString(path);
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    assertThat(text).contains(begin);
    String current =
        text.substring(0, from) + String.join("\n", rows.get()) + "\n" + text.substring(to);
    if (writes()) {
      Files.writeString(path, current);
    }
    assertThat(text)
        .as("write it with mvn surefire:test -Dtest=GeneratedDocsTest -Ddocs.write=true")
        .isEqualTo(current);
  }

  /** Whether what is generated is written, not compared. */
  static boolean writes() {
    return Boolean.getBoolean("docs.write");
  }

  private static List<String> codes() {
    return rows(
        List.of("code", "what is found", "who suffers", "waited for"),
        Causes.all().stream()
            .map(
                each ->
                    List.of(
                        code(each.code().name()),
                        each.code().meaning(),
                        each.scope().words(),
                        each.code().mayPass() ? "`wq.patience`" : "")));
  }

  private static List<String> causes() {
    return Causes.all().stream().flatMap(GeneratedDocsTest::cause).toList();
  }

  private static Stream<String> cause(Cause cause) {
    List<String> lines = new ArrayList<>();
    lines.add("### `" + cause.code() + "`");
    lines.add("");
    cause.documentation().lines().forEach(lines::add);
    lines.add("");
    if (!cause.followsFrom().isEmpty()) {
      lines.add(
          "- may follow from "
              + cause.followsFrom().stream()
                  .map(each -> code(each.name()))
                  .collect(Collectors.joining(", ")));
    }
    cause.remedies().forEach(each -> lines.add("- for " + each.who().words() + ": " + each.what()));
    if (!lines.get(lines.size() - 1).isEmpty()) {
      lines.add("");
    }
    return lines.stream();
  }

  private static List<String> checks() {
    return rows(
        List.of("check", "level", "from", "what holds", "found", "who fixes it", "rests on"),
        Checks.list().stream()
            .map(
                each ->
                    List.of(
                        code(each.id()),
                        each.level().word(),
                        each.modes().stream().min(Comparator.naturalOrder()).orElseThrow().word(),
                        each.holds(),
                        each.blamed().stream()
                            .map(found -> code(found.name()))
                            .collect(Collectors.joining(", ")),
                        each.owner(),
                        "[" + each.restsOn().text() + "](" + each.restsOn().source() + ")")));
  }

  private static List<String> setUps() {
    return rows(
        List.of("set-up", "what is so", "fails", "found", "where"), SetUpTable.rows().stream());
  }

  private static List<String> mutants() {
    return rows(
        List.of("mutant", "what is wrong", "rule", "code"),
        specimens("mutants")
            .map(
                each ->
                    List.of(
                        code("selftest." + each.name()),
                        lower(each.about()),
                        code(each.rule().id()),
                        code(each.roots().get(0).name()))));
  }

  private static List<String> sound() {
    return rows(
        List.of("sound", "what is unusual", "rule"),
        specimens("sound")
            .map(
                each ->
                    List.of(
                        code("selftest." + each.name()),
                        lower(each.about()),
                        code(each.rule().id()))));
  }

  private static List<String> twins() {
    return rows(
        List.of("twin", "what is wrong", "rule", "code"),
        ClientWorkers.all(Fixtures.ofRepository()).stream()
            .filter(Specimen::mutant)
            .map(
                each ->
                    List.of(
                        code("workers." + each.name()),
                        lower(each.about()),
                        code(each.rule().id()),
                        code(each.roots().get(0).name()))));
  }

  private static Stream<Specimen> specimens(String kind) {
    return SpecimenFile.all(Path.of("fixtures", kind)).stream();
  }

  static List<String> rows(List<String> heads, Stream<List<String>> rows) {
    return Stream.concat(Stream.of(heads, heads.stream().map(each -> "---").toList()), rows)
        .map(cells -> cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
        .toList();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String lower(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
