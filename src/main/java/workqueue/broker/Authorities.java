package workqueue.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import workqueue.EnvironmentTrouble;
import workqueue.TrustedCertificates;

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
    return file.isEmpty()
        ? SSLContext.getDefault()
        : new TrustedCertificates().with(TrustedCertificates.in(file.get())).context();
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
