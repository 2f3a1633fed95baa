package workqueue.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import workqueue.waiting.Patience;

/**
 * Runs commands in a container of a pod, its only one unless named, as {@code kubectl exec} does.
 */
public final class PodShell {
  private static final int CUT_OFF = -1;

  private final KubernetesClient client;
  private final String namespace;
  private final String pod;
  private final Optional<String> container;
  private final Patience patience;

  public PodShell(KubernetesClient client, String namespace, String pod, Patience patience) {
    this(client, namespace, pod, Optional.empty(), patience);
  }

  private PodShell(
      KubernetesClient client,
      String namespace,
      String pod,
      Optional<String> container,
      Patience patience) {
    this.client = client;
    this.namespace = namespace;
    this.pod = pod;
    this.container = container;
    this.patience = patience;
  }

  /** The same in the container of this name. */
  public PodShell inContainer(String name) {
    return new PodShell(client, namespace, pod, Optional.of(name), patience);
  }

  /**
   * What a command left.
   *
   * @param code its exit code; -1 if it is not known, as of one that went down with its container
   * @param output what it printed to standard output
   * @param errors what it printed to standard error
   */
  public record Outcome(int code, String output, String errors) {

    /** The last line that it printed to either, or its exit code if it printed nothing. */
    public String gist() {
      String all = (output + "\n" + errors).strip();
      return all.isEmpty() ? "exit code " + code : lastLine(all);
    }
  }

  /** Runs a line of shell. */
  public Outcome sh(String line, Duration limit) {
    return run(line, limit, "sh", "-c", line);
  }

  /**
   * Runs a command and waits for its end.
   *
   * @param what the command is called while it is waited for
   * @throws workqueue.waiting.WaitedInVain if it does not end within the limit
   */
  public Outcome run(String what, Duration limit, String... command) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PodResource found = client.pods().inNamespace(namespace).withName(pod);
    ContainerResource in = container.<ContainerResource>map(found::inContainer).orElse(found);
    try (ExecWatch exec = in.writingOutput(output).writingError(errors).exec(command)) {
      CompletableFuture<Integer> end = exec.exitCode();
      Integer code =
          patience.await(
              "\"" + what + "\" in pod " + namespace + "/" + pod,
              limit,
              end,
              () -> lastLine(output.toString(StandardCharsets.UTF_8)));
      return new Outcome(
          code == null ? CUT_OFF : code,
          output.toString(StandardCharsets.UTF_8),
          errors.toString(StandardCharsets.UTF_8));
    }
  }

  private static String lastLine(String output) {
    String text = output.strip();
    return text.isEmpty() ? "no output yet" : text.substring(text.lastIndexOf('\n') + 1);
  }
}
