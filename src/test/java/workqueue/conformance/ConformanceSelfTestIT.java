package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import workqueue.EnvironmentTrouble;
import workqueue.checker.claim.CheckAnswer;
import workqueue.checker.claim.Judge;
import workqueue.checker.claim.Verdict;
import workqueue.cluster.Kubeconfig;
import workqueue.configuration.ConformanceMode;
import workqueue.history.ApiEvent.ObjectDeleted;
import workqueue.history.ApiEvent.ObjectMade;
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
      System.out.println(String.join("\n", theirs.predictions().lines()));
      theirs.close();
    }
  }

  /** All, or those that {@code -Dconformance.setups=<name>,<name>} names. */
  static Stream<SetUp> setUps() {
    List<String> wanted = List.of(System.getProperty("conformance.setups", "").split(",", -1));
    return SetUps.all().stream()
        .filter(each -> wanted.contains("") || wanted.contains(each.name()));
  }

  @ParameterizedTest
  @MethodSource("setUps")
  void failsExactlyItsCheck(SetUp setUp) throws Exception {
    theirs.tries(setUp, folder);
  }

  /** Those of which a preflight infers something that keeps no proof from being made. */
  static Stream<SetUp> inferred() {
    List<String> names =
        List.of(
            "denied-traffic",
            "parallelism-changed",
            "sidecar-added",
            "allowed-traffic",
            "quota-with-room",
            "stated-for-all",
            "labels-added");
    return setUps().filter(each -> names.contains(each.name()));
  }

  @ParameterizedTest
  @MethodSource("inferred")
  void whatIsInferredIsProved(SetUp setUp) throws Exception {
    theirs.proves(setUp, folder);
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

  @ParameterizedTest
  @EnumSource(ConformanceMode.class)
  void theAuditLogHoldsWhatTheLedgerSaysAndWhatTheRoleAllows(ConformanceMode mode)
      throws Exception {
    Site site = theirs.site("audited-" + mode.word());
    try {
      Path kubeconfig = site.guest(folder, mode, -1);
      site.make(OTHERS);
      Conformance conformance =
          new Conformance(Fixtures.ofRepository(), folder, Kubeconfig.of(kubeconfig));
      Map<String, String> parameters = site.quickParameters(theirs.holdingImages());
      Outcome outcome = conformance.check(parameters, mode);

      History history = HistoryFile.read(outcome.history());
      AuditLog audit = theirs.audit("system:serviceaccount:" + site.namespace() + ":" + Role.NAME);
      assertThat(audit.requests())
          .isEqualTo(
              history.all(RequestMade.class).stream()
                  .map(each -> each.event().method() + " " + each.event().path())
                  .sorted()
                  .toList());
      assertThat(audit.codes()).doesNotContain(403);
      Set<String> allowed = new TreeSet<>();
      for (Role.Rule rule :
          Stream.concat(Role.rules(site.namespace(), mode).stream(), Role.optional(mode).stream())
              .toList()) {
        rule.verbs()
            .forEach(verb -> rule.resources().forEach(each -> allowed.add(verb + " " + each)));
      }
      assertThat(allowed).containsAll(audit.used());
      allowed.removeAll(audit.used());
      System.out.println(mode + ": not used of the Role this time: " + allowed);
      if (mode == ConformanceMode.PREFLIGHT) {
        assertThat(audit.written()).isEmpty();
      } else {
        assertThat(audit.written()).isNotEmpty();
        assertThat(audit.deleted())
            .isNotEmpty()
            .allMatch(
                uid ->
                    history.all(ObjectMade.class).stream()
                            .anyMatch(each -> each.event().uid().equals(uid))
                        || history.all(ObjectDeleted.class).stream()
                            .anyMatch(each -> each.event().uid().equals(uid)));
      }
    } finally {
      site.remove();
    }
  }

  @Test
  void aNamespaceThatDemandsResourcesIsProvedWithWhatAPreflightWrote() throws Exception {
    Site site = theirs.site("adapted");
    try {
      Path kubeconfig = site.guest(folder, ConformanceMode.QUICK, -1);
      site.make(
          """
          apiVersion: v1
          kind: ResourceQuota
          metadata: {name: demanding, namespace: $NAMESPACE}
          spec: {hard: {limits.cpu: "4", limits.memory: 4Gi}}
          """);
      Conformance conformance =
          new Conformance(Fixtures.ofRepository(), folder, Kubeconfig.of(kubeconfig));
      Map<String, String> parameters = site.quickParameters(theirs.holdingImages());
      assertThat(conformance.preflight(parameters).visit().grade()).isEqualTo("no");
      Map<String, String> adapted = new TreeMap<>(parameters);
      adapted.put("wq.overlay", folder.resolve("overlay/overlay.yaml").toString());

      Outcome outcome = conformance.quick(adapted);

      String what = String.join("\n", outcome.lines());
      assertThat(outcome.visit().grade()).as(what).isEqualTo("adapted");
      assertThat(outcome.exitCode()).as(what).isZero();
      assertThat(site.left()).isEmpty();
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

  /** Three moments, or as many as {@code -Dconformance.kills} says; each is told. */
  static IntStream moments() {
    return new Random().ints(Integer.getInteger("conformance.kills", 3), 1, 50);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void whatAKilledRunLeavesIsUndone(int seconds) throws Exception {
    Site site = theirs.site("killed-after-" + seconds + "-" + System.nanoTime() % 1000);
    try {
      Path kubeconfig = site.guest(folder, ConformanceMode.QUICK, -1);
      Map<String, String> parameters = site.quickParameters(theirs.holdingImages());
      Process run = QuickProcess.start(kubeconfig, folder.resolve("killed"), parameters);
      site.make(OTHERS);
      boolean ended = run.waitFor(seconds, TimeUnit.SECONDS);
      run.destroyForcibly().waitFor();
      System.out.printf("killed after %d s: left %s%n", seconds, site.left());

      new Conformance(Fixtures.ofRepository(), folder, Kubeconfig.of(kubeconfig)).undo(parameters);

      System.out.println(ended ? "it had ended" : "it was killed while it ran");
      assertThat(theirs.admin().services().inNamespace(site.namespace()).withName("theirs").get())
          .as("what is others' stays")
          .isNotNull();
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
}
