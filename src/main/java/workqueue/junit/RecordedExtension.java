package workqueue.junit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import workqueue.EnvironmentTrouble;
import workqueue.history.HistoryFiles;
import workqueue.scenario.Given;
import workqueue.scenario.RecordedScenario;
import workqueue.scenario.Run;

/** Finds the histories that {@code wq.history} names. */
final class RecordedExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context
        .getTestMethod()
        .map(each -> each.isAnnotationPresent(RecordedScenarios.class))
        .orElse(false);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Run run = Runs.of(context);
    List<Path> given = run.configuration().histories();
    if (given.isEmpty()) {
      throw new EnvironmentTrouble(
          """
          wq.history is missing: there is nothing to judge.
          Remedy: -Dwq.history=<a file or a folder>, for example reports/histories.""");
    }
    Map<String, Integer> counted = new HashMap<>();
    return HistoryFiles.of(given).stream()
        .map(
            file ->
                new Invocation(
                    new RecordedScenario(run, file, counted.merge(scenario(file), 1, Integer::sum)),
                    file));
  }

  /** What comes before the second dot: a scenario may have records of its parts. */
  private static String scenario(Path file) {
    return Stream.of(file.getFileName().toString().split("\\.", 3))
        .limit(2)
        .collect(Collectors.joining("."));
  }

  private record Invocation(RecordedScenario scenario, Path file)
      implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return file.getFileName().toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Given(scenario));
    }
  }

  private record Given(RecordedScenario scenario)
      implements ParameterResolver, TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
        throws Exception {
      JUnitFailure.raise(thrown);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RecordedScenario.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return scenario;
    }
  }
}
