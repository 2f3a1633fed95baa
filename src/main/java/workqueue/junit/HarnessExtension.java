package workqueue.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import workqueue.conformance.Checks;
import workqueue.fault.Faults;
import workqueue.history.HistoryFiles;
import workqueue.workload.Workload;

/**
 * Runs each scenario {@code wq.repeat} times and gives it what it works with; before the others of
 * its class the one that is their precondition.
 */
final class HarnessExtension
    implements TestTemplateInvocationContextProvider, ParameterResolver, InvocationInterceptor {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getTestMethod().map(HarnessExtension::isScenario).orElse(false);
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

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getDeclaringExecutable().isAnnotationPresent(Precondition.class)
        && Given.supports(parameter);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Precondition precondition =
        parameter.getDeclaringExecutable().getAnnotation(Precondition.class);
    return Given.resolve(parameter, precondition(Run.of(context), precondition, context));
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Precondition precondition = method.getExecutable().getAnnotation(Precondition.class);
    if (precondition == null) {
      invocation.proceed();
      return;
    }
    Run run = Run.of(context);
    if (!run.applies(ScenarioDefinition.of(precondition))) {
      invocation.skip();
      return;
    }
    Optional<Throwable> failure =
        precondition(run, precondition, context).outcome(invocation::proceed);
    if (failure.isPresent()) {
      others(context, run)
          .forEach(each -> run.report().notRun(each.id(), notMet(precondition, failure.get())));
      throw failure.get();
    }
  }

  private static String notMet(Precondition precondition, Throwable failure) {
    return precondition.value()
        + " comes first, and failed: "
        + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** The one run of a precondition of the class. */
  private static ScenarioRun precondition(
      Run run, Precondition precondition, ExtensionContext context) {
    return context
        .getStore(ExtensionContext.Namespace.create(HarnessExtension.class))
        .getOrComputeIfAbsent(
            precondition.value(),
            id -> new ScenarioRun(run, ScenarioDefinition.of(precondition), 1),
            ScenarioRun.class);
  }

  private static Stream<ScenarioDefinition> others(ExtensionContext context, Run run) {
    return Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
        .filter(each -> each.isAnnotationPresent(Scenario.class))
        .map(each -> ScenarioDefinition.of(each.getAnnotation(Scenario.class)))
        .filter(run::applies);
  }

  /** How often something is judged in this method of a run, as far as that is known beforehand. */
  static int planned(Method method, Run run) {
    if (method.isAnnotationPresent(RecordedScenarios.class)) {
      return HistoryFiles.of(run.configuration().histories()).size();
    }
    if (method.isAnnotationPresent(Precondition.class)) {
      return run.comes(method.getAnnotation(Precondition.class).value()) ? 1 : 0;
    }
    return isScenario(method)
        ? (int) definitions(method, run).filter(each -> run.comes(each.id())).count()
            * run.repetitions()
        : 0;
  }

  private static boolean isScenario(Method method) {
    return method.isAnnotationPresent(Scenario.class)
        || method.isAnnotationPresent(EachSpecimen.class)
        || method.isAnnotationPresent(EachWorker.class)
        || method.isAnnotationPresent(EachCheck.class);
  }

  private static Stream<ScenarioDefinition> definitions(Method method, Run run) {
    Scenario scenario = method.getAnnotation(Scenario.class);
    if (scenario != null) {
      return Stream.of(ScenarioDefinition.of(scenario));
    }
    if (method.isAnnotationPresent(EachCheck.class)) {
      return Checks.in(run.conformanceMode()).stream().map(ScenarioDefinition::of);
    }
    return method.isAnnotationPresent(EachWorker.class)
        ? ClientWorkers.all(run.fixtures()).stream().map(ScenarioDefinition::ofWorker)
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
            CheckedCluster.class,
            Recording.class,
            Gate.class,
            Specimens.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return supports(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return resolve(parameter, scenario);
    }

    static boolean supports(ParameterContext parameter) {
      return GIVEN.contains(parameter.getParameter().getType());
    }

    static Object resolve(ParameterContext parameter, ScenarioRun scenario) {
      Class<?> wanted = parameter.getParameter().getType();
      if (wanted == Walker.class) {
        return new Walker(scenario);
      }
      if (wanted == CheckedCluster.class) {
        return new CheckedCluster(scenario);
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
