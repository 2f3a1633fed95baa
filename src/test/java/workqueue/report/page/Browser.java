package workqueue.report.page;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.openqa.selenium.ImmutableCapabilities;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import workqueue.EnvironmentTrouble;

/** A browser in a container of its own, and the pages that were copied there. */
final class Browser implements AutoCloseable {
  private static final int PORT = 9515;

  private final GenericContainer<?> container;
  private final RemoteWebDriver driver;

  private Browser(GenericContainer<?> container, RemoteWebDriver driver) {
    this.container = container;
    this.driver = driver;
  }

  /**
   * Starts it.
   *
   * @throws EnvironmentTrouble if there is no image of it
   */
  static Browser start() throws IOException {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image()))
            .withExposedPorts(PORT)
            .waitingFor(
                Wait.forHttp("/status").forPort(PORT).withStartupTimeout(Duration.ofMinutes(1)));
    container.start();
    RemoteWebDriver driver =
        new RemoteWebDriver(
            URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT))
                .toURL(),
            new ImmutableCapabilities(
                Map.of(
                    "browserName",
                    "chrome",
                    "goog:loggingPrefs",
                    Map.of("browser", "ALL"),
                    "goog:chromeOptions",
                    Map.of(
                        "args",
                        List.of(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-dev-shm-usage",
                            "--hide-scrollbars",
                            "--window-size=1500,1500")))));
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    return new Browser(container, driver);
  }

  private static String image() throws IOException {
    Path file = Path.of("fixtures", "images.properties");
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    String image = properties.getProperty("browser.image", "");
    if (image.isBlank()) {
      throw new EnvironmentTrouble(
          "There is no image of a browser in " + file + ".\nRemedy: fixtures/bootstrap --browser");
    }
    return image;
  }

  RemoteWebDriver driver() {
    return driver;
  }

  /** Opens a page from the container's disk, as a person opens one from theirs. */
  void open(Path page, String address) {
    String there = "/pages/" + page.toAbsolutePath().toString().replaceAll("[^a-z0-9]+", "-");
    container.copyFileToContainer(MountableFile.forHostPath(page), there + ".html");
    driver.get("about:blank");
    driver.get("file://" + there + ".html" + address);
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      container.close();
    }
  }
}
