package workqueue.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import workqueue.EnvironmentTrouble;

/**
 * The login for a registry, as {@code docker login} has left it.
 *
 * @param user by name
 * @param password or a token; never shown
 */
record RegistryLogin(String user, String password) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HELPER_SECONDS = 20;

  /** Where Docker keeps logins: {@code DOCKER_CONFIG}, or {@code ~/.docker}. */
  static Path usualFolder(Map<String, String> environment) {
    String named = environment.getOrDefault("DOCKER_CONFIG", "");
    return named.isBlank() ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(named);
  }

  /**
   * The login for a registry; empty if there is none.
   *
   * @param folder that holds {@code config.json}
   * @param registry host and port
   * @throws EnvironmentTrouble if the file, or the helper that it names, cannot be used
   */
  static Optional<RegistryLogin> of(Path folder, String registry) {
    Path file = folder.resolve("config.json");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    JsonNode config = read(file);
    JsonNode helper = config.path("credHelpers").path(registry);
    String program = helper.isTextual() ? helper.asText() : config.path("credsStore").asText();
    JsonNode plain = config.path("auths").path(registry);
    if (plain.path("auth").isTextual()) {
      return Optional.of(decoded(file, plain.path("auth").asText()));
    }
    return program.isEmpty() ? Optional.empty() : byHelper(program, registry);
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException damaged) {
      throw new EnvironmentTrouble(
          "%s is no JSON with logins for registries.%nRemedy: docker login writes a new one."
              .formatted(file),
          damaged);
    }
  }

  private static RegistryLogin decoded(Path file, String auth) {
    String both;
    try {
      both = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException damaged) {
      both = "";
    }
    int colon = both.indexOf(':');
    if (colon < 0) {
      throw new EnvironmentTrouble(
          "%s holds a login that is not <user>:<password> in Base64.%nRemedy: docker login."
              .formatted(file));
    }
    return new RegistryLogin(both.substring(0, colon), both.substring(colon + 1));
  }

  /** By the program {@code docker-credential-<name>}, which is given the registry's name. */
  private static Optional<RegistryLogin> byHelper(String name, String registry) {
    String program = "docker-credential-" + name;
    try {
      Process helper = new ProcessBuilder(program, "get").redirectError(Redirect.DISCARD).start();
      try (var input = helper.getOutputStream()) {
        input.write(registry.getBytes(StandardCharsets.UTF_8));
      }
      if (!helper.waitFor(HELPER_SECONDS, TimeUnit.SECONDS)) {
        helper.destroyForcibly();
        throw new EnvironmentTrouble(
            """
            The login for %s is kept by %s, which does not answer within %d s.
            Remedy: unlock what it keeps: docker-credential-%s list must end."""
                .formatted(registry, program, HELPER_SECONDS, name));
      }
      String said = new String(helper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (helper.exitValue() != 0) {
        return Optional.empty();
      }
      JsonNode answer = JSON.readTree(said);
      return Optional.of(
          new RegistryLogin(answer.path("Username").asText(), answer.path("Secret").asText()));
    } catch (IOException unusable) {
      throw new EnvironmentTrouble(
          "The login for %s is kept by %s, which cannot be run: %s%nRemedy: put it on the PATH."
              .formatted(registry, program, unusable.getMessage()),
          unusable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EnvironmentTrouble("Interrupted while asking " + program + ".", interrupted);
    }
  }

  /** For HTTP's basic authentication. */
  String basic() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return user + ":***";
  }
}
