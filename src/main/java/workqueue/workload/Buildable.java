package workqueue.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import workqueue.EnvironmentTrouble;

/**
 * Whether the engine's API can build a folder. It builds with the classic builder, which refuses
 * some of what BuildKit knows, and silently runs a here-document without its text.
 */
final class Buildable {
  private static final Pattern BUILDKIT =
      Pattern.compile(
          "^\\s*(RUN\\s+--(mount|network|security)=|(COPY|ADD)\\s+--(link|parents|exclude)\\b"
              + "|(RUN|COPY|ADD)\\b.*\\s<<-?[\"']?[a-z_]+[\"']?(\\s+[>/].*)?$"
              + "|ARG\\s+(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)\\b)",
          Pattern.CASE_INSENSITIVE);

  private Buildable() {}

  /**
   * Sees to it that a folder can be built.
   *
   * @param named the folder that messages name
   * @throws EnvironmentTrouble if there is no Dockerfile in it, or one that needs BuildKit
   */
  static void require(Path context, Path named) {
    Path file = context.resolve("Dockerfile");
    if (!Files.isRegularFile(file)) {
      throw new EnvironmentTrouble(
          "There is no Dockerfile in %s.%nRemedy: -Dwq.worker.context=<a folder that holds one>."
              .formatted(named));
    }
    try {
      Files.readAllLines(file, UTF_8).stream()
          .filter(line -> BUILDKIT.matcher(line).find())
          .findFirst()
          .ifPresent(
              line -> {
                throw new EnvironmentTrouble(needsBuildKit(named, line.strip()));
              });
    } catch (IOException unreadable) {
      throw new EnvironmentTrouble(
          "The Dockerfile in %s cannot be read: %s%nRemedy: make it a text file that can be read."
              .formatted(named, unreadable),
          unreadable);
    }
  }

  private static String needsBuildKit(Path context, String line) {
    return """
        The Dockerfile in %s needs BuildKit (%s), and the engine's API builds with the classic \
        builder.
        Remedy: docker build -t <name> %s, then -Dwq.worker.image=<name>."""
        .formatted(context, line, context);
  }
}
