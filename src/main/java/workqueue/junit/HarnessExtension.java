package workqueue.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import workqueue.conformance.Checks;
import workqueue.gate.ClientWorkers;
import workqueue.history.HistoryFiles;
import workqueue.scenario.Given;
import workqueue.scenario.Run;
import workqueue.scenario.ScenarioDefinition;
import workqueue.scenario.ScenarioRun;
import workqueue.scenario.Specimens;

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
    Run run = Runs.of(context);
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
        && Given.has(type(parameter));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Precondition precondition =
        parameter.getDeclaringExecutable().getAnnotation(Precondition.class);
    // It opens for itself what it needs.
    return Given.open(precondition(Runs.of(context), precondition, context), List.of())
        .of(type(parameter));
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
    Run run = Runs.of(context);
    if (!run.applies(definition(precondition))) {
      invocation.skip();
      return;
    }
    ScenarioRun scenario = precondition(run, precondition, context);
    try {
      scenario.begin();
      invocation.proceed();
    } catch (Throwable thrown) {
      scenario.fails(thrown);
    }
    Optional<Throwable> failure = scenario.end();
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
    return store(context)
        .getOrComputeIfAbsent(
            precondition.value(),
            id -> new ScenarioRun(run, definition(precondition), 1),
            ScenarioRun.class);
  }

  private static Stream<ScenarioDefinition> others(ExtensionContext context, Run run) {
    return Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
        .filter(each -> each.isAnnotationPresent(Scenario.class))
        .map(each -> definition(each.getAnnotation(Scenario.class)))
        .filter(run::applies);
  }

  /** How many scenarios there are to be in these methods; empty if that is not known. */
  static OptionalInt planned(List<Method> methods, Run run) {
    return methods.isEmpty() || run.readable().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(methods.stream().mapToInt(each -> planned(each, run)).sum());
  }

  /** How often something is judged in this method of a run, as far as that is known beforehand. */
  private static int planned(Method method, Run run) {
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

  private static ScenarioDefinition definition(Scenario scenario) {
    return new ScenarioDefinition(
        scenario.value(),
        scenario.title(),
        scenario.brokerInCluster(),
        scenario.brokerEdition(),
        scenario.ownBroker(),
        scenario.nodes(),
        List.of(scenario.server()),
        List.of(scenario.documents()));
  }

  private static ScenarioDefinition definition(Precondition precondition) {
    return ScenarioDefinition.plain(precondition.value(), precondition.title());
  }

  private static Stream<ScenarioDefinition> definitions(Method method, Run run) {
    Scenario scenario = method.getAnnotation(Scenario.class);
    if (scenario != null) {
      return Stream.of(definition(scenario));
    }
    if (method.isAnnotationPresent(EachCheck.class)) {
      return Checks.in(run.conformanceMode()).stream().map(ScenarioDefinition::of);
    }
    return method.isAnnotationPresent(EachWorker.class)
        ? ClientWorkers.all(run.shared().fixtures()).stream().map(ScenarioDefinition::ofWorker)
        : Specimens.in(run.shared().fixtures()).stream().map(ScenarioDefinition::of);
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
      return List.of(new Lifecycle(new ScenarioRun(run, scenario, repetition)));
    }
  }

  /**
   * Begins a scenario, opens the environment that its method asks for, gives the method what it
   * works with, and ends the scenario, whatever becomes of it.
   */
  private record Lifecycle(ScenarioRun scenario)
      implements BeforeEachCallback,
          ParameterResolver,
          TestExecutionExceptionHandler,
          AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      try {
        scenario.begin();
        List<Class<?>> types = List.of(context.getRequiredTestMethod().getParameterTypes());
        store(context).put(Given.class, Given.open(scenario, types));
      } catch (Throwable thrown) {
        JUnitFailure.raise(scenario.fails(thrown));
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return Given.has(type(parameter));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return store(context).get(Given.class, Given.class).of(type(parameter));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
        throws Exception {
      JUnitFailure.raise(scenario.fails(thrown));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
      Optional<Throwable> failure = scenario.end();
      if (failure.isPresent() && context.getExecutionException().isEmpty()) {
        JUnitFailure.raise(failure.get());
      }
    }
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(ExtensionContext.Namespace.create(HarnessExtension.class));
  }

  private static Class<?> type(ParameterContext parameter) {
    return parameter.getParameter().getType();
  }
}
