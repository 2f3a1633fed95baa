package workqueue.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import workqueue.EnvironmentTrouble;

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
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate each : javas()) {
        store.setCertificateEntry("java " + each.getSerialNumber() + each.hashCode(), each);
      }
      Path own = folder.resolve(registry);
      if (Files.isDirectory(own)) {
        for (Path each : authorities(own)) {
          add(store, each);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
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

  private static void add(KeyStore store, Path file) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(file + " " + number++, each);
      }
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
