package workqueue.tutorial;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import workqueue.EnvironmentTrouble;

/** Reads one object from one file, and says what is wrong with a file that does not hold it. */
final class ManifestFile {
  // The parser's marks: the problem on one line, where it is on the next; the last mark counts.
  private static final Pattern MARK =
      Pattern.compile(
          "(?<problem>[^\\n]+)\\n in reader, line (?<line>\\d+), column (?<column>\\d+)");

  private ManifestFile() {}

  static <T extends HasMetadata> T read(Path file, Class<T> type) {
    Object content = parse(file, text(file));
    String wanted = HasMetadata.getKind(type);
    if (content == null) {
      throw trouble(file, "is empty; a " + wanted + " is expected there", null);
    }
    if (content instanceof Collection<?> documents) {
      String kinds = documents.stream().map(ManifestFile::kind).collect(Collectors.joining(", "));
      throw trouble(
          file, "holds %d documents (%s), not one".formatted(documents.size(), kinds), null);
    }
    if (content instanceof RawExtension raw) {
      throw trouble(file, incomplete(raw.getValue()), null);
    }
    if (!type.isInstance(content)) {
      throw trouble(file, "holds " + mismatch(content, wanted, type), null);
    }
    T object = type.cast(content);
    if (object.getMetadata() == null || object.getMetadata().getName() == null) {
      throw trouble(file, "is incomplete: the " + wanted + " has no metadata.name", null);
    }
    return object;
  }

  /** Whether a file holds one object, of this type. */
  static boolean holds(Path file, Class<? extends HasMetadata> type) {
    return type.isInstance(parse(file, text(file)));
  }

  /** All objects of a file, however many. */
  static List<HasMetadata> readAll(Path file) {
    Object content = parse(file, text(file));
    List<?> documents =
        content instanceof Collection<?> several
            ? List.copyOf(several)
            : content instanceof KubernetesResourceList<?> list
                ? list.getItems()
                : content == null ? List.of() : List.of(content);
    for (Object document : documents) {
      if (document instanceof RawExtension raw) {
        throw trouble(file, incomplete(raw.getValue()), null);
      }
      if (!(document instanceof HasMetadata object)
          || object.getMetadata() == null
          || object.getMetadata().getName() == null) {
        throw trouble(file, "is incomplete: " + a(kind(document)) + " has no metadata.name", null);
      }
    }
    return documents.stream().map(HasMetadata.class::cast).toList();
  }

  static EnvironmentTrouble trouble(Path file, String what, Throwable cause) {
    return new EnvironmentTrouble(file + " " + what + ".", cause);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException absent) {
      throw new EnvironmentTrouble(
          "%s does not exist.\nRestore it, for example:\n  git checkout -- %s"
              .formatted(file, file),
          absent);
    } catch (CharacterCodingException binary) {
      throw trouble(file, "is not YAML: it is no UTF-8 text", binary);
    } catch (IOException unreadable) {
      throw trouble(file, "cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Object parse(Path file, String text) {
    try {
      return new KubernetesSerialization().unmarshal(text);
    } catch (RuntimeException malformed) {
      throw Stream.iterate((Throwable) malformed, each -> each != null, Throwable::getCause)
          .filter(DatabindException.class::isInstance)
          .findFirst()
          .map(DatabindException.class::cast)
          .map(each -> trouble(file, "is no valid manifest: " + misfit(each), malformed))
          .orElseGet(() -> trouble(file, "is not YAML: " + problem(malformed), malformed));
    }
  }

  private static String misfit(DatabindException mapping) {
    String path = path(mapping);
    if (mapping instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      String value =
          mapping instanceof InvalidFormatException format ? " (" + format.getValue() + ")" : "";
      return (path.isEmpty() ? "it" : path)
          + value
          + " is not "
          + inWords(mismatch.getTargetType());
    }
    return (path.isEmpty() ? "" : path + ": ") + firstLine(mapping.getOriginalMessage());
  }

  private static String inWords(Class<?> type) {
    if (type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "a group of fields";
  }

  private static String problem(RuntimeException malformed) {
    String message = String.valueOf(malformed.getMessage());
    Matcher mark = MARK.matcher(message);
    String last = firstLine(message);
    while (mark.find()) {
      last =
          "line %s, column %s: %s"
              .formatted(mark.group("line"), mark.group("column"), mark.group("problem").strip());
    }
    return last;
  }

  private static String path(DatabindException mapping) {
    String path =
        mapping.getPath().stream()
            .map(
                each ->
                    each.getPropertyName() == null
                        ? "[" + each.getIndex() + "]"
                        : "." + each.getPropertyName())
            .collect(Collectors.joining());
    return path.replaceFirst("^\\.", "");
  }

  private static String incomplete(Object value) {
    if (!(value instanceof Map<?, ?> fields)) {
      return "is no manifest: it holds no fields";
    }
    String missing = fields.containsKey("kind") ? "apiVersion" : "kind";
    return "is incomplete: it has no " + missing;
  }

  private static String mismatch(Object content, String wanted, Class<? extends HasMetadata> type) {
    String kind = kind(content);
    return kind.equals(wanted) && content instanceof HasMetadata other
        ? "%s of %s, not of %s"
            .formatted(a(kind), other.getApiVersion(), HasMetadata.getApiVersion(type))
        : "%s, not %s".formatted(a(kind), a(wanted));
  }

  private static String kind(Object document) {
    if (document instanceof HasMetadata object) {
      return object.getKind();
    }
    return document instanceof KubernetesResourceList<?> ? "List" : "something without a kind";
  }

  private static String a(String kind) {
    return ("AEIOU".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
