package workqueue.report;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Link;
import io.qameta.allure.model.TestResult;
import java.net.URI;
import java.util.function.Consumer;

/** Labels Allure's present test; elsewhere does nothing. */
public final class AllureLabels {
  private final AllureLifecycle allure;

  /** Labels of the test that runs in the present thread. */
  public AllureLabels() {
    this(Allure.getLifecycle());
  }

  AllureLabels(AllureLifecycle allure) {
    this.allure = allure;
  }

  /** Links the documentation that the test covers. */
  public void documentation(String name, URI page) {
    update(
        test ->
            test.getLinks()
                .add(new Link().setName(name).setUrl(page.toString()).setType("documentation")));
  }

  private void update(Consumer<TestResult> change) {
    allure.getCurrentTestCase().ifPresent(id -> allure.updateTestCase(id, change));
  }
}
