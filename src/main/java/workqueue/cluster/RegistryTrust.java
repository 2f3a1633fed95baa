package workqueue.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import workqueue.EnvironmentTrouble;
import workqueue.TrustedCertificates;

/** Whom a registry's certificate may be signed by: whom Java trusts, and whom Docker is told to. */
final class RegistryTrust {
  /** Where Docker looks for authorities of single registries. */
  static final Path USUAL_FOLDER = Path.of("/etc/docker/certs.d");

  private RegistryTrust() {}

  /**
   * What trusts the authorities in {@code <folder>/<registry>/*.crt} besides Java's.
   *
   * @throws EnvironmentTrouble if one of these files is no certificate
   */
  static SSLContext of(Path folder, String registry) {
    try {
      TrustedCertificates trusted = new TrustedCertificates().with(javas());
      Path own = folder.resolve(registry);
      if (Files.isDirectory(own)) {
        for (Path each : authorities(own)) {
          trusted.with(TrustedCertificates.in(each));
        }
      }
      return trusted.context();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new EnvironmentTrouble(
          "What Docker trusts the registry %s by cannot be read in %s: %s"
              .formatted(registry, folder.resolve(registry), unusable.getMessage()),
          unusable);
    }
  }

  private static List<Path> authorities(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".crt")).sorted().toList();
    }
  }

  private static List<X509Certificate> javas() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Stream.of(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(TrustManager.class::cast)
        .map(X509TrustManager.class::cast)
        .flatMap(each -> Stream.of(each.getAcceptedIssuers()))
        .toList();
  }
}
