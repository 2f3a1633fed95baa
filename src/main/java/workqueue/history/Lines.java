package workqueue.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of a history file: keys in a fixed order, nothing written that is empty. */
final class Lines {
  /** Rises whenever a file of this version could be misread by the version before. */
  static final int SCHEMA = 1;

  private static final String KIND = "work-queue";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(new InstantOut())
                  .addDeserializer(Instant.class, new InstantIn()))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Map<String, Class<?>> TYPES =
      records(Event.class).collect(Collectors.toUnmodifiableMap(Lines::word, Function.identity()));

  private Lines() {}

  static String ofHeader(Header header) {
    ObjectNode line = JSON.createObjectNode();
    line.put("history", KIND).put("schema", SCHEMA);
    line.setAll((ObjectNode) JSON.valueToTree(header));
    return text(line);
  }

  static String ofEvent(Recorded<?> recorded) {
    ObjectNode line = JSON.createObjectNode();
    line.put("seq", recorded.seq())
        .put("at", recorded.at().toString())
        .put("source", recorded.source().word())
        .put("event", word(recorded.event().getClass()));
    line.setAll((ObjectNode) JSON.valueToTree(recorded.event()));
    return text(line);
  }

  static Header header(String text) throws Unfit {
    ObjectNode line;
    try {
      line = object(text);
    } catch (Unfit notJson) {
      throw foreign(notJson);
    }
    if (!KIND.equals(line.path("history").asText())) {
      throw foreign(null);
    }
    int schema = take(line, "schema").asInt();
    if (schema > SCHEMA) {
      throw new Unfit(
          "the history has schema " + schema + ", this harness reads up to " + SCHEMA,
          "Judge it with the harness that wrote it, or a newer one: git pull && mvn verify -Pjudge",
          null);
    }
    line.remove("history");
    return bind(line, Header.class, "header");
  }

  static Recorded<?> event(String text) throws Unfit {
    ObjectNode line = object(text);
    long seq = take(line, "seq").asLong();
    String at = take(line, "at").asText();
    String source = take(line, "source").asText();
    String type = take(line, "event").asText();
    Class<?> known = TYPES.get(type);
    if (known == null) {
      throw damage("there is no event \"" + type + "\"", null);
    }
    Event event = (Event) bind(line, known, type);
    try {
      return new Recorded<>(seq, Instant.parse(at), source(source), event);
    } catch (DateTimeException | IllegalArgumentException nonsense) {
      throw damage(nonsense.getMessage(), nonsense);
    }
  }

  /** The name of a type of event in the file: {@code pod-state} for {@code PodState}. */
  static String word(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** All types of events. */
  static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(Lines::records);
  }

  private static Source source(String word) {
    return Arrays.stream(Source.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no source \"" + word + "\""));
  }

  private static <T> T bind(ObjectNode line, Class<T> type, String what) throws Unfit {
    try {
      return JSON.treeToValue(line, type);
    } catch (UnrecognizedPropertyException unknown) {
      throw damage("\"" + what + "\" has no field \"" + unknown.getPropertyName() + "\"", unknown);
    } catch (JsonMappingException unfit) {
      Throwable cause = unfit.getCause() == null ? unfit : unfit.getCause();
      String why =
          cause instanceof IllegalArgumentException
              ? cause.getMessage()
              : "the field \"" + path(unfit) + "\" is missing or of the wrong kind";
      throw damage(what + ": " + why, unfit);
    } catch (JsonProcessingException unfit) {
      throw damage(what + ": " + unfit.getOriginalMessage(), unfit);
    }
  }

  private static String path(JsonMappingException unfit) {
    return unfit.getPath().stream()
        .map(each -> each.getFieldName() == null ? "[]" : each.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static ObjectNode object(String text) throws Unfit {
    try {
      if (JSON.readTree(text) instanceof ObjectNode line) {
        return line;
      }
      throw damage("the line is no JSON object", null);
    } catch (JsonProcessingException broken) {
      throw damage("the line is no JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  private static JsonNode take(ObjectNode line, String field) throws Unfit {
    JsonNode value = line.remove(field);
    if (value == null || value.isNull()) {
      throw damage("the field \"" + field + "\" is missing", null);
    }
    return value;
  }

  private static String text(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Events are plain data.", impossible);
    }
  }

  private static Unfit damage(String what, Throwable cause) {
    return new Unfit(
        what,
        "The file was changed after it was recorded. Restore it, or record it again: run the"
            + " scenario, its history is written to reports/histories.",
        cause);
  }

  private static Unfit foreign(Throwable cause) {
    return new Unfit(
        "this is no history: it does not begin with {\"history\":\"" + KIND + "\",…}",
        "Name a history, as in reports/histories: mvn verify -Pjudge -Dwq.history=<file>",
        cause);
  }

  /** A line that cannot be read: what is wrong with it, and what helps. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;
    private final String remedy;

    Unfit(String what, String remedy, Throwable cause) {
      super(what, cause);
      this.remedy = remedy;
    }

    String remedy() {
      return remedy;
    }
  }

  private static final class InstantOut extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantOut() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class InstantIn extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantIn() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(in.getText());
      } catch (DateTimeException nonsense) {
        throw new IllegalArgumentException(
            "\"" + in.getText() + "\" is no instant as in 2026-01-31T12:00:00.000001Z", nonsense);
      }
    }
  }
}
