package workqueue.configuration;

import java.util.Map;
import java.util.TreeMap;

/** Reads the arguments with which queues are declared. */
public final class QueueArguments {
  private static final String NAME = "[A-Za-z0-9._-]+";
  private static final String WHOLE_NUMBER = "-?[0-9]{1,18}";

  private QueueArguments() {}

  /**
   * Reads {@code name=value[,name=value]}.
   *
   * @return texts, longs and booleans by name
   * @throws IllegalArgumentException if it is not that, saying what is allowed
   */
  public static Map<String, Object> read(String text) {
    Map<String, Object> arguments = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      String name = equals < 0 ? "" : entry.substring(0, equals).trim();
      if (!name.matches(NAME)
          || arguments.put(name, typed(entry.substring(equals + 1).trim())) != null) {
        throw new Mistake(
            "allowed is name=value[,name=value], each name once, for example"
                + " x-queue-type=quorum,x-delivery-limit=5.");
      }
    }
    return arguments;
  }

  private static Object typed(String value) {
    if (value.matches(WHOLE_NUMBER)) {
      return Long.parseLong(value);
    }
    return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
  }
}
