package workqueue.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gate file in the making: what was declared of a worker, and what it was seen to ask for
 * besides.
 */
public final class GateFileDraft {
  private final Map<String, Object> content = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Path file;

  /**
   * Begins with what is declared: by the parameters that were given, and by the gate file that they
   * name, or else lies in the working directory.
   *
   * @param file that is to be written; paths in it are as seen from its folder
   */
  public GateFileDraft(Map<String, String> given, Path file) {
    this.file = file;
    Map<String, String> declared = new LinkedHashMap<>();
    Path read = Path.of(given.getOrDefault(Parameter.GATE_FILE.key(), GateFile.NAME));
    if (Files.isRegularFile(read)) {
      GateFile.read(read).forEach(said -> declared.put(said.parameter().key(), said.text()));
    }
    if (given.containsKey(Parameter.WORKER_IMAGE.key())
        || given.containsKey(Parameter.WORKER_CONTEXT.key())) {
      declared.remove(Parameter.WORKER_IMAGE.key());
      declared.remove(Parameter.WORKER_CONTEXT.key());
    }
    declared.putAll(given);
    GateFile.parameters()
        .forEach(
            (path, parameter) -> {
              if (!declared.containsKey(parameter.key())) {
                return;
              }
              if (parameter.isSecret()) {
                leftOut.add(path);
              } else {
                put(path, text(parameter, declared.get(parameter.key())));
              }
            });
  }

  private Object text(Parameter parameter, String text) {
    if (GateFile.isFile(parameter)) {
      Path folder = file.toAbsolutePath().normalize().getParent();
      return folder.relativize(Path.of(text).toAbsolutePath().normalize()).toString();
    }
    return Flow.is(text) ? Flow.read(text) : text;
  }

  private void put(String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      content.put(path, value);
    } else {
      group(path.substring(0, dot)).put(path.substring(dot + 1), value);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> group(String key) {
    if (!(content.get(key) instanceof Map)) {
      content.put(key, new LinkedHashMap<String, Object>());
    }
    return (Map<String, Object>) content.get(key);
  }

  /**
   * Adds a line such as {@code queue: {name: hello}}; what it says replaces what was declared, but
   * for what is to be filled in, such as {@code <a value>}.
   */
  public void add(String line) {
    for (Map.Entry<?, ?> said : ((Map<?, ?>) Flow.read(line)).entrySet()) {
      String key = String.valueOf(said.getKey());
      if (said.getValue() instanceof Map<?, ?> keys) {
        keys.forEach((name, value) -> put(group(key), String.valueOf(name), value));
      } else {
        put(content, key, said.getValue());
      }
    }
  }

  private static void put(Map<String, Object> into, String key, Object value) {
    if (String.valueOf(value).startsWith("<")) {
      into.putIfAbsent(key, value);
    } else {
      into.put(key, value);
    }
  }

  /** Whether there is nothing to be written. */
  public boolean isEmpty() {
    return content.isEmpty();
  }

  /** The keys whose values are secret, and are therefore not written. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** The file's lines, a key a line. */
  public List<String> lines() {
    return content.entrySet().stream()
        .map(each -> each.getKey() + ": " + Flow.text(each.getValue()))
        .toList();
  }
}
