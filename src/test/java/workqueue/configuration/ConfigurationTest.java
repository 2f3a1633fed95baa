package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import workqueue.EnvironmentTrouble;
import workqueue.PayloadKind;
import workqueue.Rule;
import workqueue.WorkerKind;

class ConfigurationTest {
  private static final String FIRST_LINE =
      "Nothing was started, for the parameters cannot be used:\n";
  private static final String FORM = "amqp[s]://<user>:<password>@<host>:<port>/<vhost>";

  @TempDir Path folder;

  @Test
  void hasDefaults() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new Configuration(
                new ClusterChoice.Throwaway(),
                AvailableImages.PINNED.newest(),
                "rancher/k3s:v1.36.2-k3s1",
                1,
                Optional.empty(),
                "rabbitmq:4.3.1-management",
                new WorkerChoice.Tutorial(),
                Optional.empty(),
                Map.of(),
                8,
                8,
                2,
                Optional.empty(),
                1,
                Keep.NEVER,
                1.0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                WorkerContract.NONE,
                CostChoice.NONE,
                GuestChoice.NONE));
  }

  @Test
  void takesEveryParameter() throws IOException {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("wq.cluster", "k3s");
    given.put("wq.kubernetes", "oldest");
    given.put("wq.cluster.image", "node:1");
    given.put("wq.cluster.nodes", "5");
    given.put("wq.broker", "in-cluster");
    given.put("wq.broker.image", "broker:2");
    given.put("wq.worker.image", "worker:3");
    given.put("wq.worker.seconds", "0.25");
    given.put(
        "wq.queue.arguments",
        "x-queue-type=quorum, x-delivery-limit=5,x-single-active-consumer=true");
    given.put("wq.items", "0");
    given.put("wq.completions", "20");
    given.put("wq.parallelism", "4");
    given.put("wq.repeat", "100");
    given.put("wq.keep", "on-failure");
    given.put("wq.timeout.scale", "2.5");
    given.put("wq.patience", "90");
    given.put("wq.worker.container", "worker");
    given.put("wq.gate.payloads", "line,empty");
    given.put("wq.scenario", "outcome.exact,race.*");
    given.put("wq.registry", "registry.example:5000/team");
    given.put("wq.history", folder.toString());
    given.put("wq.chaos.seed", "42");
    Path manifest = Files.createFile(folder.resolve("job.yaml"));
    given.put("wq.worker.command", "exec /worker --once");
    given.put("wq.worker.env", "LEVEL=info,RETRIES=3,then 5");
    given.put("wq.worker.job", manifest.toString());
    given.put("wq.worker.evidence", "log:did (.*)");
    given.put("wq.worker.empty", "ends");
    given.put("wq.worker.kind", "drain");
    given.put("wq.gate.poison", "rotten");
    given.put("wq.gate.known", "takes-one-item:takes two, on purpose, keeps-secrets : not yet");
    given.put("wq.gate.require", "runs-unprivileged");
    given.put("wq.gate.record", folder.resolve("new.json").toString());
    Path baseline = Files.createFile(folder.resolve("baseline.json"));
    given.put("wq.gate.baseline", baseline.toString());
    given.put("wq.gate.against", "worker:2");
    given.put("wq.worker.args", "[--at, $(BROKER_HOST)]");
    given.put("wq.worker.secrets", "{broker: {password: $(BROKER_PASSWORD)}}");
    given.put("wq.worker.vhost", "jobs");
    given.put("wq.worker.host", "rabbit");
    given.put("wq.queue.exchange", "orders");
    given.put("wq.queue.exchange-type", "topic");
    given.put("wq.queue.exchange-durable", "false");
    given.put("wq.queue.routing-key", "order.new");
    given.put("wq.worker.objects", manifest.toString());
    given.put("wq.queue.name", "hello");
    given.put("wq.queue.durable", "false");
    given.put("wq.queue.declared-by", "worker");
    assertThat(read(given))
        .isEqualTo(
            new Configuration(
                new ClusterChoice.Throwaway(),
                AvailableImages.PINNED.sets().get(Generation.OLDEST),
                "node:1",
                5,
                Optional.of(new BrokerChoice.InCluster()),
                "broker:2",
                new WorkerChoice.Image("worker:3"),
                Optional.of(Duration.ofMillis(250)),
                Map.of(
                    "x-queue-type",
                    "quorum",
                    "x-delivery-limit",
                    5L,
                    "x-single-active-consumer",
                    true),
                0,
                20,
                4,
                Optional.of(
                    new ScenarioChoice("outcome.exact,race.*", List.of("outcome.exact", "race.*"))),
                100,
                Keep.ON_FAILURE,
                2.5,
                Optional.of(Duration.ofSeconds(90)),
                Optional.of(new RegistryAddress("registry.example:5000", "team")),
                List.of(folder),
                Optional.of(42),
                new WorkerContract(
                    Optional.of(List.of("/bin/sh", "-c", "exec /worker --once")),
                    Optional.of(List.of("--at", "$(BROKER_HOST)")),
                    Map.of("LEVEL", "info", "RETRIES", "3,then 5"),
                    Map.of("broker", Map.of("password", "$(BROKER_PASSWORD)")),
                    Optional.of(manifest),
                    Optional.of(manifest),
                    Optional.of("worker"),
                    Optional.of(new DeclaredEvidence(DeclaredEvidence.Kind.LOG, "did (.*)")),
                    WorkerKind.DRAIN,
                    WorkerContract.EmptyQueue.ENDS,
                    Optional.of("rotten"),
                    Set.of(PayloadKind.LINE, PayloadKind.EMPTY),
                    Optional.of(
                        Map.of(
                            Rule.TAKES_ONE_ITEM, "takes two, on purpose",
                            Rule.KEEPS_SECRETS, "not yet")),
                    Set.of(Rule.RUNS_UNPRIVILEGED),
                    new QueueContract(
                        Optional.of("hello"),
                        false,
                        true,
                        Optional.of(
                            new QueueContract.Feed(
                                "orders", "topic", false, Optional.of("order.new")))),
                    Optional.of(new WorkerLogin("guest", "guest", "jobs")),
                    Optional.of("rabbit")),
                new CostChoice(
                    Optional.of(folder.resolve("new.json")),
                    Optional.of(baseline),
                    Optional.of("worker:2")),
                GuestChoice.NONE));
  }

  @Test
  void wantsAHistoryThatIsThere() {
    assertMistake(
        "wq.history",
        "no/such.ndjson",
        "there is no such file or folder; it is looked up from "
            + Path.of("").toAbsolutePath()
            + ".");
  }

  @Test
  void takesSeveralHistories() throws IOException {
    Path first = Files.createFile(folder.resolve("a.ndjson"));
    Path comma = Files.createFile(folder.resolve("b,c.ndjson"));
    assertThat(read(Map.of("wq.history", first + "," + folder)).histories())
        .containsExactly(first, folder);
    assertThat(read(Map.of("wq.history", comma.toString())).histories()).containsExactly(comma);
    assertMistake(
        "wq.history",
        first + ",no/such.ndjson",
        "no/such.ndjson: there is no such file or folder; it is looked up from "
            + Path.of("").toAbsolutePath()
            + ".");
  }

  @Test
  void wantsAWholeNumberAsSeed() {
    assertMistake("wq.chaos.seed", "apple", "allowed is a whole number from 0 to 2147483647.");
  }

  @Test
  void choosesTheCluster() {
    assertThat(readWithRegistry("current").cluster()).isEqualTo(new ClusterChoice.Current());
    assertThat(readWithRegistry("arn:aws:eks:x").cluster())
        .isEqualTo(new ClusterChoice.Context("arn:aws:eks:x"));
    assertThat(new ClusterChoice.Current().exists()).isTrue();
    assertThat(new ClusterChoice.Throwaway().exists()).isFalse();
  }

  @Test
  void choosesTheBroker() {
    assertThat(read("wq.broker", "container").broker()).contains(new BrokerChoice.Container());
    assertThat(read("wq.broker", "amqp://h").broker())
        .contains(new BrokerChoice.Url(new BrokerUrl(false, "guest", "guest", "h", 5672, "/")));
  }

  @Test
  void takesTheFolderOfAWorker() throws IOException {
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    assertThat(read("wq.worker.context", folder.toString()).worker())
        .isEqualTo(new WorkerChoice.Context(folder));
  }

  @Test
  void leavesOtherNamesToOthers() {
    assertThat(read(Map.of("junit.jupiter.x", "y", "wqx", "z"))).isEqualTo(read(Map.of()));
  }

  @Test
  void trimsValues() {
    assertThat(read("wq.items", " 12 ").items()).isEqualTo(12);
  }

  @Test
  void neverShowsThePassword() {
    assertThat(read("wq.broker", "amqp://ann:s3cret@h").toString())
        .contains("amqp://ann:***@h:5672")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @EnumSource
  void documentsEachParameter(Parameter parameter) {
    assertThat(parameter.key()).startsWith("wq.");
    assertThat(parameter.meaning()).isNotBlank();
    assertThat(Parameter.named(parameter.key())).contains(parameter);
    parameter
        .defaultText()
        .ifPresent(text -> assertThat(read(parameter.key(), text)).isEqualTo(read(Map.of())));
  }

  @Test
  void namesTheNearestOfAnUnknownNameAndListsAll() {
    assertThatThrownBy(() -> read("wq.kepe", "always"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            FIRST_LINE
                + "  1. wq.kepe is no parameter. Did you mean wq.keep?\n"
                + "All parameters: "
                + String.join(", ", Parameter.keys()));
  }

  @ParameterizedTest
  @CsvSource({"alway,always", "Never,never", "failure,on-failure", "'',never", "true,never"})
  void namesTheNearestOfAnUnknownValue(String given, String nearest) {
    assertMistake(
        "wq.keep",
        given,
        "allowed are never, on-failure and always. Did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "wq.cluster.nodes,0,1,5",
    "wq.cluster.nodes,6,1,5",
    "wq.cluster.nodes,two,1,5",
    "wq.items,-1,0,2147483647",
    "wq.items,2147483648,0,2147483647",
    "wq.items,99999999999999999999,0,2147483647",
    "wq.items,1.5,0,2147483647",
    "wq.completions,'',0,2147483647",
    "wq.parallelism,-2,0,2147483647",
    "wq.repeat,0,1,2147483647"
  })
  void saysWhichNumbersAreAllowed(String name, String given, int least, int most) {
    assertMistake(name, given, "allowed is a whole number from " + least + " to " + most + ".");
  }

  @ParameterizedTest
  @CsvSource({"-1", "10s", "86400.1", "NaN", "1e3", "''"})
  void saysWhichSecondsAreAllowed(String given) {
    assertMistake(
        "wq.worker.seconds", given, "allowed are seconds from 0 to 86400, for example 0.5.");
  }

  @ParameterizedTest
  @CsvSource({"0", "0.0", "-1", "1000.5", "double", "Infinity"})
  void saysWhichScalesAreAllowed(String given) {
    assertMistake(
        "wq.timeout.scale",
        given,
        "allowed is a number above 0 and up to 1000, for example 2 or 0.5.");
  }

  @ParameterizedTest
  @CsvSource({"wq.cluster.image", "wq.broker.image", "wq.worker.image"})
  void saysWhatTheNameOfAnImageLooksLike(String name) {
    assertMistake(
        name,
        "My Image",
        "allowed is the name of an image, for example registry.example:5000/team/name:tag.");
  }

  @Test
  void needsTheNameOfACluster() {
    assertMistake(
        "wq.cluster", " ", "allowed are k3s, current and the name of a kubeconfig context.");
  }

  @ParameterizedTest
  @CsvSource({"contaner,container", "incluster,in-cluster", "amqp:/h,amqp://", "docker,container"})
  void namesTheNearestBroker(String given, String nearest) {
    assertMistake(
        "wq.broker",
        given,
        "allowed are container, in-cluster and a URL of the form "
            + FORM
            + ". Did you mean "
            + nearest
            + "?");
  }

  @Test
  void saysWhatIsWrongWithABrokersUrl() {
    assertThatThrownBy(() -> read("wq.broker", "amqp://ann:s3cret@:5672"))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            FIRST_LINE
                + "  1. wq.broker=amqp://ann:***@:5672: the URL names no host. Its form is "
                + FORM
                + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "amqp://ann:s3/cret@h",
    "amqp://ann:s3@cret@h",
    "amqp://ann:s3%cret@h",
    "amqp://ann:s3:cret@h",
    "amqp://ann:s3 cret@h",
    "amqp://ann:s3?cret@h",
    "amqp://ann:s3cret",
    "http://ann:s3cret@h",
    "ann:s3cret@h",
    "amqp:/ann:s3cret@h"
  })
  void neverShowsThePasswordOfAMalformedUrl(String given) {
    assertThatThrownBy(() -> read("wq.broker", given))
        .isInstanceOf(EnvironmentTrouble.class)
        .message()
        .doesNotContain("s3")
        .doesNotContain("cret");
  }

  @Test
  void takesAnImageOrAFolderNotBoth() throws IOException {
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    assertThatThrownBy(
            () -> read(Map.of("wq.worker.image", "a", "wq.worker.context", folder.toString())))
        .hasMessage(
            FIRST_LINE
                + "  1. wq.worker.image and wq.worker.context exclude each other: give the image,"
                + " or the folder to build it from.");
  }

  @Test
  void saysWhatAFolderOfAWorkerLacks() throws IOException {
    assertMistake("wq.worker.context", folder.toString(), "the folder holds no Dockerfile.");
    Path file = Files.createFile(folder.resolve("Dockerfile"));
    assertMistake(
        "wq.worker.context",
        file.toString(),
        "this is a file; allowed is the folder that holds the Dockerfile.");
    String missing =
        "there is no such folder; it is looked up from " + Path.of("").toAbsolutePath();
    assertMistake("wq.worker.context", "no/such", missing + ".");
    assertMistake("wq.worker.context", "", missing + ".");
  }

  @Test
  void saysWhatIsWrongWithARegistry() {
    assertMistake(
        "wq.registry",
        "https://r:1",
        "it has a scheme; leave that out. Its form is <host>:<port>[/<prefix>], for example"
            + " registry.example:5000/team.");
  }

  @Test
  void aWorkerIsNotHeldAgainstWhatItOverwrites() throws IOException {
    Path file = Files.createFile(folder.resolve("costs.json"));
    Map<String, String> given = new LinkedHashMap<>();
    given.put("wq.gate.record", file.toString());
    given.put(
        "wq.gate.baseline",
        folder.resolve("../" + folder.getFileName() + "/costs.json").toString());
    assertThatThrownBy(() -> read(given))
        .hasMessage(
            FIRST_LINE
                + "  1. wq.gate.record and wq.gate.baseline name the same file: what a worker is"
                + " held against would be overwritten by it. Name another file with"
                + " wq.gate.record.");
  }

  @Test
  void needsARegistryThatAClusterThatExistsPullsFrom() {
    assertThatThrownBy(() -> read("wq.cluster", "current"))
        .hasMessage(
            FIRST_LINE
                + "  1. wq.registry is missing: the worker's image reaches a cluster that exists"
                + " through a registry that this machine can push to and the cluster pulls from,"
                + " <host>:<port>[/<prefix>], for example registry.example:5000/team. Or give"
                + " wq.worker.image, an image that the cluster can pull.");
    assertThat(read(Map.of("wq.cluster", "current", "wq.worker.image", "a")).registry()).isEmpty();
  }

  @Test
  void namesTheNearestRule() {
    String all = String.join(", ", Rule.ids());
    assertMistake(
        "wq.gate.known",
        "takes-one-itm:why not",
        "there is no rule \"takes-one-itm\". Did you mean takes-one-item? All rules: " + all + ".");
    assertMistake(
        "wq.gate.require",
        "runs-privileged",
        "there is no rule \"runs-privileged\". Did you mean runs-unprivileged? All rules: "
            + all
            + ".");
  }

  @Test
  void wantsAReasonForWhatIsKnown() {
    String missing =
        "the reason is missing; allowed is <rule>:<reason>[,<rule>:<reason>], for example"
            + " keeps-secrets:as documented.";
    assertMistake("wq.gate.known", "keeps-secrets", missing);
    assertMistake("wq.gate.known", "keeps-secrets: ", "keeps-secrets: ", missing);
    assertThat(read("wq.gate.known", "none").contract().known()).contains(Map.of());
  }

  @Test
  void requiresNothingTwice() {
    assertMistake(
        "wq.gate.require",
        "keeps-secrets",
        "keeps-secrets is required in any case; it is no advice.");
  }

  @Test
  void wantsFilesForBaselines() {
    assertMistake(
        "wq.gate.record",
        "no/such/baseline.json",
        "there is no folder " + Path.of("no/such").toAbsolutePath() + " to write the file into.");
    assertMistake(
        "wq.gate.record",
        folder.toString(),
        "allowed is the name of a file, for example baseline.json.");
    assertMistake(
        "wq.gate.baseline",
        folder.toString(),
        "this is a folder; allowed is a file that wq.gate.record wrote.");
    assertMistake(
        "wq.gate.baseline",
        "no.json",
        "there is no such file or folder; it is looked up from "
            + Path.of("").toAbsolutePath()
            + ".");
    assertMistake(
        "wq.gate.against",
        "not an image",
        "allowed is the name of an image, for example registry.example:5000/team/name:tag.");
  }

  @ParameterizedTest
  @CsvSource({"logs:x,log:", "digests,digest", "output:,output:", "no,none"})
  void namesTheNearestEvidence(String given, String nearest) {
    assertMistake(
        "wq.worker.evidence",
        given,
        "allowed are log:<regular expression>, digest, output:<queue> and none. Did you mean "
            + nearest
            + "?");
  }

  @Test
  void takesEachKindOfEvidence() {
    assertThat(read("wq.worker.evidence", "digest").contract().evidence())
        .contains(new DeclaredEvidence(DeclaredEvidence.Kind.DIGEST, ""));
    assertThat(read("wq.worker.evidence", "output:done").contract().evidence())
        .contains(new DeclaredEvidence(DeclaredEvidence.Kind.OUTPUT, "done"));
    assertThat(read("wq.worker.evidence", "none").contract().evidence())
        .contains(new DeclaredEvidence(DeclaredEvidence.Kind.NONE, ""));
  }

  @Test
  void wantsAPatternThatNamesTheItem() {
    assertMistake(
        "wq.worker.evidence",
        "log:Processing .*",
        "the expression needs a group for the first line of the item, for example log:Processing"
            + " (.*).");
    assertMistake(
        "wq.worker.evidence", "log:(", "this is no regular expression: Unclosed group at 1.");
  }

  @Test
  void leavesTheHarnessItsVariables() {
    assertMistake("wq.worker.env", "A=1,QUEUE=x", "QUEUE is set by the harness.");
    assertMistake(
        "wq.worker.env",
        "A B=1",
        "allowed are variables with their values, for example LEVEL=info,RETRIES=3.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x-queue-type", "=5", "x-max-length=4,", "x queue=1", "x-a=1,x-a=2", "a=1,b"})
  void wantsQueueArgumentsWithTheirValues(String given) {
    assertMistake(
        "wq.queue.arguments",
        given,
        "allowed is name=value[,name=value], each name once, for example"
            + " x-queue-type=quorum,x-delivery-limit=5.");
  }

  @Test
  void queueArgumentsAreWholeNumbersBooleansOrText() {
    assertThat(
            read("wq.queue.arguments", "a=5,b=-1,c=true,d=false,e=5s,f=,g=1.5,h=a=b,i=True")
                .queueArguments())
        .isEqualTo(
            Map.of(
                "a", 5L, "b", -1L, "c", true, "d", false, "e", "5s", "f", "", "g", "1.5", "h",
                "a=b", "i", "True"));
  }

  @Test
  void namesTheNearestHabitOnAnEmptyQueue() {
    assertMistake("wq.worker.empty", "wait", "allowed are waits and ends. Did you mean waits?");
  }

  @Test
  void wantsACommandAndAManifest() {
    assertMistake(
        "wq.worker.command",
        "",
        "allowed is a shell command, for example \"exec /worker --once\", or a program with its"
            + " arguments, for example [/worker, --once].");
    assertMistake(
        "wq.worker.job",
        folder.toString(),
        "this is a folder; allowed is the file that holds the Job's manifest.");
    assertMistake(
        "wq.worker.job",
        "no/such.yaml",
        "there is no such file or folder; it is looked up from "
            + Path.of("").toAbsolutePath()
            + ".");
  }

  @Test
  void knowsTheKindsOfPayloads() {
    assertMistake(
        "wq.gate.payloads",
        "line,binry",
        "there is no kind of payload \"binry\". Did you mean binary? All kinds: line, lines,"
            + " binary, empty, large.");
  }

  @Test
  void wantsTheNameOfAContainer() {
    assertMistake(
        "wq.worker.container",
        "The Worker",
        "allowed is the name of a container, for example worker.");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("wq.item", "8");
    given.put("wq.workers.image", "x");
    given.put("wq.keep", "alway");
    given.put("wq.parallelism", "many");
    given.put("wq.queue.arguments", "quorum");
    given.put("wq.broker", "amqp://ann:s3cret@h:port");
    given.put("wq.cluster", "current");
    assertThatThrownBy(() -> read(given))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Nothing was started, for the parameters cannot be used:
              1. wq.item is no parameter. Did you mean wq.items?
              2. wq.workers.image is no parameter. Did you mean wq.worker.image?
              3. wq.broker=amqp://ann:***@h:port: the URL has a port that is not between 1 and \
            65535. Its form is amqp[s]://<user>:<password>@<host>:<port>/<vhost>.
              4. wq.queue.arguments=quorum: allowed is name=value[,name=value], each name once, for \
            example x-queue-type=quorum,x-delivery-limit=5.
              5. wq.parallelism=many: allowed is a whole number from 0 to 2147483647.
              6. wq.keep=alway: allowed are never, on-failure and always. Did you mean always?
              7. wq.registry is missing: the worker's image reaches a cluster that exists through \
            a registry that this machine can push to and the cluster pulls from, \
            <host>:<port>[/<prefix>], for example registry.example:5000/team. Or give \
            wq.worker.image, an image that the cluster can pull.
            All parameters:\s"""
                + String.join(", ", Parameter.keys()));
  }

  @Test
  void wantsTheAuthoritiesOfABrokerBehindTls() throws IOException {
    assertMistake(
        "wq.broker.ca",
        "no/such.pem",
        "there is no such file or folder; it is looked up from "
            + Path.of("").toAbsolutePath()
            + ".");
    assertMistake(
        "wq.broker.ca",
        folder.toString(),
        "this is a folder; allowed is a file of certificates in PEM.");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertMistake("wq.broker.ca", empty.toString(), "the file holds no certificate.");
    Path key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nMA==\n");
    assertThatThrownBy(() -> read("wq.broker.ca", key.toString()))
        .hasMessageStartingWith(
            FIRST_LINE + "  1. wq.broker.ca=" + key + ": the file holds no certificates in PEM: ");
  }

  @Test
  void takesAuthoritiesWithTlsOnly() {
    Path pem = Path.of("src/test/resources/tls/authority.pem");
    assertThat(read(Map.of("wq.broker", "amqps://h", "wq.broker.ca", pem.toString())).broker())
        .contains(new BrokerChoice.Url(BrokerUrl.parse("amqps://h"), Optional.of(pem)));
    for (String broker : List.of("amqp://h", "container")) {
      assertThatThrownBy(() -> read(Map.of("wq.broker", broker, "wq.broker.ca", pem.toString())))
          .isInstanceOf(EnvironmentTrouble.class)
          .hasMessage(
              FIRST_LINE
                  + "  1. wq.broker.ca is for a broker that is reached by TLS: give its amqps:// URL"
                  + " in wq.broker, or leave wq.broker.ca out.");
    }
  }

  @Test
  void showsNoControlCharacters() {
    assertMistake(
        "wq.keep",
        "a\u001bb",
        "a.b",
        "allowed are never, on-failure and always. Did you mean never?");
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER,false,false",
    "NEVER,true,false",
    "ON_FAILURE,false,false",
    "ON_FAILURE,true,true",
    "ALWAYS,false,true",
    "ALWAYS,true,true"
  })
  void keepsWhatItSays(Keep keep, boolean failed, boolean kept) {
    assertThat(keep.keeps(failed)).isEqualTo(kept);
  }

  private static void assertMistake(String name, String given, String message) {
    assertMistake(name, given, given, message);
  }

  private static void assertMistake(String name, String given, String shown, String message) {
    assertThatThrownBy(() -> read(name, given))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(FIRST_LINE + "  1. " + name + "=" + shown + ": " + message);
  }

  private static Configuration readWithRegistry(String cluster) {
    return read(Map.of("wq.cluster", cluster, "wq.registry", "r:1"));
  }

  private static Configuration read(String name, String value) {
    return read(Map.of(name, value));
  }

  private static Configuration read(Map<String, String> given) {
    return Configuration.from(given, AvailableImages.PINNED);
  }

  @Test
  void whatIsKeptWouldKeepOthersAwayFromANamespaceThatExists() {
    Map<String, String> given =
        Map.of(
            "wq.cluster", "prod",
            "wq.namespace", "team-a",
            "wq.worker.image", "example/w:1",
            "wq.keep", "on-failure");
    assertThatThrownBy(() -> Configuration.from(given, AvailableImages.here()))
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage(
            """
            Nothing was started, for the parameters cannot be used:
              1. wq.keep: in a namespace that exists all scenarios follow each other, and each \
            removes what it made: leave wq.keep out, or wq.namespace.""");
  }
}
