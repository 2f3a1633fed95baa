package workqueue.configuration;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workqueue.EnvironmentTrouble;
import workqueue.PayloadKind;
import workqueue.TrustedCertificates;
import workqueue.WorkerKind;

/** Reads a configuration, going on after a mistake so that all of them are told at once. */
final class ConfigurationReader {
  private static final int MOST_NODES = 5;
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());
  private static final BigDecimal MOST_SCALE = BigDecimal.valueOf(1000);

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

  private final Map<String, String> given = new TreeMap<>();
  private final Map<String, String> ofFile = new TreeMap<>();
  private final AvailableImages available;
  private final List<String> mistakes = new ArrayList<>();
  private boolean nameUnknown;
  private Optional<Path> gateFile = Optional.empty();

  ConfigurationReader(Map<String, String> given, AvailableImages available) {
    given.forEach(
        (name, value) -> {
          if (name.startsWith(Parameter.PREFIX)) {
            this.given.put(name, value);
          }
        });
    this.available = available;
  }

  Configuration read() {
    rejectUnknownNames();
    readGateFile();
    ClusterChoice cluster =
        value(Parameter.CLUSTER, this::cluster).orElseGet(ClusterChoice.Throwaway::new);
    Images images = value(Parameter.KUBERNETES, this::images).orElseGet(available::newest);
    String clusterImage = value(Parameter.CLUSTER_IMAGE, this::image).orElse(images.cluster());
    int nodes = wholeNumber(Parameter.CLUSTER_NODES, 1, MOST_NODES);
    Optional<BrokerChoice> broker =
        trusting(
            value(Parameter.BROKER, this::broker),
            value(Parameter.BROKER_CA, ConfigurationReader::certificates));
    String brokerImage = value(Parameter.BROKER_IMAGE, this::image).orElse(images.broker());
    WorkerChoice worker = worker();
    Optional<Duration> seconds = value(Parameter.WORKER_SECONDS, this::duration);
    Map<String, Object> queueArguments =
        value(Parameter.QUEUE_ARGUMENTS, QueueArguments::read).orElse(Map.of());
    int items = wholeNumber(Parameter.ITEMS, 0, Integer.MAX_VALUE);
    int completions = wholeNumber(Parameter.COMPLETIONS, 0, Integer.MAX_VALUE);
    int parallelism = wholeNumber(Parameter.PARALLELISM, 0, Integer.MAX_VALUE);
    Optional<ScenarioChoice> scenarios = value(Parameter.SCENARIO, ScenarioChoice::parse);
    int repeat = wholeNumber(Parameter.REPEAT, 1, Integer.MAX_VALUE);
    Keep keep = value(Parameter.KEEP, this::keep).orElse(Keep.NEVER);
    double scale = value(Parameter.TIMEOUT_SCALE, this::scale).orElse(1.0);
    Optional<Duration> patience = value(Parameter.PATIENCE, this::duration);
    Optional<RegistryAddress> registry = value(Parameter.REGISTRY, this::registry);
    List<Path> histories =
        value(Parameter.HISTORY, ConfigurationReader::histories).orElse(List.of());
    Optional<Integer> chaosSeed =
        value(Parameter.CHAOS_SEED, text -> wholeNumber(text, 0, Integer.MAX_VALUE));
    WorkerContract contract = contract();
    CostChoice costs =
        new CostChoice(
            value(Parameter.GATE_RECORD, ConfigurationReader::fileToWrite),
            value(Parameter.GATE_BASELINE, text -> file(text, "a file that wq.gate.record wrote")),
            value(Parameter.GATE_AGAINST, this::image));
    GuestChoice guest =
        new GuestChoice(
            value(Parameter.NAMESPACE, this::namespace),
            value(Parameter.CONFORMANCE_MODE, this::mode).orElse(ConformanceMode.QUICK),
            value(Parameter.PULL_SECRETS, this::names).orElse(List.of()),
            value(
                Parameter.OVERLAY,
                text -> PodOverlay.read(file(text, "a file as docs/conformance.md describes it"))));
    requireNamespace(guest);
    requireRegistry(cluster, guest);
    requireExisting(cluster);
    requireBrokerInside(guest, broker);
    requireNothingKept(guest, keep);
    requireTwoFiles(costs);
    requireWorkerOfFile(worker, contract);
    if (!mistakes.isEmpty()) {
      throw new EnvironmentTrouble(message());
    }
    return new Configuration(
        cluster,
        images,
        clusterImage,
        nodes,
        broker,
        brokerImage,
        worker,
        seconds,
        queueArguments,
        items,
        completions,
        parallelism,
        scenarios,
        repeat,
        keep,
        scale,
        patience,
        registry,
        histories,
        chaosSeed,
        contract,
        costs,
        guest);
  }

  /** What the gate file says counts where no parameter says otherwise. */
  private void readGateFile() {
    Path usual = Path.of(GateFile.NAME);
    Optional<Path> file =
        value(Parameter.GATE_FILE, text -> file(text, "a file as docs/gate.md describes it"));
    if (file.isEmpty() && !isGiven(Parameter.GATE_FILE) && Files.isRegularFile(usual)) {
      file = Optional.of(usual);
    }
    if (file.isEmpty()) {
      return;
    }
    gateFile = file;
    try {
      for (GateFile.Said said : GateFile.read(file.get())) {
        if (!isOverruled(said.parameter())) {
          given.put(said.parameter().key(), said.text());
          ofFile.put(said.parameter().key(), file.get() + ", " + said.key());
        }
      }
    } catch (Mistake mistake) {
      mistakes.add(file.get() + ": " + mistake.getMessage());
    }
  }

  /** What a file says of a worker does not hold of the documented one. */
  private void requireWorkerOfFile(WorkerChoice worker, WorkerContract contract) {
    if (mistakes.isEmpty()
        && gateFile.isPresent()
        && (worker instanceof WorkerChoice.Tutorial)
        && contract.job().isEmpty()) {
      mistakes.add(
          gateFile.get()
              + " does not say which worker it is about: give image, context or job, for example"
              + " image: registry.example/team/worker:1.4");
    }
  }

  /** Whether a parameter was given that says the same, or from where else the worker comes. */
  private boolean isOverruled(Parameter parameter) {
    boolean isWhere = parameter == Parameter.WORKER_IMAGE || parameter == Parameter.WORKER_CONTEXT;
    return isWhere
        ? isTold(Parameter.WORKER_IMAGE) || isTold(Parameter.WORKER_CONTEXT)
        : isTold(parameter);
  }

  private boolean isTold(Parameter parameter) {
    return isGiven(parameter) && !ofFile.containsKey(parameter.key());
  }

  /**
   * @param allowed what file it must be, for messages
   */
  private static Path file(String text, String allowed) {
    Path file = existing(text);
    if (Files.isDirectory(file)) {
      throw new Mistake("this is a folder; allowed is " + allowed + ".");
    }
    return file;
  }

  private static Path manifest(String text) {
    return file(text, "the file that holds the Job's manifest");
  }

  /** What pods get besides is for a namespace that is somebody else's. */
  private void requireNamespace(GuestChoice guest) {
    if (guest.namespace().isEmpty() && isGiven(Parameter.OVERLAY)) {
      mistakes.add(
          "wq.overlay is what pods get besides in a namespace that exists: give wq.namespace as"
              + " well, or leave wq.overlay out.");
    }
  }

  private String message() {
    StringBuilder message =
        new StringBuilder("Nothing was started, for the parameters cannot be used:");
    for (int index = 0; index < mistakes.size(); index++) {
      message.append("\n  ").append(index + 1).append(". ").append(mistakes.get(index));
    }
    if (nameUnknown) {
      message.append("\nAll parameters: ").append(String.join(", ", Parameter.keys()));
    }
    return message.toString();
  }

  private void rejectUnknownNames() {
    for (String name : given.keySet()) {
      if (Parameter.named(name).isEmpty()) {
        nameUnknown = true;
        mistakes.add(
            "%s is no parameter. Did you mean %s?"
                .formatted(shown(name), Nearest.of(name, Parameter.keys())));
      }
    }
  }

  /** The value read, or nothing if none is given or it is a mistake, which is noted. */
  private <T> Optional<T> value(Parameter parameter, Function<String, T> reading) {
    String text = given.get(parameter.key());
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(text.trim()));
    } catch (Mistake mistake) {
      mistakes.add(
          named(parameter)
              + "="
              + (isHidden(parameter, text) ? "***" : shown(BrokerUrlParser.redact(text)))
              + ": "
              + mistake.getMessage());
      return Optional.empty();
    }
  }

  /** As it was given: by its key in the gate file, or else by its own. */
  private String named(Parameter parameter) {
    return ofFile.getOrDefault(parameter.key(), parameter.key());
  }

  /** Of variables with a mistake in one the others are nobody's business. */
  private static boolean isHidden(Parameter parameter, String text) {
    return parameter.isSecret() || (parameter == Parameter.WORKER_ENV && Flow.is(text.trim()));
  }

  private ClusterChoice cluster(String text) {
    return switch (text) {
      case "" ->
          throw new Mistake("allowed are k3s, current and the name of a kubeconfig context.");
      case "k3s" -> new ClusterChoice.Throwaway();
      case "current" -> new ClusterChoice.Current();
      default -> new ClusterChoice.Context(text);
    };
  }

  private Images images(String text) {
    return available.of(
        Generation.of(text).orElseThrow(() -> Nearest.notAmong(text, Generation.texts())));
  }

  private BrokerChoice broker(String text) {
    if (text.equals("container")) {
      return new BrokerChoice.Container();
    }
    if (text.equals("in-cluster")) {
      return new BrokerChoice.InCluster();
    }
    if (text.contains("://")) {
      try {
        return new BrokerChoice.Url(BrokerUrl.parse(text));
      } catch (IllegalArgumentException malformed) {
        throw new Mistake(malformed.getMessage() + " Its form is " + BrokerUrlParser.FORM + ".");
      }
    }
    throw new Mistake(
        "allowed are container, in-cluster and a URL of the form %s. Did you mean %s?"
            .formatted(
                BrokerUrlParser.FORM,
                Nearest.of(text, List.of("container", "in-cluster", "amqp://"))));
  }

  /** The broker with the authorities that it has its certificate from. */
  private Optional<BrokerChoice> trusting(
      Optional<BrokerChoice> broker, Optional<Path> authorities) {
    if (authorities.isEmpty()) {
      return broker;
    }
    if (broker.orElse(null) instanceof BrokerChoice.Url url && url.address().tls()) {
      return Optional.of(new BrokerChoice.Url(url.address(), authorities));
    }
    mistakes.add(
        "wq.broker.ca is for a broker that is reached by TLS: give its amqps:// URL in wq.broker, or"
            + " leave wq.broker.ca out.");
    return broker;
  }

  private static Path certificates(String text) {
    Path file = file(text, "a file of certificates in PEM");
    try {
      if (!TrustedCertificates.in(file).isEmpty()) {
        return file;
      }
    } catch (IOException | CertificateException unreadable) {
      throw new Mistake("the file holds no certificates in PEM: " + unreadable.getMessage() + ".");
    }
    throw new Mistake("the file holds no certificate.");
  }

  private String image(String text) {
    if (!ImageName.isValid(text)) {
      throw new Mistake(
          "allowed is the name of an image, for example registry.example:5000/team/name:tag.");
    }
    return text;
  }

  private WorkerChoice worker() {
    Optional<String> image = value(Parameter.WORKER_IMAGE, this::image);
    Optional<Path> context = value(Parameter.WORKER_CONTEXT, this::context);
    if (isGiven(Parameter.WORKER_IMAGE) && isGiven(Parameter.WORKER_CONTEXT)) {
      mistakes.add(
          "wq.worker.image and wq.worker.context exclude each other: give the image, or the folder"
              + " to build it from.");
    }
    if (image.isPresent()) {
      return new WorkerChoice.Image(image.get());
    }
    return context.isPresent()
        ? new WorkerChoice.Context(context.get())
        : new WorkerChoice.Tutorial();
  }

  private WorkerContract contract() {
    Optional<List<String>> command = value(Parameter.WORKER_COMMAND, ContractReader::command);
    Optional<List<String>> args = value(Parameter.WORKER_ARGS, Flow::list);
    Map<String, String> environment =
        value(Parameter.WORKER_ENV, ContractReader::environment).orElse(Map.of());
    Map<String, Map<String, String>> secrets =
        value(Parameter.WORKER_SECRETS, ContractReader::secrets).orElse(Map.of());
    requirePlaceholders(Parameter.WORKER_COMMAND, command.orElse(List.of()), environment);
    requirePlaceholders(Parameter.WORKER_ARGS, args.orElse(List.of()), environment);
    requirePlaceholders(Parameter.WORKER_ENV, environment.values(), environment);
    secrets
        .values()
        .forEach(keys -> requirePlaceholders(Parameter.WORKER_SECRETS, keys.values(), Map.of()));
    WorkerKind kind = value(Parameter.WORKER_KIND, ContractReader::kind).orElse(WorkerKind.ONE);
    if (kind == WorkerKind.DRAIN && "waits".equals(given.get(Parameter.WORKER_EMPTY.key()))) {
      mistakes.add(
          "wq.worker.kind=drain and wq.worker.empty=waits contradict each other: a worker that drains"
              + " its queue ends where it is empty.");
    }
    if (kind == WorkerKind.SERVE && "ends".equals(given.get(Parameter.WORKER_EMPTY.key()))) {
      mistakes.add(
          "wq.worker.kind=serve and wq.worker.empty=ends contradict each other: a worker that serves"
              + " waits for the next item.");
    }
    return new WorkerContract(
        command,
        args,
        environment,
        secrets,
        value(Parameter.WORKER_JOB, ConfigurationReader::manifest),
        value(Parameter.WORKER_OBJECTS, ConfigurationReader::manifest),
        value(Parameter.WORKER_CONTAINER, ContractReader::container),
        value(Parameter.WORKER_EVIDENCE, ContractReader::evidence),
        kind,
        value(Parameter.WORKER_EMPTY, ContractReader::emptyQueue)
            .orElse(
                kind == WorkerKind.DRAIN
                    ? WorkerContract.EmptyQueue.ENDS
                    : WorkerContract.EmptyQueue.WAITS),
        value(Parameter.GATE_POISON, Function.identity()),
        value(Parameter.GATE_PAYLOADS, ContractReader::payloads).orElse(Set.of(PayloadKind.LINE)),
        value(Parameter.GATE_KNOWN, ContractReader::known),
        value(Parameter.GATE_REQUIRE, ContractReader::required).orElse(Set.of()),
        new QueueContract(
            value(Parameter.QUEUE_NAME, ContractReader::queueName),
            value(Parameter.QUEUE_DURABLE, ContractReader::yesOrNo).orElse(true),
            value(Parameter.QUEUE_DECLARED_BY, ContractReader::declaredByWorker).orElse(false),
            feed()),
        login(),
        value(Parameter.WORKER_HOST, ContractReader::service));
  }

  private Optional<QueueContract.Feed> feed() {
    Optional<String> exchange = value(Parameter.QUEUE_EXCHANGE, ContractReader::exchange);
    Optional<String> key = value(Parameter.QUEUE_ROUTING_KEY, ContractReader::routingKey);
    Optional<String> type = value(Parameter.QUEUE_EXCHANGE_TYPE, ContractReader::exchangeType);
    Optional<Boolean> durable = value(Parameter.QUEUE_EXCHANGE_DURABLE, ContractReader::yesOrNo);
    if (!given.containsKey(Parameter.QUEUE_EXCHANGE.key())) {
      Stream.of(
              Parameter.QUEUE_EXCHANGE_TYPE,
              Parameter.QUEUE_EXCHANGE_DURABLE,
              Parameter.QUEUE_ROUTING_KEY)
          .filter(each -> given.containsKey(each.key()))
          .filter(each -> !each.defaultText().equals(Optional.of(given.get(each.key()))))
          .map(
              each ->
                  "%s is given without an exchange that feeds the queue: give %s as well."
                      .formatted(named(each), Parameter.QUEUE_EXCHANGE.key()))
          .forEach(mistakes::add);
    }
    return exchange.map(
        name -> new QueueContract.Feed(name, type.orElse("direct"), durable.orElse(true), key));
  }

  /** What is not given of a login that is built in is as RabbitMQ has it. */
  private Optional<WorkerLogin> login() {
    Optional<String> user = value(Parameter.WORKER_USER, ContractReader::present);
    Optional<String> password = value(Parameter.WORKER_PASSWORD, ContractReader::present);
    Optional<String> vhost = value(Parameter.WORKER_VHOST, ContractReader::present);
    if (user.orElse("guest").equals("guest") && !password.orElse("guest").equals("guest")) {
      mistakes.add(
          "%s is given, and the user is guest, whose password is guest: give %s as well."
              .formatted(named(Parameter.WORKER_PASSWORD), Parameter.WORKER_USER.key()));
    }
    return user.isEmpty() && password.isEmpty() && vhost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WorkerLogin(user.orElse("guest"), password.orElse("guest"), vhost.orElse("/")));
  }

  /**
   * Refuses what looks like a placeholder and is none; what the shell expands has small letters.
   */
  private void requirePlaceholders(
      Parameter parameter, Collection<String> texts, Map<String, String> environment) {
    List<String> known = new ArrayList<>(Placeholders.names());
    known.addAll(environment.keySet());
    for (String text : texts) {
      for (String name : Placeholders.in(text)) {
        if (name.matches("[A-Z][A-Z0-9_]*") && !known.contains(name)) {
          mistakes.add(
              "%s: there is no placeholder $(%s). Did you mean $(%s)? All placeholders: %s."
                  .formatted(
                      named(parameter), name, Nearest.of(name, known), String.join(", ", known)));
        }
      }
    }
  }

  private static Path fileToWrite(String text) {
    Path file = path(text);
    if (text.isEmpty() || Files.isDirectory(file)) {
      throw new Mistake("allowed is the name of a file, for example baseline.json.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new Mistake("there is no folder " + folder + " to write the file into.");
    }
    return file;
  }

  private Path context(String text) {
    Path folder = path(text);
    if (text.isEmpty() || !Files.exists(folder)) {
      throw new Mistake(
          "there is no such folder; it is looked up from " + Path.of("").toAbsolutePath() + ".");
    }
    if (!Files.isDirectory(folder)) {
      throw new Mistake("this is a file; allowed is the folder that holds the Dockerfile.");
    }
    if (!Files.isRegularFile(folder.resolve("Dockerfile"))) {
      throw new Mistake("the folder holds no Dockerfile.");
    }
    return folder;
  }

  /** A path that is there is one path, whatever commas are in it. */
  private static List<Path> histories(String text) {
    List<String> paths = List.of(text.split(",", -1));
    if (paths.size() == 1 || isThere(text)) {
      return List.of(existing(text));
    }
    List<Path> found = new ArrayList<>();
    for (String path : paths) {
      try {
        found.add(existing(path));
      } catch (Mistake mistake) {
        throw new Mistake(path + ": " + mistake.getMessage());
      }
    }
    return found;
  }

  private static boolean isThere(String text) {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException nonsense) {
      return false;
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException nonsense) {
      throw new Mistake("this is no path.");
    }
  }

  private static Path existing(String text) {
    Path path = path(text);
    if (text.isEmpty() || !Files.exists(path)) {
      throw new Mistake(
          "there is no such file or folder; it is looked up from "
              + Path.of("").toAbsolutePath()
              + ".");
    }
    return path;
  }

  private Keep keep(String text) {
    return Keep.of(text).orElseThrow(() -> Nearest.notAmong(text, Keep.texts()));
  }

  private RegistryAddress registry(String text) {
    try {
      return RegistryAddress.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new Mistake(malformed.getMessage() + " Its form is " + RegistryAddress.FORM + ".");
    }
  }

  private Duration duration(String text) {
    return decimal(text)
        .filter(each -> each.compareTo(MOST_SECONDS) <= 0)
        .map(each -> Duration.ofNanos(each.movePointRight(9).longValueExact()))
        .orElseThrow(
            () ->
                new Mistake(
                    "allowed are seconds from 0 to %s, for example 0.5.".formatted(MOST_SECONDS)));
  }

  private double scale(String text) {
    return decimal(text)
        .filter(each -> each.signum() > 0 && each.compareTo(MOST_SCALE) <= 0)
        .orElseThrow(
            () ->
                new Mistake(
                    "allowed is a number above 0 and up to %s, for example 2 or 0.5."
                        .formatted(MOST_SCALE)))
        .doubleValue();
  }

  private static Optional<BigDecimal> decimal(String text) {
    return text.matches("[0-9]{1,9}(?:\\.[0-9]{1,9})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private int wholeNumber(Parameter parameter, int least, int most) {
    return value(parameter, text -> wholeNumber(text, least, most))
        .orElseGet(() -> Integer.parseInt(parameter.defaultText().orElseThrow()));
  }

  private static int wholeNumber(String text, int least, int most) {
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    throw new Mistake("allowed is a whole number from %d to %d.".formatted(least, most));
  }

  private String namespace(String text) {
    if (text.length() > 63 || !DNS_LABEL.matcher(text).matches()) {
      throw new Mistake(
          "allowed is the name of a namespace: up to 63 small letters, digits and hyphens.");
    }
    return text;
  }

  private ConformanceMode mode(String text) {
    return ConformanceMode.of(text)
        .orElseThrow(() -> Nearest.notAmong(text, ConformanceMode.words()));
  }

  private List<String> names(String text) {
    List<String> names = List.of(text.split(",", -1));
    if (!names.stream().allMatch(each -> DNS_NAME.matcher(each).matches())) {
      throw new Mistake(
          "allowed are names of Secrets, separated by commas, for example pull,push.");
    }
    return names;
  }

  private void requireExisting(ClusterChoice cluster) {
    if (!cluster.exists() && isGiven(Parameter.NAMESPACE)) {
      mistakes.add(
          "wq.namespace names a namespace of a cluster that exists, and wq.cluster is a throwaway"
              + " one: give wq.cluster=current or a kubeconfig context, or leave wq.namespace out.");
    }
  }

  /** What is kept keeps the next scenario away, for all have one namespace. */
  private void requireNothingKept(GuestChoice guest, Keep keep) {
    if (guest.namespace().isPresent() && keep != Keep.NEVER) {
      mistakes.add(
          "wq.keep: in a namespace that exists all scenarios follow each other, and each removes what"
              + " it made: leave wq.keep out, or wq.namespace.");
    }
  }

  /** A broker outside of the namespace is reached by a Service that no controller keeps. */
  private void requireBrokerInside(GuestChoice guest, Optional<BrokerChoice> broker) {
    if (guest.namespace().isPresent()
        && broker.filter(each -> !(each instanceof BrokerChoice.InCluster)).isPresent()) {
      mistakes.add(
          "wq.broker: with wq.namespace the broker is the documented one, in that namespace: leave"
              + " wq.broker out, or wq.namespace.");
    }
  }

  private void requireRegistry(ClusterChoice cluster, GuestChoice guest) {
    if (guest.mode() == ConformanceMode.PREFLIGHT) {
      return;
    }
    if (cluster.exists() && !isGiven(Parameter.WORKER_IMAGE) && !isGiven(Parameter.REGISTRY)) {
      mistakes.add(
          "wq.registry is missing: the worker's image reaches a cluster that exists through a"
              + " registry that this machine can push to and the cluster pulls from, "
              + RegistryAddress.FORM
              + ". Or give wq.worker.image, an image that the cluster can pull.");
    }
  }

  private void requireTwoFiles(CostChoice costs) {
    Optional<Path> written = costs.record().map(ConfigurationReader::whole);
    if (written.isPresent() && written.equals(costs.baseline().map(ConfigurationReader::whole))) {
      mistakes.add(
          "wq.gate.record and wq.gate.baseline name the same file: what a worker is held against"
              + " would be overwritten by it. Name another file with wq.gate.record.");
    }
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private boolean isGiven(Parameter parameter) {
    return given.containsKey(parameter.key());
  }

  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", ".");
  }
}
