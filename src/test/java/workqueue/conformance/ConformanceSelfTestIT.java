package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Verdict;
import workqueue.cluster.Kubeconfig;
import workqueue.configuration.ConformanceMode;
import workqueue.history.ApiEvent.RequestMade;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.tutorial.Fixtures;

/** Tries each set-up on a throwaway cluster, which must fail exactly its check, or none. */
class ConformanceSelfTestIT {
  private static TheirCluster theirs;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path keys) throws Exception {
    theirs = TheirCluster.start(keys);
  }

  @AfterAll
  static void stop() {
    if (theirs != null) {
      theirs.close();
    }
  }

  static Stream<SetUp> setUps() {
    return SetUps.all().stream();
  }

  @ParameterizedTest
  @MethodSource("setUps")
  void failsExactlyItsCheck(SetUp setUp) throws Exception {
    theirs.tries(setUp, folder);
  }

  static IntStream rules() {
    return IntStream.range(0, Role.rules("any", ConformanceMode.PREFLIGHT).size());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleThatIsTakenAwayIsNamedAndNobodyIsBlamed(int rule) throws Exception {
    Site site = theirs.site("without-rule-" + rule);
    try {
      Outcome outcome = site.preflight(site.guest(folder, ConformanceMode.PREFLIGHT, rule), folder);

      Role.Rule lacking = Role.rules(site.namespace(), ConformanceMode.PREFLIGHT).get(rule);
      String what = String.join("\n", outcome.lines());
      List<Answered> unknown =
          outcome.answers().stream()
              .filter(each -> each.answer().outcome() == CheckAnswer.Outcome.UNKNOWN)
              .toList();
      assertThat(unknown).as(what).isNotEmpty();
      assertThat(unknown)
          .as(what)
          .allSatisfy(
              each ->
                  assertThat(each.answer().missing())
                      .as(each.check().id())
                      .isNotEmpty()
                      .allMatch(right -> lacking.resources().stream().anyMatch(right::contains)));
      assertThat(TheirCluster.failing(outcome)).as(what).isEmpty();
      assertThat(outcome.exitCode()).as(what).isEqualTo(2);
    } finally {
      site.remove();
    }
  }

  @Test
  void sendsFewRequestsAndNothingThatPersists() throws Exception {
    Site site = theirs.site("few-requests");
    try {
      Outcome outcome = site.preflight(site.guest(folder, ConformanceMode.PREFLIGHT, -1), folder);

      List<RequestMade> sent =
          HistoryFile.read(outcome.history()).all(RequestMade.class).stream()
              .map(each -> each.event())
              .toList();
      assertThat(sent).hasSizeLessThanOrEqualTo(60);
      assertThat(sent)
          .filteredOn(each -> !each.method().equals("GET") && !each.dryRun())
          .extracting(RequestMade::path)
          .allMatch(each -> each.contains("/selfsubject"));
      assertThat(sent).extracting(RequestMade::code).doesNotContain(403);
      assertThat(outcome.visit().made()).isZero();
    } finally {
      site.remove();
    }
  }

  @Test
  void aSoundClusterIsProvedWithExactlyTheRole() throws Exception {
    Site site = theirs.site("proved");
    try {
      Path kubeconfig = site.guest(folder, ConformanceMode.QUICK, -1);
      PatternImages images = theirs.holdingImages();
      site.make(OTHERS);

      Outcome outcome =
          new Conformance(Fixtures.ofRepository(), folder, Kubeconfig.of(kubeconfig))
              .quick(site.quickParameters(images));

      String what = String.join("\n", outcome.lines());
      System.out.println(what);
      assertThat(outcome.answers())
          .as(what)
          .filteredOn(each -> each.check().isRequired())
          .allMatch(each -> each.answer().outcome() == CheckAnswer.Outcome.HOLDS)
          .noneMatch(each -> each.answer().inferred());
      assertThat(outcome.visit().grade()).as(what).isEqualTo("as-documented");
      assertThat(outcome.exitCode()).as(what).isZero();
      assertThat(site.left()).isEmpty();
      History history = HistoryFile.read(outcome.history());
      assertThat(history.all(RequestMade.class))
          .extracting(each -> each.event().code())
          .doesNotContain(403);
      assertThat(Visited.of(history).answers()).isEqualTo(outcome.answers());
      assertThat(Judge.judge(history).verdict()).isEqualTo(Verdict.VALID);
    } finally {
      site.remove();
    }
  }

  @Test
  void aSecondCheckOfANamespaceIsRefused() throws Exception {
    Site site = theirs.site("second");
    try {
      Path kubeconfig = site.guest(folder, ConformanceMode.QUICK, -1);
      site.make(
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: wq-conformance, namespace: $NAMESPACE, labels: {work-queue.run: wq-other}}
          data: {run: wq-other}
          """);
      Conformance conformance =
          new Conformance(Fixtures.ofRepository(), folder, Kubeconfig.of(kubeconfig));
      assertThatThrownBy(
              () -> conformance.quick(site.quickParameters(new PatternImages("w:1", "b:1"))))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              """
              Namespace %1$s is being checked already: ConfigMap wq-conformance is there, of run \
              wq-other.
              Remedy: wait for its end; or, if it was killed: kubectl delete configmap -n %1$s \
              wq-conformance"""
                  .formatted(site.namespace()));
      assertThat(site.left()).containsExactly("ConfigMap wq-conformance");
      assertThat(conformance.undo(site.quickParameters(new PatternImages("w:1", "b:1"))))
          .containsExactly(
              "Run wq-other has left in namespace " + site.namespace() + ":",
              "  ConfigMap wq-conformance",
              "All of it is gone.");
      assertThat(site.left()).isEmpty();
      assertThat(conformance.undo(site.quickParameters(new PatternImages("w:1", "b:1"))))
          .containsExactly("Nothing is left in namespace " + site.namespace() + ".");
    } finally {
      site.remove();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9, 20})
  void whatAKilledRunLeavesIsUndone(int seconds) throws Exception {
    Site site = theirs.site("killed-after-" + seconds);
    try {
      Path kubeconfig = site.guest(folder, ConformanceMode.QUICK, -1);
      Map<String, String> parameters = site.quickParameters(theirs.holdingImages());
      Process run = QuickProcess.start(kubeconfig, folder.resolve("killed"), parameters);
      boolean ended = run.waitFor(seconds, TimeUnit.SECONDS);
      run.destroyForcibly().waitFor();

      new Conformance(Fixtures.ofRepository(), folder, Kubeconfig.of(kubeconfig)).undo(parameters);

      assertThat(ended).as("it was killed while it ran").isFalse();
      assertThat(site.left()).isEmpty();
    } finally {
      site.remove();
    }
  }

  private static final String OTHERS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: theirs, namespace: $NAMESPACE, labels: {component: rabbitmq}}
      spec: {ports: [{port: 80}]}
      """;

  /** Whether a set-up can be made of this Kubernetes. */
  static void requirePossible(SetUp setUp, boolean today) {
    Assumptions.assumeTrue(
        today || !setUp.newest(), "not tried: only a Kubernetes of today can be made so");
  }
}
