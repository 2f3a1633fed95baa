package workqueue.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps which methods JUnit is going to run, so that a run can tell how many scenarios are left.
 *
 * <p>JUnit finds it by its name in {@code META-INF/services}.
 */
public final class ScenarioPlan implements LauncherSessionListener {

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session
        .getLauncher()
        .registerTestExecutionListeners(
            new TestExecutionListener() {
              @Override
              public void testPlanExecutionStarted(TestPlan plan) {
                session
                    .getStore()
                    .put(
                        Namespace.create(ScenarioPlan.class),
                        ScenarioPlan.class,
                        new Methods(methods(plan)));
              }
            });
  }

  /** What is going to run. */
  private record Methods(List<Method> all) {}

  /** The methods that are going to run; none if they are not known. */
  static List<Method> of(ExtensionContext context) {
    return Optional.ofNullable(
            context
                .getStore(
                    StoreScope.LAUNCHER_SESSION,
                    ExtensionContext.Namespace.create(ScenarioPlan.class))
                .get(ScenarioPlan.class, Methods.class))
        .map(Methods::all)
        .orElse(List.of());
  }

  private static List<Method> methods(TestPlan plan) {
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .map(TestIdentifier::getSource)
        .flatMap(Optional::stream)
        .flatMap(ScenarioPlan::methods)
        .distinct()
        .toList();
  }

  private static Stream<Method> methods(TestSource source) {
    if (source instanceof MethodSource method) {
      return Stream.of(method.getJavaMethod());
    }
    return source instanceof ClassSource all
        ? Arrays.stream(all.getJavaClass().getDeclaredMethods())
            .filter(each -> each.isAnnotationPresent(Precondition.class))
        : Stream.empty();
  }
}
