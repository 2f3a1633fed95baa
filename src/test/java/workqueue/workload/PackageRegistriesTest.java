package workqueue.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageRegistriesTest {
  @TempDir Path folder;

  @Test
  void passesOnTheProxiesThatThereAre() {
    assertThat(
            PackageRegistries.arguments(
                Map.of(
                    "HTTPS_PROXY", "http://proxy.example:3128",
                    "GOPROXY", "",
                    "HOME", "/root")))
        .isEqualTo(Map.of("HTTPS_PROXY", "http://proxy.example:3128"));
  }

  @Test
  void putsTheAuthoritiesOfThisMachineIntoTheFolder() throws IOException {
    Path trusted = Files.writeString(folder.resolve("trusted"), "authority\n");
    Path context = Files.createDirectory(folder.resolve("context"));
    PackageRegistries.trustedIn(context, Map.of("SSL_CERT_FILE", trusted.toString()));
    assertThat(context.resolve("authorities.pem")).hasContent("authority\n");
  }

  @Test
  void leavesTheFolderAsItIsWhereThereAreNone() {
    PackageRegistries.trustedIn(folder, Map.of("SSL_CERT_FILE", folder.resolve("none").toString()));
    assertThat(folder).isEmptyDirectory();
  }
}
