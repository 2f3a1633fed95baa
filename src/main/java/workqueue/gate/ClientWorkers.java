package workqueue.gate;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.Rule;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.configuration.AvailableImages;
import workqueue.configuration.Configuration;
import workqueue.configuration.Parameter;
import workqueue.configuration.WorkerContract;
import workqueue.tutorial.Fixtures;

/**
 * The workers of {@code fixtures/workers}, on the client libraries that people use: {@code
 * <client>/<kind>} holds a sound one with its file for the gate, and a folder for each of its twins
 * that are broken on purpose. All of a client are in one image.
 */
public final class ClientWorkers {
  private static final String GATE_FILE = "work-queue.yaml";
  private static final String TWIN = "twin.properties";
  private static final Set<String> NEEDED = Set.of("wrong", "rule", "code");
  private static final String ALSO = "also";
  private static final int ITEMS = 6;
  // So many that who gets them one by one is seen to stop, or not to.
  private static final int ITEMS_TO_HOARD = 24;

  private final Path folder;
  private final String name;
  private final String command;
  private final GateContract contract;
  private final WorkerContract declared;

  private ClientWorkers(Path folder) {
    this.folder = folder;
    this.name = folder.getParent().getFileName() + "-" + folder.getFileName();
    this.command = "/workers/" + folder.getFileName();
    Configuration file =
        Configuration.from(
            Map.of(Parameter.GATE_FILE.key(), folder.resolve(GATE_FILE).toString()),
            AvailableImages.PINNED);
    this.declared = file.contract();
    this.contract = GateContract.of(file);
  }

  /** The folder of them all. */
  public static Path in(Fixtures fixtures) {
    return fixtures.root().resolve("workers");
  }

  /**
   * The sound ones, once for each rule that is about them, as {@code <client>-<kind>.<rule>}, and
   * their twins, as {@code <client>-<kind>.<twin>}.
   *
   * @throws EnvironmentTrouble if a file of one cannot be read or says what is not understood
   */
  public static List<Specimen> all(Fixtures fixtures) {
    return folders(in(fixtures))
        .flatMap(ClientWorkers::folders)
        .filter(each -> Files.exists(each.resolve(GATE_FILE)))
        .map(ClientWorkers::new)
        .flatMap(each -> Stream.concat(each.sound(), each.twins()))
        .toList();
  }

  private static Stream<Path> folders(Path of) {
    try (Stream<Path> all = Files.list(of)) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException failure) {
      throw new EnvironmentTrouble("Cannot list " + of + ".", failure);
    }
  }

  private Stream<Specimen> sound() {
    return Arrays.stream(Rule.values())
        .filter(rule -> !rule.advice() && rule != Rule.BASELINE && rule != Rule.AGAINST)
        .filter(rule -> contract.whyNotJudged(Trials.scenario(rule)).isEmpty())
        .map(
            rule ->
                specimen(
                    rule.id(),
                    "The worker " + rule.demand(),
                    rule,
                    Verdict.VALID,
                    List.of(),
                    declared.command().orElseThrow()));
  }

  private Stream<Specimen> twins() {
    return folders(folder).filter(each -> Files.exists(each.resolve(TWIN))).map(this::twin);
  }

  private Specimen twin(Path twin) {
    Path file = twin.resolve(TWIN);
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new EnvironmentTrouble(file + " cannot be read: " + unreadable, unreadable);
    }
    Set<String> keys = new TreeSet<>(properties.stringPropertyNames());
    boolean also = keys.remove(ALSO);
    if (!keys.equals(NEEDED)) {
      throw new EnvironmentTrouble(
          "%s has the keys %s; it needs %s, and may have also."
              .formatted(
                  file, new TreeSet<>(properties.stringPropertyNames()), new TreeSet<>(NEEDED)));
    }
    return specimen(
        twin.getFileName().toString(),
        properties.getProperty("wrong"),
        value(file, properties.getProperty("rule"), Rule::named),
        Verdict.INVALID,
        Stream.of("code", ALSO)
            .filter(key -> also || !key.equals(ALSO))
            .map(key -> value(file, properties.getProperty(key), ClientWorkers::code))
            .toList(),
        declared.command().orElseThrow().stream()
            .map(word -> word.replace(command, command + "/" + twin.getFileName()))
            .toList());
  }

  private static Optional<FindingCode> code(String name) {
    return Arrays.stream(FindingCode.values()).filter(each -> each.name().equals(name)).findFirst();
  }

  private static <T> T value(Path file, String text, Function<String, Optional<T>> reading) {
    return reading
        .apply(text)
        .orElseThrow(
            () -> new EnvironmentTrouble(file + " names " + text + ", which there is not."));
  }

  private Specimen specimen(
      String what,
      String about,
      Rule rule,
      Verdict verdict,
      List<FindingCode> roots,
      List<String> words) {
    return new Specimen(
        name + "." + what,
        about,
        rule,
        verdict != Verdict.VALID,
        verdict,
        roots,
        words,
        Optional.of(folder.getParent()),
        contract.evidence(),
        contract.poison(),
        Specimen.Setup.plain(
            rule == Rule.BOUNDS_ITS_PREFETCH ? ITEMS_TO_HOARD : ITEMS,
            contract.payloads(),
            contract.kind(),
            contract.queue()));
  }
}
