package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.Rule;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.Evidence;

class SpecimenFileTest {
  private static final Path FIXTURES = Path.of("fixtures");

  @TempDir Path folder;

  @Test
  void readsAMutant() throws IOException {
    write(
        "mutant.properties",
        "wrong=It loses items",
        "rule=takes-one-item",
        "code=LOST_ITEMS",
        "also=CRASH_LOOP",
        "command=exec work",
        "evidence=log:did (.*)",
        "items=2",
        "limitSeconds=20");
    Specimen specimen = SpecimenFile.read(folder);
    assertThat(specimen.mutant()).isTrue();
    assertThat(specimen.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(specimen.rule()).isEqualTo(Rule.TAKES_ONE_ITEM);
    assertThat(specimen.roots()).containsExactly(FindingCode.LOST_ITEMS, FindingCode.CRASH_LOOP);
    assertThat(specimen.command()).containsExactly("/bin/sh", "-c", "exec work");
    assertThat(specimen.evidence()).isEqualTo(Evidence.logPattern("did (.*)"));
    assertThat(specimen.setup().items()).isEqualTo(2);
    assertThat(specimen.setup().limit())
        .hasValueSatisfying(each -> assertThat(each).hasSeconds(20));
  }

  @Test
  void readsAProgramBesideIt() throws IOException {
    write("sound.properties", "unusual=It is slow", "rule=takes-one-item", "roots=none");
    Files.writeString(folder.resolve("worker.py"), "pass\n");
    Specimen specimen = SpecimenFile.read(folder);
    assertThat(specimen.mutant()).isFalse();
    assertThat(specimen.roots()).isEmpty();
    assertThat(specimen.evidence()).isEqualTo(Evidence.digestLine());
    assertThat(specimen.command()).containsExactly("python3", "-u", "-c", "pass\n");
  }

  @Test
  void readsWhatIsMadeBesideItsJob() throws IOException {
    write(
        "sound.properties",
        "unusual=Its Secret comes late",
        "rule=takes-one-item",
        "roots=ALL_PROCESSED",
        "command=exec work",
        "queueArguments=x-max-length=4");
    Files.writeString(folder.resolve("job-patch.yaml"), "spec: {backoffLimit: 0}\n");
    Files.writeString(folder.resolve("before.yaml"), "");
    Files.writeString(folder.resolve("after-30s.yaml"), "");
    Files.writeString(folder.resolve("broker"), "add_vhost other\n\n");
    Specimen.Setup setup = SpecimenFile.read(folder).setup();
    assertThat(setup.patch().orElseThrow().fields())
        .isEqualTo(Map.of("spec", Map.of("backoffLimit", 0)));
    assertThat(setup.objects())
        .isEqualTo(
            Map.of(
                Duration.ZERO,
                folder.resolve("before.yaml"),
                Duration.ofSeconds(30),
                folder.resolve("after-30s.yaml")));
    assertThat(setup.broker()).containsExactly("add_vhost other");
    assertThat(setup.queueArguments()).isEqualTo(Map.of("x-max-length", 4L));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    assertTrouble("lacks code", "wrong=x", "rule=takes-one-item", "command=x");
    assertTrouble(
        "names LOST_ITEM, which is no code",
        "wrong=x",
        "rule=takes-one-item",
        "command=x",
        "code=LOST_ITEM");
    assertTrouble(
        "has rule takes-two-items, which there is not",
        "wrong=x",
        "rule=takes-two-items",
        "command=x",
        "code=LOST_ITEMS");
    assertTrouble(
        "needs one of command, exec and a worker.py beside it, not 2",
        "wrong=x",
        "rule=takes-one-item",
        "command=x",
        "exec=y",
        "code=LOST_ITEMS");
    assertTrouble(
        "has items many, which is no whole number",
        "wrong=x",
        "rule=takes-one-item",
        "command=x",
        "items=many",
        "code=LOST_ITEMS");
    assertTrouble(
        "has verdict VALID; known are INVALID, UNKNOWN",
        "wrong=x",
        "rule=takes-one-item",
        "command=x",
        "verdict=VALID",
        "code=LOST_ITEMS");
    assertTrouble(
        "has evidence logs; known are log:<regex>, digest, output:<queue>, none",
        "wrong=x",
        "rule=takes-one-item",
        "command=x",
        "evidence=logs",
        "code=LOST_ITEMS");
    assertTrouble(
        "holds item, wrongs; known are also, backoffLimit, code, command, completions, deletes,"
            + " evidence, exec, graceSeconds, items, kind, limitSeconds, memory, parallelism, patienceSeconds, payloads, poison,"
            + " queueArguments, rival, roots, rule, server, stranger, timeToLiveSeconds, unusual, verdict, wrong",
        "wrongs=x",
        "item=2");
  }

  @Test
  void saysThatAFolderHoldsNone() {
    Path file = folder.resolve("sound.properties");
    assertThatThrownBy(() -> SpecimenFile.read(folder))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(file + " cannot be read: java.nio.file.NoSuchFileException: " + file + ".");
  }

  @Test
  void allOfTheRepositoryCanBeRead() {
    assertThat(SpecimenFile.all(FIXTURES.resolve("mutants"))).allMatch(Specimen::mutant);
    List<Specimen> sound = SpecimenFile.all(FIXTURES.resolve("sound"));
    assertThat(sound).noneMatch(Specimen::mutant).hasSizeGreaterThanOrEqualTo(8);
  }

  /** What everybody gets wrong sooner or later is tried, and found by this code. */
  @Test
  void theUsualMistakesAreAmongThem() {
    Map<String, FindingCode> codes = new TreeMap<>();
    SpecimenFile.all(FIXTURES.resolve("mutants"))
        .forEach(each -> codes.put(each.name(), each.roots().get(0)));
    assertThat(codes)
        .containsEntry("acks-first", FindingCode.LOST_ITEMS)
        .containsEntry("no-ack-mode", FindingCode.LOST_ITEMS)
        .containsEntry("never-acks", FindingCode.FALSE_SUCCESS)
        .containsEntry("takes-two", FindingCode.HOARDED_ITEMS)
        .containsEntry("prefetches-ten", FindingCode.HOARDED_ITEMS)
        .containsEntry("drops-every-third", FindingCode.LOST_ITEMS)
        .containsEntry("alters-item", FindingCode.CORRUPTED_ITEMS)
        .containsEntry("processes-twice", FindingCode.DUPLICATED_ITEMS)
        .containsEntry("republishes", FindingCode.UNEXPECTED_ITEMS)
        .containsEntry("exits-0-on-failure", FindingCode.FALSE_SUCCESS)
        .containsEntry("exits-1-after-ack", FindingCode.ACKED_BUT_NOT_REPORTED)
        .containsEntry("hangs-on-one-item", FindingCode.STILL_WORKING)
        .containsEntry("wrong-queue", FindingCode.QUEUE_MISSING)
        .containsEntry("wrong-interpreter", FindingCode.FALSE_SUCCESS)
        .containsEntry("no-executable-bit", FindingCode.COMMAND_NOT_RUNNABLE)
        .containsEntry("wrong-architecture", FindingCode.COMMAND_NOT_RUNNABLE)
        .containsEntry("eats-memory", FindingCode.OUT_OF_MEMORY)
        .containsEntry("prints-password", FindingCode.SECRET_PRINTED)
        .containsEntry("ignores-sigterm", FindingCode.IGNORED_TERMINATION)
        .containsEntry("completions-too-many", FindingCode.WAITING_FOR_WORK)
        .containsEntry("completions-too-few", FindingCode.LEFTOVER_ITEMS)
        .containsEntry("parallelism-zero", FindingCode.NO_WORKERS)
        .containsEntry("controller-stopped", FindingCode.CONTROLLER_INACTIVE)
        .containsEntry("foreign-consumer", FindingCode.FOREIGN_CONSUMER);
  }

  private void assertTrouble(String what, String... lines) throws IOException {
    write("mutant.properties", lines);
    assertThatThrownBy(() -> SpecimenFile.read(folder))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(folder.resolve("mutant.properties") + " " + what + ".");
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
