package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workqueue.checker.ledger.ItemNames;
import workqueue.history.ClaimSpec;

/** Reads a claim's parameters from a header. */
record Parameters(ClaimSpec spec) {
  int number(String name) {
    if (get(name) instanceof Number number) {
      return number.intValue();
    }
    throw unfit(name, "a number");
  }

  String text(String name) {
    if (get(name) instanceof String text) {
      return text;
    }
    throw unfit(name, "a text");
  }

  List<String> texts(String name) {
    if (get(name) instanceof List<?> list) {
      return list.stream().map(String.class::cast).toList();
    }
    throw unfit(name, "a list of texts");
  }

  /** Claims that are part of this one. */
  List<ClaimSpec> claims(String name) {
    try {
      List<ClaimSpec> claims = new ArrayList<>();
      for (Object each : (List<?>) get(name)) {
        Map<?, ?> one = (Map<?, ?>) each;
        Map<String, Object> parameters = new LinkedHashMap<>();
        ((Map<?, ?>) one.get("parameters"))
            .forEach((key, value) -> parameters.put((String) key, value));
        claims.add(
            new ClaimSpec((String) one.get("claim"), parameters, (String) one.get("expected")));
      }
      return claims;
    } catch (RuntimeException nonsense) {
      throw new IllegalArgumentException(
          "The claim \"" + spec.claim() + "\" needs a list of claims as its \"" + name + "\".",
          nonsense);
    }
  }

  ItemNames items() {
    try {
      return ItemNames.fromData(get("items"));
    } catch (RuntimeException nonsense) {
      throw new IllegalArgumentException(
          "The claim \"" + spec.claim() + "\" needs its \"items\", each with id, digest, preview.",
          nonsense);
    }
  }

  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }

  private Object get(String name) {
    return spec.parameters().get(name);
  }

  private IllegalArgumentException unfit(String name, String kind) {
    return new IllegalArgumentException(
        "The claim \"" + spec.claim() + "\" needs " + kind + " as its \"" + name + "\".");
  }
}
