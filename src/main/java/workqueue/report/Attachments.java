package workqueue.report;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import java.nio.charset.StandardCharsets;
import workqueue.Redaction;

/**
 * Attaches texts and pictures to Allure's present test or step, without passwords; elsewhere does
 * nothing.
 */
public final class Attachments {
  private final AllureLifecycle allure;

  /** Attachments of the test that runs in the present thread. */
  public Attachments() {
    this(Allure.getLifecycle());
  }

  Attachments(AllureLifecycle allure) {
    this.allure = allure;
  }

  /** Attaches a Kubernetes object, or a list of them. */
  public void yaml(String name, String content) {
    attach(name, "text/yaml", ".yaml", content);
  }

  /** Attaches a log, a listing, or what a tool printed. */
  public void text(String name, String content) {
    attach(name, "text/plain", ".txt", content);
  }

  /** Attaches a picture. */
  public void svg(String name, String content) {
    attach(name, "image/svg+xml", ".svg", content);
  }

  private void attach(String name, String type, String extension, String content) {
    if (allure.getCurrentTestCaseOrStep().isPresent()) {
      allure.addAttachment(
          Redaction.redact(name),
          type,
          extension,
          Redaction.redact(content).getBytes(StandardCharsets.UTF_8));
    }
  }
}
