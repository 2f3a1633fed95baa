package workqueue.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Lists and maps in a line, as YAML and JSON write them: {@code [a, b]}, {@code {a: b}}. */
final class Flow {
  private static final int NO_BREAKS = Integer.MAX_VALUE;

  private Flow() {}

  /** Whether the text is to be read as a list or a map. */
  static boolean is(String text) {
    return text.startsWith("[") || text.startsWith("{");
  }

  /**
   * Reads any YAML.
   *
   * @throws Mistake that says where it is broken
   */
  static Object read(String text) {
    try {
      return new Load(LoadSettings.builder().build()).loadFromString(text);
    } catch (MarkedYamlEngineException broken) {
      throw new Mistake(
          "this is no YAML: %s%s."
              .formatted(
                  broken.getProblem(),
                  broken
                      .getProblemMark()
                      .map(mark -> " in line " + (mark.getLine() + 1))
                      .orElse("")));
    } catch (YamlEngineException broken) {
      throw new Mistake("this is no YAML: " + broken.getMessage() + ".");
    }
  }

  /** The texts of a list; of a text that is none, itself alone. */
  static List<String> list(String text) {
    if (!Flow.is(text)) {
      return List.of(text);
    }
    if (!(read(text) instanceof List<?> list)) {
      throw new Mistake("allowed is a list, for example [\"$(BROKER_URL)\", --once].");
    }
    List<String> texts = new ArrayList<>();
    for (Object each : list) {
      texts.add(
          scalar(each)
              .orElseThrow(() -> new Mistake("each part of the list is a text or a number.")));
    }
    return texts;
  }

  /** The texts of a map by their names. */
  static Map<String, String> map(Object value, String example) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new Mistake("allowed is a map, for example " + example + ".");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      texts.put(
          String.valueOf(each.getKey()),
          scalar(each.getValue())
              .orElseThrow(
                  () -> new Mistake("the value of " + each.getKey() + " is a text or a number.")));
    }
    return texts;
  }

  static Optional<String> scalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  /** The value in a line. */
  static String text(Object value) {
    DumpSettings inOneLine =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setWidth(NO_BREAKS)
            .setSplitLines(false)
            .build();
    return new Dump(inOneLine).dumpToString(value).strip();
  }
}
