package workqueue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.junit.WorkQueueTest;

/**
 * Holds the code against the table of packages in docs/architecture.md, of which there is no other
 * copy.
 */
class ArchitectureTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(?<name>[a-z.]+)` \\| .* \\| (?<uses>[^|]+) \\|$");
  private static final Map<String, Set<String>> MAY_USE = table();

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    try {
      Matcher row = ROW.matcher(Files.readString(Path.of("docs", "architecture.md")));
      while (row.find()) {
        rows.put(row.group("name"), uses(row.group("uses"), rows.keySet()));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return rows;
  }

  private static Set<String> uses(String cell, Set<String> above) {
    return switch (cell) {
      case "–" -> Set.of();
      case "all above" -> Set.copyOf(above);
      default -> Set.of(cell.split(", ", -1));
    };
  }

  private static final JavaClasses HARNESS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("workqueue");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("workqueue");

  /** What waits as long as it takes; of the same names with a limit, that limit is an argument. */
  private static final Set<String> WAITS =
      Set.of(
          "get",
          "join",
          "take",
          "takeFirst",
          "takeLast",
          "acquire",
          "acquireUninterruptibly",
          "await",
          "awaitUninterruptibly",
          "sync",
          "syncUninterruptibly",
          "awaitCompletion",
          "awaitImageId",
          "awaitStatusCode",
          "waitFor",
          "wait",
          "invokeAll");

  private static final Set<String> LIMITS = Set.of("java.util.concurrent.TimeUnit", "long");

  private static final ArchRule UNLIMITED =
      noClasses()
          .that()
          .resideOutsideOfPackage("workqueue.waiting..")
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "the target waits without a limit",
                  (JavaAccess<?> access) -> isUnlimited(access.getTarget())))
          .because("Patience waits with one, stretches it and says the last state seen");

  private static boolean isUnlimited(AccessTarget target) {
    return target instanceof CodeUnitAccessTarget unit
        && WAITS.contains(unit.getName())
        && waits(unit.getOwner())
        && unit.getRawParameterTypes().stream().noneMatch(each -> LIMITS.contains(each.getName()));
  }

  private static boolean waits(JavaClass owner) {
    return owner.isAssignableTo(Future.class)
        || owner.isEquivalentTo(Object.class)
        || owner.isAssignableTo(Thread.class)
        || owner.isAssignableTo(Process.class)
        || owner.getPackageName().equals("java.util.concurrent")
        || owner.getPackageName().equals("java.util.concurrent.locks")
        || owner.getPackageName().startsWith("io.netty")
        || owner.getPackageName().startsWith("com.github.dockerjava");
  }

  static Stream<String> packages() {
    return HARNESS.stream().map(ArchitectureTest::part).distinct().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void eachPackageUsesOnlyWhatTheTableAllows(String name) {
    if (!name.isEmpty()) {
      assertThat(MAY_USE).as("the table of packages").containsKey(name);
    }
    holds(usesOnlyItsRow(name));
  }

  private static ArchRule usesOnlyItsRow(String name) {
    return noClasses()
        .that(DescribedPredicate.describe("belong to " + name, each -> part(each).equals(name)))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to a package of the harness that is not in its row",
                each ->
                    each.getPackageName().startsWith("workqueue") && !mayUse(name, part(each))));
  }

  private static boolean mayUse(String name, String other) {
    return other.isEmpty()
        || other.equals(name)
        || MAY_USE.getOrDefault(name, Set.of()).stream()
            .anyMatch(
                each ->
                    each.equals(other)
                        || (!MAY_USE.containsKey(each) && other.startsWith(each + ".")));
  }

  @Test
  void aRowSpeaksOfItsPackageAlone() {
    assertThat(mayUse("broker.rabbitmq", "broker")).isTrue();
    assertThat(mayUse("broker", "broker.rabbitmq")).isFalse();
    assertThat(mayUse("observer", "broker.rabbitmq")).isFalse();
    assertThat(mayUse("gate", "checker.view")).isTrue();
  }

  @Test
  void theTableNamesNoPackageThatIsNotThere() {
    assertThat(packages()).containsAll(MAY_USE.keySet());
  }

  @Test
  void suitesUseOnlyWhatTheyAreGiven() {
    ArchRule rule =
        noClasses()
            .that()
            .areAnnotatedWith(WorkQueueTest.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..", "io.fabric8..");
    rule.check(TESTS);
  }

  @Test
  void onlyTheExtensionAndTheCommandLineKnowJUnit() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages("workqueue.junit..", "workqueue.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.opentest4j.."));
  }

  @Test
  void onlyTheDoorToWaitingWaits() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("workqueue.waiting..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.awaitility.."));
  }

  @Test
  void everyWaitHasALimit() {
    holds(UNLIMITED);
  }

  @Test
  void aWaitWithoutALimitIsFound() {
    assertThat(
            UNLIMITED
                .evaluate(new ClassFileImporter().importClasses(WaitsForEver.class))
                .getFailureReport()
                .getDetails())
        .hasSize(9)
        .allMatch(each -> each.contains(WaitsForEver.class.getName()));
  }

  @Test
  void nothingThatMayWaitIsDoneInThePoolThatAllShare() {
    holds(
        noClasses()
            .should()
            .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
            .orShould()
            .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
            .because("it has few threads; Aside gives each its own"));
  }

  @Test
  void noPackageOrClassIsALumberRoom() {
    holds(
        classes()
            .should()
            .haveNameNotMatching("(?i).*(util|utils|common|helper|helpers|manager)(\\$.*)?$")
            .andShould()
            .resideOutsideOfPackages("..util..", "..common..", "..helper..", "..manager.."));
  }

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(false).check(HARNESS);
  }

  /** The package below the root, empty for the root itself. */
  /** The row that speaks of the class: that of its own package, or of one that this lies in. */
  private static String part(JavaClass each) {
    String name = each.getPackageName().replaceFirst("^workqueue\\.?", "");
    while (!name.isEmpty() && !MAY_USE.containsKey(name) && name.contains(".")) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return name;
  }
}
