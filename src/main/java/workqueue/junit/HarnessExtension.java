package workqueue.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import workqueue.fault.Faults;
import workqueue.workload.Workload;

/** Runs each scenario {@code wq.repeat} times and gives it what it works with. */
final class HarnessExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context
        .getTestMethod()
        .map(
            each ->
                each.isAnnotationPresent(Scenario.class)
                    || each.isAnnotationPresent(EachSpecimen.class))
        .orElse(false);
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Run run = Run.of(context);
    return definitions(context.getRequiredTestMethod(), run)
        .filter(run::applies)
        .flatMap(
            scenario ->
                IntStream.rangeClosed(1, run.repetitions())
                    .mapToObj(repetition -> new Repetition(run, scenario, repetition)));
  }

  private static Stream<ScenarioDefinition> definitions(Method method, Run run) {
    Scenario scenario = method.getAnnotation(Scenario.class);
    return scenario != null
        ? Stream.of(ScenarioDefinition.of(scenario))
        : Specimens.in(run.fixtures()).stream().map(ScenarioDefinition::of);
  }

  /** One run of one scenario. */
  private record Repetition(Run run, ScenarioDefinition scenario, int repetition)
      implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return scenario.id() + (run.repetitions() > 1 ? " #" + repetition : "");
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      ScenarioRun scenarioRun = new ScenarioRun(run, scenario, repetition);
      return List.of(new Given(scenarioRun), new Around(scenarioRun));
    }
  }

  /** Resolves the parameters of a scenario's method. */
  private record Given(ScenarioRun scenario) implements ParameterResolver {
    private static final Set<Class<?>> GIVEN =
        Set.of(
            Walker.class,
            Workload.class,
            Faults.class,
            Wire.class,
            Chaos.class,
            Recording.class,
            Gate.class,
            Specimens.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return GIVEN.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> wanted = parameter.getParameter().getType();
      if (wanted == Walker.class) {
        return new Walker(scenario);
      }
      if (wanted == Gate.class) {
        return new Gate(scenario);
      }
      if (wanted == Specimens.class) {
        return new Specimens(scenario);
      }
      if (wanted == Faults.class) {
        return new Faults(scenario.scene());
      }
      if (wanted == Wire.class) {
        return new Wire(scenario.scene());
      }
      if (wanted == Chaos.class) {
        return scenario.chaos();
      }
      return wanted == Recording.class ? scenario.recording() : new Workload(scenario.scene());
    }
  }

  /** Reports a scenario, whatever becomes of it. */
  private record Around(ScenarioRun scenario) implements InvocationInterceptor {

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      scenario.run(invocation::proceed);
    }
  }
}
