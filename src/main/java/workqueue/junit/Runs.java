package workqueue.junit;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import workqueue.configuration.Parameter;
import workqueue.scenario.Run;

/** The run that JUnit keeps in its root store, which closes it. */
final class Runs {
  private Runs() {}

  /** The run that the context belongs to; the first to ask begins it. */
  static Run of(ExtensionContext context) {
    return of(
        context,
        given -> {
          Path reports = ReportsFolder.of(context);
          List<Method> methods = ScenarioPlan.of(context);
          return Run.begin(given, reports, run -> HarnessExtension.planned(methods, run));
        });
  }

  /**
   * The same.
   *
   * @param beginning begins it with the parameters that were given
   */
  static Run of(ExtensionContext context, Function<Map<String, String>, Run> beginning) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Run.class))
        .getOrComputeIfAbsent(Run.class, key -> beginning.apply(given(context)), Run.class);
  }

  /** Every {@code wq.} name that was given, so that a misspelt one is found. */
  private static Map<String, String> given(ExtensionContext context) {
    Map<String, String> given = new TreeMap<>();
    for (Parameter parameter : Parameter.values()) {
      context
          .getConfigurationParameter(parameter.key())
          .ifPresent(value -> given.put(parameter.key(), value));
    }
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(Parameter.PREFIX)) {
                given.put(name, System.getProperty(name));
              }
            });
    return given;
  }
}
