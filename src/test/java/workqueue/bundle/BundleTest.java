package workqueue.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;

class BundleTest {
  private static final String RESULT =
      """
      {"schema": 1, "verdict": "VALID", "scenarios": [
        {"id": "conformance.a", "verdict": "VALID", "history": "histories/v.ndjson",
         "environment": {"cluster": {"version": "v1.37.2"}}, "findings": []}]}
      """;

  @TempDir Path folder;
  private Path reports;
  private Path file;

  @BeforeEach
  void report() throws IOException {
    reports = Files.createDirectory(folder.resolve("reports"));
    file = folder.resolve("conformance-here-20260131.tgz");
    write("result.json", RESULT);
    write("histories/v.ndjson", "{}\n");
    write("overlay/kustomization.yaml", "patches: []\n");
  }

  private void write(String name, String text) throws IOException {
    Path target = reports.resolve(name);
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
  }

  private static void assertChanged(Path file, String what) {
    assertThatThrownBy(() -> Bundle.read(file))
        .isInstanceOf(ChangedBundle.class)
        .hasMessage("%s was changed, or is no bundle: %s.", file, what);
  }

  @Test
  void holdsWhatIsHandedOnAndNothingElse() throws IOException {
    write("diagnostics/a/secret.txt", "password\n");
    write("allure-results/x.json", "{}");
    write("kubeconfig", "token: secret\n");
    write("junit/TEST-junit-jupiter.xml", "<testsuite/>");
    write("role.yaml", "kind: Role\n");
    write("requests.ndjson", "{}\n");
    write("inventory-before.ndjson", "{}\n");
    Bundle.of(reports).write(file);
    Bundle read = Bundle.read(file);
    assertThat(read.names())
        .containsExactly(
            "histories/v.ndjson",
            "inventory-before.ndjson",
            "junit/TEST-junit-jupiter.xml",
            "manifest.sha256",
            "overlay/kustomization.yaml",
            "requests.ndjson",
            "result.json",
            "role.yaml");
    assertThat(read.result().path("verdict").asText()).isEqualTo("VALID");
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    assertThat(read.unpackHistories(unpacked)).containsExactly(unpacked.resolve("v.ndjson"));
    assertThat(unpacked.resolve("v.ndjson")).hasContent("{}\n");
  }

  @Test
  void isTheSameBytesForTheSameFiles() throws IOException {
    Bundle.of(reports).write(file);
    Path second = folder.resolve("second.tgz");
    Bundle.of(reports).write(second);
    assertThat(second).hasSameBinaryContentAs(file);
  }

  @Test
  void tellsEachByteThatWasChanged() throws IOException {
    Bundle.of(reports).write(file);
    byte[] whole = Files.readAllBytes(file);
    List<Integer> untold = new ArrayList<>();
    for (int index = 0; index < whole.length; index++) {
      byte[] changed = whole.clone();
      changed[index] ^= (byte) 0xff;
      Files.write(file, changed);
      try {
        Bundle.read(file);
        untold.add(index);
      } catch (ChangedBundle told) {
        assertThat(told).hasMessageStartingWith(file + " was changed, or is no bundle: ");
      }
    }
    assertThat(untold).isEmpty();
  }

  @Test
  void tellsWhatItsHashesAreAbout() throws IOException {
    Bundle.of(reports).write(file);
    SortedMap<String, byte[]> files = new TreeMap<>(BundleFile.read(Files.readAllBytes(file)));
    files.put("histories/v.ndjson", "{\"forged\":1}\n".getBytes(StandardCharsets.UTF_8));
    Files.write(file, BundleFile.write(files));
    assertChanged(file, "not as its hash says: histories/v.ndjson");
    files.remove("histories/v.ndjson");
    Files.write(file, BundleFile.write(files));
    assertChanged(file, "not as its hash says: histories/v.ndjson");
    files.put("added.txt", new byte[0]);
    files.put("histories/v.ndjson", "{}\n".getBytes(StandardCharsets.UTF_8));
    Files.write(file, BundleFile.write(files));
    assertChanged(file, "not as its hash says: added.txt");
    files.remove("manifest.sha256");
    Files.write(file, BundleFile.write(files));
    assertChanged(file, "it lacks manifest.sha256");
  }

  @Test
  void writesNothingOutside() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("histories/../../outside", new byte[0]);
    Files.write(file, BundleFile.write(files));
    assertChanged(file, "it holds histories/../../outside, which is no file of a bundle");
  }

  @Test
  void tellsWhatIsNoBundle() throws IOException {
    Files.writeString(file, "something else");
    assertChanged(file, "it does not begin as a bundle does");
    Bundle.of(reports).write(file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertChanged(file, "something follows it");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Bundle.read(file))
        .isInstanceOf(ChangedBundle.class)
        .hasMessageStartingWith(file + " was changed, or is no bundle: it cannot be unzipped: ");
  }

  @Test
  void saysThatThereIsNothingToHandOn() throws IOException {
    Files.delete(reports.resolve("result.json"));
    assertThatThrownBy(() -> Bundle.of(reports))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("There is no result.json in %s, so there is nothing to hand on.", reports);
  }

  @Test
  void saysThatItCannotBeWritten() {
    Path nowhere = folder.resolve("no/such/folder/b.tgz");
    Bundle bundle = Bundle.of(reports);
    assertThatThrownBy(() -> bundle.write(nowhere))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Cannot write the bundle %s: NoSuchFileException: %s
            Remedy: see that the folder can be written and the disk has room: df -h %s""",
            nowhere, nowhere.resolveSibling(".b.tgz.draft"), nowhere.getParent());
  }

  @Test
  void saysThatItCannotBeRead() {
    Path nowhere = folder.resolve("nowhere.tgz");
    assertThatThrownBy(() -> Bundle.read(nowhere))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("Cannot read the bundle %s: NoSuchFileException: %s", nowhere, nowhere);
  }

  private static JsonNode result(String scenarios) throws IOException {
    return new ObjectMapper().readTree("{\"scenarios\": [" + scenarios + "]}");
  }

  @Test
  void comparesScenarioByScenario() throws IOException {
    String broken =
        """
        {"id": "c.b", "verdict": "INVALID", "claims": [{"findings": [
          {"code": "TRAFFIC_BLOCKED", "role": "root"}, {"code": "HUNG", "role": "consequence"}]}]}""";
    JsonNode before =
        result(
            "{\"id\": \"c.a\", \"verdict\": \"VALID\"}, {\"id\": \"c.b\", \"verdict\": \"VALID\"}");
    JsonNode after =
        result(
            "{\"id\": \"c.a\", \"verdict\": \"VALID\"}, {\"id\": \"c.d\", \"verdict\": \"UNKNOWN\"}, "
                + broken);
    assertThat(Comparison.of(before, after))
        .isEqualTo(
            new Comparison(
                List.of("c.b: VALID → INVALID (TRAFFIC_BLOCKED)", "c.d: not run → UNKNOWN"), 1));
    assertThat(Comparison.of(after, after)).isEqualTo(new Comparison(List.of(), 3));
  }

  @Test
  void comparesOnlyWhatWasRecordedWhenItIsJudgedAgain() throws IOException {
    JsonNode said =
        result(
            "{\"id\": \"c.a\", \"verdict\": \"VALID\", \"history\": \"h\"}, {\"id\": \"c.b\", \"verdict\": \"VALID\"}");
    assertThat(Comparison.again(said, result("{\"id\": \"c.a\", \"verdict\": \"INVALID\"}")))
        .isEqualTo(new Comparison(List.of("c.a: VALID → INVALID"), 0));
  }
}
