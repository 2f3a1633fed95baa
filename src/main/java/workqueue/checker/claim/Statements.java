package workqueue.checker.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import workqueue.history.ClaimSpec;

/** Writes statements into headers, and reads them again. */
final class Statements {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
  private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};
  private static final Map<String, Class<? extends Statement>> BY_NAME =
      byName(
          AccountsForEverySuccess.class,
          AddsNoItems.class,
          All.class,
          AltersNothing.class,
          AnnouncesEachPod.class,
          AnswersCheck.class,
          ApiLacks.class,
          BoundsItsPrefetch.class,
          CostsNoMore.class,
          DiagnosedAs.class,
          Drains.class,
          EndsInGrace.class,
          ExplainsWhatIsLost.class,
          FailsOnlyAt.class,
          Follows.class,
          HoldsOneAtATime.class,
          IsForTheNodes.class,
          IsOfItsKind.class,
          JobCompletes.class,
          JobCompletesWith.class,
          JobFailsWith.class,
          JobNeverCompletes.class,
          KeepsSecrets.class,
          KeepsUnacked.class,
          LeavesDataUnchanged.class,
          LeavesOver.class,
          LosesNothing.class,
          MeasuresCosts.class,
          OneItemPerPod.class,
          PassesCheck.class,
          PinsItsImage.class,
          ProcessesEachAtLeastOnce.class,
          ProcessesEachExactlyOnce.class,
          ReadsItsParts.class,
          ReadsTheSameOn.class,
          RefusesWrites.class,
          ReplacesOnlyWhatEnded.class,
          ReportsNoEndDuring.class,
          RunsAtMost.class,
          ShowsEachStep.class,
          SomeWorkFails.class,
          StrikesAtWork.class,
          StrikesBetweenAckAndRelease.class,
          TakesAnItem.class,
          WeighsAtMost.class,
          Whether.class);

  private Statements() {}

  @SafeVarargs
  private static Map<String, Class<? extends Statement>> byName(
      Class<? extends Statement>... kinds) {
    Map<String, Class<? extends Statement>> names = new TreeMap<>();
    for (Class<? extends Statement> kind : kinds) {
      names.put(name(kind), kind);
    }
    return names;
  }

  /** The names by which headers know statements. */
  static Set<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  static String name(Class<?> kind) {
    String name = kind.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  static Map<String, Object> parameters(Statement statement) {
    return MAPPER.convertValue(statement, PARAMETERS);
  }

  /**
   * The statement that a header holds.
   *
   * @throws IllegalArgumentException if it is not known, or its parameters do not fit
   */
  static Statement of(ClaimSpec spec) {
    Class<? extends Statement> kind = BY_NAME.get(spec.claim());
    if (kind == null) {
      throw new IllegalArgumentException(
          "There is no claim \"%s\". Known are: %s"
              .formatted(spec.claim(), String.join(", ", BY_NAME.keySet())));
    }
    for (String name : parameterNames(kind)) {
      if (spec.parameters().get(name) == null) {
        throw new IllegalArgumentException(
            "The claim \"%s\" needs its \"%s\".".formatted(spec.claim(), name));
      }
    }
    try {
      return MAPPER.convertValue(spec.parameters(), kind);
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException(
          "The claim \"%s\" cannot be made of %s: it needs %s."
              .formatted(spec.claim(), spec.parameters(), String.join(", ", parameterNames(kind))),
          unfit);
    }
  }

  private static List<String> parameterNames(Class<?> kind) {
    return Arrays.stream(kind.getRecordComponents()).map(Statements::nameOf).toList();
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty written = component.getAccessor().getAnnotation(JsonProperty.class);
    return written == null ? component.getName() : written.value();
  }
}
