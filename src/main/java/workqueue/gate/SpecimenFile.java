package workqueue.gate;

import static java.util.function.Predicate.not;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.configuration.QueueArguments;
import workqueue.configuration.QueueContract;
import workqueue.history.Evidence;
import workqueue.tutorial.JobPatch;

/**
 * Reads specimens: a folder each, with a file of properties and, if the worker is a program, that
 * program as {@code worker.py}; with a Dockerfile if it has an image of its own.
 */
public final class SpecimenFile {
  private static final int ITEMS = 6;
  private static final String MUTANT = "mutant.properties";
  private static final String SOUND = "sound.properties";
  private static final Set<String> KEYS =
      Set.of(
          "wrong",
          "unusual",
          "verdict",
          "rule",
          "code",
          "also",
          "roots",
          "command",
          "exec",
          "evidence",
          "poison",
          "items",
          "completions",
          "parallelism",
          "backoffLimit",
          "memory",
          "graceSeconds",
          "timeToLiveSeconds",
          "stranger",
          "deletes",
          "limitSeconds",
          "patienceSeconds",
          "payloads",
          "kind",
          "server",
          "queueArguments",
          "rival");
  private static final Pattern LATER = Pattern.compile("after-([0-9]{1,4})s\\.yaml");

  private final Path folder;
  private final Path file;
  private final boolean mutant;
  private final Properties properties = new Properties();

  private SpecimenFile(Path folder) {
    this.folder = folder;
    this.mutant = Files.exists(folder.resolve(MUTANT));
    this.file = folder.resolve(mutant ? MUTANT : SOUND);
  }

