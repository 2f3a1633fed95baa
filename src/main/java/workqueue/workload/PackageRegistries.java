package workqueue.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How this machine reaches package registries, for builds that download from them. */
public final class PackageRegistries {
  /** What a Dockerfile finds the authorities in that this machine trusts. */
  private static final String AUTHORITIES = "authorities.pem";

  private static final List<String> VARIABLES =
      List.of(
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "GOPROXY",
          "GOSUMDB");

  private PackageRegistries() {}

  /** Those of these variables that name a proxy, as arguments of a build. */
  public static Map<String, String> arguments(Map<String, String> environment) {
    return VARIABLES.stream()
        .filter(each -> !environment.getOrDefault(each, "").isEmpty())
        .collect(Collectors.toMap(each -> each, environment::get));
  }

  /** Puts the authorities that this machine trusts into a folder that is to be built. */
  public static void trustedIn(Path context, Map<String, String> environment) {
    Path trusted =
        Path.of(environment.getOrDefault("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"));
    if (!Files.isReadable(trusted)) {
      return;
    }
    try {
      Files.write(context.resolve(AUTHORITIES), Files.readAllBytes(trusted));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
