package workqueue.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import workqueue.EnvironmentTrouble;
import workqueue.bundle.Bundle;
import workqueue.bundle.Comparison;

/** Checks a bundle, and judges what was recorded in it again. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Checks that a bundle is whole, and judges its histories again: no cluster is needed.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the bundle is whole, and its histories come to VALID, as it says",
      "1:it was changed, or its histories come to something else, or to INVALID",
      "2:its histories come to UNKNOWN, as it says; or it cannot be read"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ReportsOption reports;

  @Parameters(paramLabel = "<bundle>", description = "A file conformance-<cluster>-<date>.tgz.")
  private Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Bundle bundle = Bundle.read(file);
    JsonNode said = bundle.result();
    out.println(
        "%s is whole: %d files, as their hashes say".formatted(file, bundle.names().size()));
    int code = judge(bundle);
    Comparison comparison = Comparison.again(said, judged());
    if (comparison.differing().isEmpty()) {
      out.println(
          "Judged again: %d scenarios come to what the bundle says, %s"
              .formatted(comparison.same(), said.path("verdict").asText()));
      return code;
    }
    out.println("Judged again, its histories come to something else than the bundle says:");
    comparison.differing().forEach(line -> out.println("  " + line));
    return ExitCode.INVALID;
  }

  private int judge(Bundle bundle) {
    Path folder = reports.folder();
    Path unpacked = temporary();
    try {
      if (bundle.unpackHistories(unpacked).isEmpty()) {
        throw new EnvironmentTrouble(file + " holds no history, so nothing can be judged again.");
      }
      return JudgeCommand.judge(List.of(unpacked), folder, spec.commandLine().getErr());
    } finally {
      SuiteRun.remove(unpacked);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("work-queue-bundle");
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private JsonNode judged() {
    try {
      return new ObjectMapper().readTree(reports.folder().resolve("result.json").toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