  /** All specimens in the folders below this one, by name. */
  public static List<Specimen> all(Path root) {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(Files::isDirectory).sorted().map(SpecimenFile::read).toList();
    } catch (IOException failure) {
      throw new EnvironmentTrouble("Cannot list " + root + ".", failure);
    }
  }

  /**
   * The specimen in a folder.
   *
   * @throws EnvironmentTrouble if its file cannot be read or says something that is not understood
   */
  public static Specimen read(Path folder) {
    return new SpecimenFile(folder).read();
  }

  private Specimen read() {
    String program = "";
    try {
      properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
      Path script = folder.resolve("worker.py");
      program = Files.exists(script) ? Files.readString(script, StandardCharsets.UTF_8) : "";
    } catch (IOException | IllegalArgumentException unreadable) {
      throw trouble("cannot be read: " + unreadable, unreadable);
    }
    Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw trouble(
          "holds "
              + String.join(", ", unknown)
              + "; known are "
              + String.join(", ", new TreeSet<>(KEYS)),
          null);
    }
    return new Specimen(
        folder.getFileName().toString(),
        text(mutant ? "wrong" : "unusual"),
        value("rule", Rule::named),
        mutant,
        verdict(),
        codes(
            mutant
                ? text("code") + optional("also").map(each -> "," + each).orElse("")
                : text("roots")),
        command(program),
        Optional.of(folder).filter(each -> Files.exists(each.resolve("Dockerfile"))),
        optional("evidence").map(this::evidence).orElseGet(Evidence::digestLine),
        optional("poison"),
        new Specimen.Setup(
            number("items").orElse(ITEMS),
            number("completions"),
            number("parallelism"),
            number("backoffLimit"),
            optional("memory"),
            seconds("graceSeconds"),
            seconds("timeToLiveSeconds"),
            optional("stranger").isPresent(),
            optional("deletes").isPresent(),
            beside("job-patch.yaml").map(JobPatch::read),
            objects(),
            beside("broker").map(this::lines).orElse(List.of()),
            queueArguments(),
            optional("payloads").map(this::payloads).orElse(Set.of(PayloadKind.LINE)),
            optional("kind").map(this::kind).orElse(WorkerKind.ONE),
            QueueContract.ANY,
            optional("server").map(each -> List.of(each.split(" +"))).orElse(List.of()),
            seconds("limitSeconds"),
            seconds("patienceSeconds"),
            optional("rival").map(this::rival)));
  }

  private Optional<Path> beside(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::exists);
  }

  /** The files of objects, by the time after the Job at which they are made. */
  private Map<Duration, Path> objects() {
    Map<Duration, Path> objects = new TreeMap<>();
    beside("before.yaml").ifPresent(each -> objects.put(Duration.ZERO, each));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Matcher later = LATER.matcher(each.getFileName().toString());
        if (later.matches()) {
          objects.put(Duration.ofSeconds(Long.parseLong(later.group(1))), each);
        }
      }
    } catch (IOException unreadable) {
      throw trouble("stands in a folder that cannot be listed", unreadable);
    }
    return objects;
  }

  private List<String> lines(Path of) {
    try {
      return Files.readAllLines(of).stream()
          .map(String::strip)
          .filter(not(String::isEmpty))
          .toList();
    } catch (IOException unreadable) {
      throw trouble("has a file beside it that cannot be read, " + of, unreadable);
    }
  }

  private WorkerKind kind(String text) {
    return WorkerKind.named(text)
        .orElseThrow(
            () ->
                trouble(
                    "has kind \"%s\"; allowed are %s"
                        .formatted(text, String.join(" and ", WorkerKind.ids())),
                    null));
  }

  private Set<PayloadKind> payloads(String text) {
    Set<PayloadKind> kinds = new TreeSet<>();
    for (String id : text.split(",", -1)) {
      kinds.add(
          PayloadKind.named(id.strip())
              .orElseThrow(
                  () ->
                      trouble(
                          "has payloads "
                              + text
                              + "; known are "
                              + String.join(", ", PayloadKind.ids()),
                          null)));
    }
    return kinds;
  }

  private Map<String, Object> queueArguments() {
    try {
      return optional("queueArguments").map(QueueArguments::read).orElse(Map.of());
    } catch (IllegalArgumentException mistake) {
      throw trouble("has queueArguments of another form: " + mistake.getMessage(), mistake);
    }
  }

  /** The command of a sound worker. */
  private List<String> rival(String name) {
    return read(folder.resolve("../../sound").resolve(name).normalize()).command();
  }

  private Verdict verdict() {
    if (!mutant) {
      return Verdict.VALID;
    }
    String text = optional("verdict").orElse(Verdict.INVALID.name());
    if (!text.equals(Verdict.INVALID.name()) && !text.equals(Verdict.UNKNOWN.name())) {
      throw trouble("has verdict " + text + "; known are INVALID, UNKNOWN", null);
    }
    return Verdict.valueOf(text);
  }

  private List<String> command(String program) {
    Optional<String> shell = optional("command");
    Optional<String> exec = optional("exec");
    long given =
        Stream.of(shell.isPresent(), exec.isPresent(), !program.isEmpty()).filter(is -> is).count();
    if (given != 1) {
      throw trouble("needs one of command, exec and a worker.py beside it, not " + given, null);
    }
    if (exec.isPresent()) {
      return List.of(exec.get().split(" ", -1));
    }
    return shell
        .map(each -> List.of("/bin/sh", "-c", each))
        .orElse(List.of("python3", "-u", "-c", program));
  }

  private List<FindingCode> codes(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::trim)
        .filter(each -> !each.equals("none"))
        .map(
            each ->
                Arrays.stream(FindingCode.values())
                    .filter(code -> code.name().equals(each))
                    .findFirst()
                    .orElseThrow(() -> trouble("names " + each + ", which is no code", null)))
        .toList();
  }

  private Evidence evidence(String text) {
    if (text.startsWith("log:")) {
      return Evidence.logPattern(text.substring(4));
    }
    if (text.startsWith("output:")) {
      return Evidence.outputQueue(text.substring(7));
    }
    if (text.equals("digest")) {
      return Evidence.digestLine();
    }
    if (text.equals("none")) {
      return Evidence.none();
    }
    throw trouble(
        "has evidence " + text + "; known are log:<regex>, digest, output:<queue>, none", null);
  }

  private <T> T value(String key, Function<String, Optional<T>> reading) {
    String text = text(key);
    return reading
        .apply(text)
        .orElseThrow(() -> trouble("has " + key + " " + text + ", which there is not", null));
  }

  private Optional<Integer> number(String key) {
    return optional(key)
        .map(
            text -> {
              if (!text.matches("[0-9]{1,6}")) {
                throw trouble("has " + key + " " + text + ", which is no whole number", null);
              }
              return Integer.parseInt(text);
            });
  }

  private Optional<Duration> seconds(String key) {
    return number(key).map(Duration::ofSeconds);
  }

  private String text(String key) {
    return optional(key).orElseThrow(() -> trouble("lacks " + key, null));
  }

  private Optional<String> optional(String key) {
    return Optional.ofNullable(properties.getProperty(key))
        .map(String::strip)
        .filter(each -> !each.isEmpty());
  }

  private EnvironmentTrouble trouble(String what, Exception cause) {
    return new EnvironmentTrouble(file + " " + what + ".", cause);
  }
}
