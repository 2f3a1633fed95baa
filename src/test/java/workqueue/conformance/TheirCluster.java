package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import workqueue.checker.claim.CheckAnswer;
import workqueue.cluster.Engine;
import workqueue.cluster.Kubeconfig;
import workqueue.cluster.RunLock;
import workqueue.cluster.ThrowawayCluster;
import workqueue.configuration.ChosenImages;
import workqueue.configuration.ConformanceMode;
import workqueue.configuration.Images;
import workqueue.history.HistoryFile;
import workqueue.tutorial.Fixtures;
import workqueue.waiting.Patience;
import workqueue.waiting.Progress;
import workqueue.workload.FolderCopy;
import workqueue.workload.WorkerImage;

/** A throwaway cluster that is treated as somebody else's, with webhooks of this JVM. */
final class TheirCluster implements AutoCloseable {
  private static final Patience UNHURRIED = new Patience(1, Progress.NONE);

  private final RunLock lock;
  private final Images images;
  private final ThrowawayCluster cluster;
  private final Webhook webhook;
  private final String address;
  private final Predictions predictions;
  private WorkerImage worker;

  private TheirCluster(
      RunLock lock,
      Images images,
      ThrowawayCluster cluster,
      Webhook webhook,
      String address,
      Predictions predictions) {
    this.lock = lock;
    this.images = images;
    this.cluster = cluster;
    this.webhook = webhook;
    this.address = address;
    this.predictions = predictions;
  }

  static TheirCluster start(Path keys) throws Exception {
    return start(keys, List.of(), new Predictions());
  }

  private static TheirCluster start(Path keys, List<String> arguments, Predictions predictions)
      throws Exception {
    Images images = ChosenImages.get();
    RunLock lock =
        RunLock.take(
            RunLock.usualFolder(),
            "wq-theirs-" + Long.toString(System.nanoTime() % 1_000_000_000, 36));
    ThrowawayCluster cluster =
        new ThrowawayCluster(
                Engine.connect(UNHURRIED), images.cluster(), images.registry(), lock, UNHURRIED)
            .holding(AuditLog.POLICY_FILE, AuditLog.POLICY)
            .telling(AuditLog.ARGUMENTS)
            .telling(arguments)
            .start(1, List::of);
    Webhook webhook = new Webhook();
    String address = cluster.reachHere(webhook.port()).orElseThrow().ip();
    webhook.start(address, keys);
    return new TheirCluster(lock, images, cluster, webhook, address, predictions);
  }

  Site site(String name) {
    return Site.in(cluster.client(), "their-" + name, webhook, address, cluster.nodes().get(0));
  }

  /** Has the nodes hold the images of the pattern. */
  PatternImages holdingImages() {
    if (worker == null) {
      try (FolderCopy copy = FolderCopy.of(Path.of("fixtures", "worker"))) {
        WorkerImage.setExecutable(copy.root().resolve("worker.py"), true);
        worker =
            WorkerImage.build(
                Engine.connect(UNHURRIED),
                copy.root(),
                Map.of("BASE", images.currentBase()),
                lock.labels(),
                "job-wq-1:" + lock.run());
      }
      cluster.provide(List.of(worker.name(), images.broker()));
    }
    return new PatternImages(worker.name(), images.broker());
  }

  /** What the API server has written down of a user so far. */
  AuditLog audit(String user) {
    return AuditLog.read(cluster.nodes().get(0), user);
  }

  KubernetesClient admin() {
    return cluster.client();
  }

  /** A namespace for a set-up, if this Kubernetes can be made so. */
  private Site possible(SetUp setUp) {
    Site site = site(setUp.name());
    if (!setUp.needs().isIn(site)) {
      site.remove();
      Assumptions.abort("not tried: it can be made only " + setUp.needs().where());
    }
    return site;
  }

  /** How often what was inferred came true so far. */
  Predictions predictions() {
    return predictions;
  }

  /** Makes a namespace so, and has a guest look at it. */
  void tries(SetUp setUp, Path folder) throws Exception {
    if (setUp.arguments().isEmpty()) {
      triesHere(setUp, folder);
      return;
    }
    try (TheirCluster own = start(folder, setUp.arguments(), predictions)) {
      own.triesHere(setUp, folder);
    }
  }

