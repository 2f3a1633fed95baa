package workqueue.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import workqueue.EnvironmentTrouble;

/**
 * Those whose word is taken that a broker is who it says it is: the authorities of a file, or those
 * that this JVM trusts.
 *
 * @param file of certificates in PEM; empty for those of the JVM
 */
public record Authorities(Optional<Path> file) {

  /** Those that this JVM trusts. */
  public static Authorities usual() {
    return new Authorities(Optional.empty());
  }

  SSLContext context() throws GeneralSecurityException, IOException {
    if (file.isEmpty()) {
      return SSLContext.getDefault();
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(file.get())) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("authority " + number++, each);
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), new SecureRandom());
    return context;
  }

  /** The file's content, for those who have to trust the same; empty for the JVM's. */
  Optional<String> pem() {
    return file.map(Authorities::read);
  }

  private static String read(Path pem) {
    try {
      return Files.readString(pem);
    } catch (IOException failure) {
      throw new EnvironmentTrouble(pem + " cannot be read: " + failure.getMessage(), failure);
    }
  }
}
