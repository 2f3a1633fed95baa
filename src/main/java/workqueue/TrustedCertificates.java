package workqueue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates whose owners' word is taken that a server is who it says it is. */
public final class TrustedCertificates {
  private final List<Certificate> all = new ArrayList<>();

  /** Takes these as well. */
  public TrustedCertificates with(Collection<? extends Certificate> certificates) {
    all.addAll(certificates);
    return this;
  }

  /**
   * Those of a file.
   *
   * @param pem certificates in PEM, one after the other
   */
  public static Collection<? extends Certificate> in(Path pem)
      throws CertificateException, IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  /** What connects only to servers that one of them vouches for. */
  public SSLContext context() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate each : all) {
      store.setCertificateEntry("certificate " + store.size(), each);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
