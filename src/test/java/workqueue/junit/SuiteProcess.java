package workqueue.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the walkthrough, or another suite, in a JVM of its own, as Failsafe does from a user's
 * command line.
 */
final class SuiteProcess {
  private static final String SUITE = "workqueue.WalkthroughIT";
  private static final long MINUTES = 10;
  private static final String BEGIN = "<<failed\n";
  private static final String END = "\nfailed>>";

  private final Path folder;
  private final List<String> properties = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String suite = SUITE;
  private String only = "";

  /**
   * @param folder an empty one, which becomes the working directory; {@code fixtures} is copied
   *     into it
   */
  SuiteProcess(Path folder) throws IOException {
    this.folder = folder;
    Path fixtures = Path.of("fixtures");
    try (Stream<Path> files = Files.walk(fixtures)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve("fixtures").resolve(fixtures.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    environment.put("TESTCONTAINERS_RYUK_DISABLED", "true");
    environment.put("TESTCONTAINERS_CHECKS_DISABLE", "true");
    environment.put("NO_COLOR", "1");
  }

  SuiteProcess with(String parameter, String value) {
    properties.add("-D" + parameter + "=" + value);
    return this;
  }

  SuiteProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs this suite instead of the walkthrough. */
  SuiteProcess suite(String other) {
    suite = other;
    return this;
  }

  /** Runs one edition instead of both. */
  SuiteProcess only(String edition) {
    only = edition;
    return this;
  }

  Path fixtures() {
    return folder.resolve("fixtures");
  }

  /** What a run left. */
  record Outcome(int exitCode, String output, JsonNode result) {

    String run() {
      return result.at("/run/id").asText();
    }

    List<String> verdicts() {
      List<String> all = new ArrayList<>();
      all.add(result.at("/verdict").asText());
      result.at("/scenarios").forEach(each -> all.add(each.at("/verdict").asText()));
      return all;
    }

    /** Why each scenario that did not run did not, by its id. */
    Map<String, String> notRun() {
      Map<String, String> reasons = new LinkedHashMap<>();
      result
          .at("/notRun")
          .forEach(each -> reasons.put(each.at("/id").asText(), each.at("/reason").asText()));
      return reasons;
    }

    /** What each scenario that did not pass threw. */
    List<String> messages() {
      return Stream.of(output.split(BEGIN, -1))
          .skip(1)
          .map(each -> each.substring(0, each.indexOf(END)))
          .toList();
    }
  }

  Outcome run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    // Two cores have better to do than to compile what runs for a few seconds.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dallure.results.directory=" + folder.resolve("reports/allure-results"));
    command.addAll(properties);
    command.add(SuiteProcess.class.getName());
    command.add(suite);
    command.add(only);
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeAll(Set.of("KUBECONFIG", "XDG_CACHE_HOME"));
    builder.environment().put("CLASSPATH", classPath());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("The run does not end:\n" + Files.readString(output));
      }
    } finally {
      process.destroy();
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(output),
        new ObjectMapper().readTree(folder.resolve("reports/result.json").toFile()));
  }

  /** Surefire may hide the class path in a jar of its own, and tells it in a property. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator, -1))
        .map(each -> Path.of(each).toAbsolutePath().toString())
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElseThrow();
  }

  /** The JVM's part: exit code 0 if all scenarios passed and there were some, 1 otherwise. */
  public static void main(String[] args) {
    System.exit(execute(args[0], args.length < 2 ? "" : args[1]) ? 0 : 1);
  }

  private static boolean execute(String suite, String only) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                only.isEmpty()
                    ? selectClass(suite)
                    : selectMethod(suite + "#" + only + "(workqueue.scenario.Walker)"))
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .build();
    Telling telling = new Telling();
    LauncherFactory.create().execute(request, telling);
    return telling.passed > 0 && telling.failed == 0;
  }

  /** Prints what a test threw, without the stack. */
  private static final class Telling implements TestExecutionListener {
    private int passed;
    private int failed;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
        passed += test.isTest() ? 1 : 0;
        return;
      }
      failed++;
      System.out.println(
          BEGIN + result.getThrowable().map(Throwable::getMessage).orElse("no reason") + END);
    }
  }
}