  private void triesHere(SetUp setUp, Path folder) throws Exception {
    Site site = possible(setUp);
    Path kubeconfig =
        setUp.asAdmin() ? site.administrator(folder) : site.guest(folder, setUp.mode(), -1);
    Runnable undoing = setUp.making().in(site);
    try {
      Outcome outcome =
          setUp.isProved()
              ? proof(site, setUp, setUp.mode(), kubeconfig, folder)
              : site.preflight(kubeconfig, folder);
      List<Answered> tried =
          outcome.answers().stream().filter(each -> !isLeftOut(setUp, each.check())).toList();
      String what = String.join("\n", outcome.lines());
      System.out.println(setUp.name() + "\n" + what);
      assertThat(failing(outcome, setUp.check())).as(what).isEqualTo(setUp.failing());
      outcome.answers().stream()
          .filter(each -> each.check().id().equals(setUp.check()))
          .forEach(each -> assertThat(each.answer().code()).as(what).contains(setUp.code()));
      assertThat(tried)
          .as(what)
          .filteredOn(each -> each.answer().outcome() == CheckAnswer.Outcome.UNKNOWN)
          .extracting(each -> each.check().id())
          .isEqualTo(setUp.unknown());
      boolean counts = !setUp.isSound() && Checks.named(setUp.check()).orElseThrow().isRequired();
      boolean lacks =
          outcome.answers().stream()
              .map(Answered::check)
              .anyMatch(each -> each.isRequired() && isLeftOut(setUp, each));
      boolean open = lacks || !setUp.unknown().isEmpty();
      assertThat(outcome.exitCode())
          .as(what)
          .isEqualTo(counts && !setUp.failing().isEmpty() ? 1 : open ? 2 : 0);
      if (setUp.isProved()) {
        assertThat(site.left()).isEqualTo(setUp.leaves());
      } else {
        assertThat(outcome.visit().made()).isZero();
      }
    } finally {
      undoing.run();
      site.remove();
    }
  }

  /** Makes a namespace so of which a preflight infers something, and has that proved. */
  void proves(SetUp setUp, Path folder) throws Exception {
    Site site = possible(setUp);
    Path kubeconfig = site.guest(folder, ConformanceMode.QUICK, -1);
    Runnable undoing = setUp.making().in(site);
    try {
      Outcome outcome = proof(site, setUp, ConformanceMode.QUICK, kubeconfig, folder);
      String what = String.join("\n", outcome.lines());
      System.out.println(setUp.name() + "\n" + what);
      assertThat(outcome.visit().made()).as(what).isPositive();
      assertThat(site.left()).isEmpty();
    } finally {
      undoing.run();
      site.remove();
    }
  }

  /** Of what is made for single checks only that for the set-up's own, unless that is sound. */
  private Outcome proof(
      Site site, SetUp setUp, ConformanceMode mode, Path kubeconfig, Path folder) {
    Map<String, String> parameters = new TreeMap<>(site.quickParameters(holdingImages()));
    parameters.putAll(setUp.given());
    Outcome outcome =
        new Conformance(
                Fixtures.ofRepository(),
                folder,
                Kubeconfig.of(kubeconfig),
                any ->
                    Trials.in(any).stream()
                        .filter(each -> setUp.isSound() || each.check().equals(setUp.check()))
                        .toList())
            .check(parameters, mode);
    predictions.add(HistoryFile.read(outcome.history()));
    return outcome;
  }

  private static boolean isLeftOut(SetUp setUp, Check check) {
    return !setUp.isSound()
        && !check.id().equals(setUp.check())
        && Trials.in(setUp.mode()).stream().anyMatch(each -> each.check().equals(check.id()));
  }

  /** The checks that fail, but for those that are only told. */
  static List<String> failing(Outcome outcome) {
    return failing(outcome, "");
  }

  /** The same, with one that is looked at even if it is only told. */
  private static List<String> failing(Outcome outcome, String told) {
    return outcome.answers().stream()
        .filter(each -> each.answer().outcome() == CheckAnswer.Outcome.FAILS)
        .filter(
            each -> each.check().level() != Level.INFORMATIONAL || each.check().id().equals(told))
        .map(each -> each.check().id())
        .toList();
  }

  @Override
  public void close() {
    webhook.close();
    if (worker != null) {
      worker.close();
    }
    cluster.close();
    lock.close();
  }
}
