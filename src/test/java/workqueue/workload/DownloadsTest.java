package workqueue.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E: Failed to fetch http://archive.example/pool/p.deb",
        "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed",
        "Could not fetch URL https://index.example/simple/pika/: There was a problem",
        "npm error network request to https://registry.example/amqplib failed",
        "go: example.com/m@v1.0.0: Get \"https://proxy.example\": dial tcp: lookup proxy.example: no such host",
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        "Could not transfer artifact com.rabbitmq:amqp-client:pom:5.26.0 from/to central",
        "error: failed to download from `https://crates.example/api/v1/crates/lapin`"
      })
  void knowsADownloadThatFailed(String output) {
    assertThat(Downloads.failed("Step 3\n" + output + "\n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E: Unable to locate package rabbit",
        "error: could not compile `workers` (bin \"one\")",
        "worker.py: can't find file to patch at input line 3",
        "npm error code EUSAGE",
        "main.go:12: undefined: amqp"
      })
  void takesNoOtherMistakeForOne(String output) {
    assertThat(Downloads.failed(output)).isFalse();
  }
}
