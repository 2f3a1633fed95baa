package workqueue.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import workqueue.EnvironmentTrouble;
import workqueue.cost.Measurement;
import workqueue.history.Environment;
import workqueue.history.HarnessEvent.Past;

/**
 * What workers cost and how they behave, kept in a file: for each pair of versions of Kubernetes
 * and RabbitMQ, on each kind of machine, the runs of the last recording, in seconds and MiB.
 */
public final class BaselineFile {
  private static final String KIND = "work-queue-costs";
  private static final int SCHEMA = 1;
  private static final String BEHAVIOUR = "behaviour";
  private static final String MACHINE = "machine";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BaselineFile() {}

  /** The file's outermost object. */
  private record Kept(String baseline, int schema, List<Past> pasts) {}

  /**
   * Reads what was recorded.
   *
   * @throws EnvironmentTrouble if it cannot be read, or holds something else
   */
  public static List<Past> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException | IllegalArgumentException unfit) {
      throw trouble(
          file, unfit, "record it again: mvn verify -Pgate -Dwq.gate.record=<another file>");
    }
  }

  /** What a file holds that more is to be added to: nothing if it is not there. */
  private static List<Past> readIfThere(Path file) {
    try {
      return Files.exists(file) ? parse(Files.readString(file)) : List.of();
    } catch (IOException | IllegalArgumentException unfit) {
      throw trouble(file, unfit, "remove it, or name another file with wq.gate.record");
    }
  }

  /**
   * Makes sure that a run can be put into the file.
   *
   * @throws EnvironmentTrouble if something else is there
   */
  public static void requireRoom(Path file) {
    readIfThere(file);
  }

  private static List<Past> parse(String text) throws JsonProcessingException {
    JsonNode root = JSON.readTree(text);
    if (!root.path("baseline").asText().equals(KIND)) {
      throw new IllegalArgumentException("it is something else");
    }
    int schema = root.path("schema").asInt();
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "it has schema " + schema + ", and this harness reads schema " + SCHEMA);
    }
    // Files from before it was recorded lack it.
    for (JsonNode past : root.path("pasts")) {
      if (past instanceof ObjectNode object) {
        object.putIfAbsent(BEHAVIOUR, JSON.createObjectNode());
        object.putIfAbsent(MACHINE, JSON.getNodeFactory().textNode(""));
      }
    }
    Kept kept = JSON.treeToValue(root, Kept.class);
    kept.pasts().forEach(BaselineFile::check);
    return kept.pasts();
  }

  private static boolean lacksFigures(Map<String, List<Double>> run) {
    return run == null
        || run.values().stream()
            .anyMatch(figures -> figures == null || figures.stream().anyMatch(Objects::isNull));
  }

  /** Fails on figures that are none. */
  private static void check(Past past) {
    if (past == null || past.runs().stream().anyMatch(BaselineFile::lacksFigures)) {
      throw new IllegalArgumentException("a figure is missing");
    }
    for (Map<String, List<Double>> run : past.runs()) {
      Measurement.fromData(run).figures().values().stream()
          .flatMap(List::stream)
          .filter(value -> !Double.isFinite(value) || value < 0)
          .findFirst()
          .ifPresent(
              value -> {
                throw new IllegalArgumentException(value + " is no figure");
              });
    }
  }

  /**
   * Puts a run into the file. What was recorded on the same versions and kind of machine by an
   * earlier run of the harness goes; what is there of others stays.
   *
   * @throws EnvironmentTrouble if a file is there that is no baseline, or it cannot be written
   */
  public static void add(Path file, Past past) {
    List<Past> all = new ArrayList<>();
    List<Map<String, List<Double>>> runs = new ArrayList<>();
    for (Past each : readIfThere(file)) {
      if (!isOfTheSame(each, past)) {
        all.add(each);
      } else if (each.run().equals(past.run())) {
        runs.addAll(each.runs());
      }
    }
    runs.addAll(past.runs());
    all.add(past.with(runs, past.behaviour()));
    write(file, all);
  }

  /**
   * Notes how the worker behaved whose costs this run of the harness recorded.
   *
   * @throws EnvironmentTrouble if the file cannot be read or written
   */
  public static void describe(Path file, String run, Map<String, String> behaviour) {
    List<Past> pasts = readIfThere(file);
    if (pasts.stream().anyMatch(each -> each.run().equals(run))) {
      write(
          file,
          pasts.stream()
              .map(each -> each.run().equals(run) ? each.with(each.runs(), behaviour) : each)
              .toList());
    }
  }

  /**
   * How the worker behaved, on such a cluster and broker if that was recorded, or else on others.
   */
  public static Map<String, String> behaviour(List<Past> pasts, Environment here) {
    return pasts.stream()
        .filter(each -> !each.behaviour().isEmpty())
        .max(Comparator.comparing(each -> each.isOf(here)))
        .map(Past::behaviour)
        .orElse(Map.of());
  }

  /** Of versions and a machine; what was recorded before machines were is replaced. */
  private static boolean isOfTheSame(Past one, Past other) {
    return one.kubernetes().equals(other.kubernetes())
        && one.rabbitmq().equals(other.rabbitmq())
        && (one.machine().isEmpty() || one.machine().equals(other.machine()));
  }

  private static void write(Path file, List<Past> pasts) {
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(
          beside, JSON.writer(lines).writeValueAsString(new Kept(KIND, SCHEMA, pasts)) + "\n");
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      throw new EnvironmentTrouble("The baseline " + file + " cannot be written.", refused);
    }
  }

  private static EnvironmentTrouble trouble(Path file, Exception unfit, String remedy) {
    String why =
        unfit instanceof JsonProcessingException json ? json.getOriginalMessage() : told(unfit);
    return new EnvironmentTrouble(
        "%s is no baseline that can be used: %s.\nRemedy: %s"
            .formatted(file, why.split("[;\n]", 2)[0], remedy),
        unfit);
  }

  private static String told(Exception unfit) {
    return unfit instanceof IOException ? unfit.toString() : unfit.getMessage();
  }
}
