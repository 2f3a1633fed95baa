package workqueue.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workqueue.EnvironmentTrouble;
import workqueue.Rule;
import workqueue.WorkerKind;
import workqueue.checker.claim.Verdict;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.Evidence;
import workqueue.tutorial.Fixtures;

class ClientWorkersTest {
  @TempDir Path root;
  private Path twin;

  @BeforeEach
  void haveOneWorkerWithATwin() throws IOException {
    twin = Files.createDirectories(root.resolve("workers/client/drain/acks-first"));
    Files.writeString(root.resolve("workers/client/Dockerfile"), "FROM scratch\n");
    Files.writeString(
        root.resolve("workers/client/drain/work-queue.yaml"),
        """
        context: ..
        command: [run, '/workers/drain:/libraries', --once]
        kind: drain
        empty: ends
        evidence: 'log:done with (.*)'
        poison: rotten
        """);
    says("wrong=It acks first", "rule=acks-after-success", "code=LOST_ITEMS");
  }

  @Test
  void triesASoundWorkerAgainstEachRuleThatIsAboutIt() {
    List<Specimen> sound = all().stream().filter(each -> !each.mutant()).toList();
    assertThat(sound)
        .extracting(Specimen::rule)
        .contains(Rule.BOUNDS_ITS_PREFETCH, Rule.ENDS_ON_EMPTY_QUEUE, Rule.STOPS_IN_GRACE)
        .doesNotContain(
            Rule.TAKES_ONE_ITEM,
            Rule.WAITS_ON_EMPTY_QUEUE,
            Rule.BASELINE,
            Rule.AGAINST,
            Rule.FITS_THE_NODES);
    assertThat(sound)
        .allSatisfy(
            each -> {
              assertThat(each.name()).isEqualTo("client-drain." + each.rule().id());
              assertThat(each.command())
                  .containsExactly("run", "/workers/drain:/libraries", "--once");
              assertThat(each.context()).contains(root.resolve("workers/client"));
              assertThat(each.evidence()).isEqualTo(Evidence.logPattern("done with (.*)"));
              assertThat(each.poison()).contains("rotten");
              assertThat(each.setup().kind()).isEqualTo(WorkerKind.DRAIN);
            });
  }

  @Test
  void runsATwinFromAFolderOfItsOwn() {
    assertThat(all().stream().filter(Specimen::mutant))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.name()).isEqualTo("client-drain.acks-first");
              assertThat(each.about()).isEqualTo("It acks first");
              assertThat(each.rule()).isEqualTo(Rule.ACKS_AFTER_SUCCESS);
              assertThat(each.verdict()).isEqualTo(Verdict.INVALID);
              assertThat(each.roots()).containsExactly(FindingCode.LOST_ITEMS);
              assertThat(each.command())
                  .containsExactly("run", "/workers/drain/acks-first:/libraries", "--once");
            });
  }

  @Test
  void knowsWhatFollowsFromWhatIsWrongWithATwin() throws IOException {
    says(
        "wrong=It has no acks", "rule=acks-after-success", "code=LOST_ITEMS", "also=HOARDED_ITEMS");
    assertThat(all().stream().filter(Specimen::mutant))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.roots())
                    .containsExactly(FindingCode.LOST_ITEMS, FindingCode.HOARDED_ITEMS));
  }

  @Test
  void saysWhichKeysATwinNeeds() throws IOException {
    says("wrong=It acks first", "rule=acks-after-success", "cod=LOST_ITEMS");
    assertThatThrownBy(this::all)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            "%s has the keys [cod, rule, wrong]; it needs [code, rule, wrong], and may have also."
                .formatted(twin.resolve("twin.properties")));
  }

  @Test
  void saysWhichCodeOrRuleThereIsNot() throws IOException {
    says("wrong=It acks first", "rule=acks-after-success", "code=LOST");
    assertThatThrownBy(this::all)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(twin.resolve("twin.properties") + " names LOST, which there is not.");
    says("wrong=It acks first", "rule=acks-after-success", "code=LOST_ITEMS", "also=HOARDED");
    assertThatThrownBy(this::all)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(twin.resolve("twin.properties") + " names HOARDED, which there is not.");
    says("wrong=It acks first", "rule=acks", "code=LOST_ITEMS");
    assertThatThrownBy(this::all)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(twin.resolve("twin.properties") + " names acks, which there is not.");
  }

  @Test
  void givesEachWorkerOfTheRepositoryThreeTwins() {
    Map<String, Long> twins =
        ClientWorkers.all(Fixtures.ofRepository()).stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.name().substring(0, each.name().indexOf('.')),
                    Collectors.filtering(Specimen::mutant, Collectors.counting())));
    assertThat(twins).isNotEmpty().allSatisfy((worker, count) -> assertThat(count).isEqualTo(3));
  }

  private List<Specimen> all() {
    return ClientWorkers.all(new Fixtures(root));
  }

  private void says(String... lines) throws IOException {
    Files.write(twin.resolve("twin.properties"), List.of(lines));
  }
}
