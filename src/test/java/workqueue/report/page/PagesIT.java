package workqueue.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.remote.RemoteWebDriver;
import workqueue.history.History;
import workqueue.history.HistoryFile;

/** What a person sees on the page, in a real browser. */
class PagesIT {
  private static final Path SCREENSHOTS = Path.of("reports", "pages");
  private static final double MOST_MILLIS = 3_000;

  private static Browser browser;

  @TempDir Path reports;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsWrongInTheConsole() {
    assertThat(driver().manage().logs().get("browser").getAll())
        .extracting(LogEntry::getMessage)
        .isEmpty();
  }

  @Test
  void tellsARunAtAGlance() throws IOException {
    open(Runs.valid(reports), "#/");
    assertThat(text("#banner"))
        .contains("VALID", "All 2 scenarios came out as expected.", "Kubernetes v1.37.2");
    assertThat(texts("#scenarios tbody tr"))
        .hasSize(2)
        .anySatisfy(
            row -> assertThat(row).contains("race.acked-not-exited", "ACKED_BUT_NOT_REPORTED"));
    assertThat(text("#not-run")).contains("gate.against", "wq.gate.against is not given");
    screenshot("run-valid");
    one("#search").sendKeys("killed after");
    assertThat(texts("#scenarios tbody tr")).singleElement().asString().contains("race.acked");
    one("#scenarios tbody tr").click();
    ready();
    assertThat(text("#head")).contains("race.acked-not-exited");
  }

  @Test
  void showsTheRaceBetweenAckAndExit() throws IOException {
    open(Runs.valid(reports), "#/race.acked-not-exited");
    assertThat(text("#findings")).contains("ACKED_BUT_NOT_REPORTED", "root cause");
    assertThat(texts("#claims .proof")).hasSize(5).allMatch(each -> each.contains("VALID"));
    screenshot("race-whole");
    WebElement finding = one("#findings .proof.root");
    finding.click();
    assertThat(finding.getDomAttribute("aria-pressed")).isEqualTo("true");
    List<String> marked = List.of(one("#timeline").getDomAttribute("data-marked").split(" ", -1));
    assertThat(marked).isNotEmpty().hasSizeLessThan(10);
    assertThat(all("#events tr.proves"))
        .extracting(each -> each.getDomAttribute("data-seq"))
        .isEqualTo(marked);
    screenshot("race-proved");
    clickOnMark("pods", "job-wq-1-bm6nj", "acked");
    String ack =
        HistoryFile.toText(HistoryFile.read(DrawingTest.RACE))
            .lines()
            .filter(each -> each.contains("\"event\":\"acked\""))
            .findFirst()
            .orElseThrow();
    assertThat(text("#line")).isEqualTo(ack);
    screenshot("race-event");
    finding.click();
    assertThat(one("#timeline").getDomAttribute("data-marked")).isEmpty();
  }

  @Test
  void tellsAWorkersAuthorWhatIsWrong() throws IOException {
    open(Runs.gate(reports), "#/");
    assertThat(text("#banner")).contains("INVALID", "The scenario came out wrong.");
    assertThat(text("#worker")).contains("breaks takes-one-item", "To do:");
    open(reports.resolve(Page.NAME), "");
    assertThat(text("#head"))
        .contains("LOST_ITEMS 3 items are gone from the queue and processed by no pod");
    assertThat(texts("#claims .proof"))
        .hasSize(4)
        .anyMatch(each -> each.contains("each of 6 items is processed exactly once"));
    one("#findings .proof.root").click();
    assertThat(one("#timeline").getDomAttribute("data-marked")).isNotEmpty();
    assertThat(labels())
        .contains("▸ banana", "▸ date", "▸ grape", "apple")
        .doesNotContain("▸ apple");
    screenshot("gate-takes-two");
  }

  @Test
  void tellsWhichStepFailed() throws IOException {
    open(Runs.walkthrough(reports), "#/walkthrough.current");
    assertThat(text("#steps"))
        .contains(
            "✓ passed start-service",
            "documented namespace default, done namespace wq-walkthrough",
            "✗ failed start-temporary-pod",
            "pod temp is not Running within 5 s",
            "– not-run install-tools");
    assertThat(text("#head")).contains("start-temporary-pod: pod temp is not Running within 5 s");
    assertThat(labels()).contains("rabbitmq-0", "temp");
    screenshot("walkthrough-failed");
  }

  @Test
  void showsTheChecksOfACluster() throws IOException {
    open(Runs.conformance(reports), "#/");
    assertThat(text("#banner"))
        .contains("INVALID")
        .containsPattern("1 of \\d+ scenarios is wrong, 1 could not be");
    assertThat(text("#checks"))
        .containsPattern("\\d+ hold, 2 fail, \\d+ not seen or not run\\.")
        .contains(
            "6 objects made; grade: no.", "– not run job.events nothing of it is in the record");
    screenshot("conformance-run");
    one("#checks a[href='#/conformance.network.dns']").click();
    ready();
    assertThat(text("#check"))
        .isEqualTo(
            """
            check
            ✗ fails
            level
            required
            what was seen
            rabbitmq-service is not 10.43.28.74: Name or service not known; all else goes by the address
            who can fix it
            platform""");
    assertThat(texts("#checks tbody tr")).hasSizeGreaterThanOrEqualTo(38);
    assertThat(text("#checks tr[aria-current]"))
        .isEqualTo(
            "✗ fails network.dns required SERVICE_NOT_RESOLVED rabbitmq-service is not 10.43.28.74:"
                + " Name or service not known; all else goes by the address platform");
    assertThat(texts("#checks tbody tr"))
        .contains(
            "! fails access.clock recommended CLOCK_SKEWED the API server's clock is 300.0 s ahead"
                + " of this machine's platform",
            "? not seen access.rights required 1 right of 23 is lacking in wq-conformance-gqrp: list"
                + " resourcequotas platform");
    one("#findings .proof.root").click();
    assertThat(labels()).contains("▸ look up rabbitmq-service");
    screenshot("conformance-check");
    one("#checks a[href='#/conformance.job.completes']").click();
    ready();
    assertThat(labels()).contains("wq-scout-fill", "POST, dry run");
  }

  @Test
  void showsLanesOfAHiddenSectionThatProveSomething() throws IOException {
    open(Runs.quota(reports), "");
    assertThat(labels()).doesNotContain("KUBERNETES EVENTS");
    one("#findings .proof.root").click();
    assertThat(labels()).contains("KUBERNETES EVENTS").anyMatch(each -> each.startsWith("▸ Job "));
  }

  @Test
  void goesOnToAnotherScenarioBeforeOneIsDrawn() throws IOException {
    open(Runs.valid(reports), "#/");
    driver()
        .executeScript(
            "location.hash = '#/outcome.exact';"
                + " setTimeout(() => { location.hash = '#/race.acked-not-exited'; }, 0);");
    await().until(() -> text("#head").contains("race.acked-not-exited"));
    ready();
    assertThat(all("#timeline")).hasSize(1);
    assertThat(labels()).contains("job-wq-1-bm6nj");
  }

  @Test
  void keepsItsPlaceAmongAThousandLanes() throws IOException {
    open(Runs.ofItems(reports, 1_000), "");
    assertThat(labels()).contains("pod-0").doesNotContain("pod-500");
    driver()
        .executeScript(
            """
            const chart = echarts.getInstanceByDom(document.getElementById("timeline"));
            chart.dispatchAction({ type: "dataZoom", dataZoomId: "rows", startValue: 490, endValue: 549 });
            """);
    assertThat(labels()).contains("pod-500").doesNotContain("pod-0");
    driver().executeScript("document.querySelector('#events tbody tr:nth-child(5)').click()");
    assertThat(labels()).contains("▸ item 4").doesNotContain("pod-500");
    one("#theme").click();
    assertThat(labels()).contains("▸ item 4");
  }

  @Test
  void takesMarkupForText() throws IOException {
    String markup = "<img src=x onerror=\"document.title='hacked'\"></script><b>bold</b>";
    open(Runs.markup(reports, markup), "");
    assertThat(text("#head")).contains(markup);
    assertThat(text("#events")).contains(markup);
    assertThat(all("img, b")).isEmpty();
    assertThat(driver().getTitle()).isEqualTo("INVALID: outcome.exact");
  }

  @Test
  void isDarkForThoseWhoLikeIt() throws IOException {
    open(Runs.valid(reports), "#/race.acked-not-exited");
    String light = one("body").getCssValue("background-color");
    one("#theme").click();
    assertThat(one("body").getCssValue("background-color")).isNotEqualTo(light);
    assertThat(text("#theme")).isEqualTo("Light");
    screenshot("race-dark");
  }

  @Test
  void hasAStillPictureOnWhichNothingIsCutOff() throws IOException {
    for (History each : List.of(HistoryFile.read(DrawingTest.RACE), Runs.items(200))) {
      String scenario = each.header().scenario();
      Path picture = reports.resolve(scenario + ".html");
      Files.writeString(
          picture, "<!doctype html><body data-ready=true>" + TimelinePicture.of(each));
      open(picture, "");
      assertThat(texts("svg text")).contains(scenario, "PODS", "ITEMS", "acked", "0 s");
      assertThat(
              driver()
                  .executeScript(
                      """
                      const { left, right, bottom } = document.querySelector("svg").getBoundingClientRect();
                      return [...document.querySelectorAll("svg text")].filter((each) => {
                        const box = each.getBoundingClientRect();
                        return box.left < left || box.right > right + 1 || box.bottom > bottom;
                      }).map((each) => each.textContent);
                      """))
          .isEqualTo(List.of());
      screenshot("still-" + scenario);
    }
  }

  @Test
  void canBeReadWithoutAMouse() throws IOException {
    open(Runs.valid(reports), "#/race.acked-not-exited");
    double whole = shownMillis();
    driver().executeScript("document.getElementById('timeline').focus()");
    one("#timeline").sendKeys("+");
    assertThat(shownMillis()).isCloseTo(whole / 2, org.assertj.core.data.Offset.offset(1.0));
    one("#timeline").sendKeys("0");
    assertThat(shownMillis()).isEqualTo(whole);
    one("#events tbody button").sendKeys(Keys.ENTER);
    assertThat(text("#line")).startsWith("{\"seq\":1,");
    one("#claims .proof").sendKeys(Keys.SPACE);
    assertThat(one("#claims .proof").getDomAttribute("aria-pressed")).isEqualTo("true");
  }

  @Test
  void isQuickWithAThousandItems() throws IOException {
    List<String> figures = new ArrayList<>();
    for (int count : new int[] {8, 200, 1_000}) {
      Path page = Runs.ofItems(reports.resolve("items-" + count), count);
      double paint = Double.MAX_VALUE;
      double ready = Double.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        open(page, "");
        paint =
            Math.min(
                paint,
                number(
                    "return performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        ready =
            Math.min(ready, number("return performance.getEntriesByName('ready')[0].startTime"));
      }
      assertThat(texts("#claims .proof")).isEmpty();
      screenshot("items-" + count);
      figures.add(
          String.format(
              Locale.ROOT,
              "%d items: first paint %.0f ms, timeline drawn %.0f ms, page %.2f MB, %d events",
              count,
              paint,
              ready,
              Files.size(page) / 1e6,
              HistoryFile.read(page.resolveSibling("histories/scale.items.ndjson"))
                  .events()
                  .size()));
      assertThat(paint).as(figures.toString()).isLessThan(MOST_MILLIS);
      assertThat(Files.size(page)).isLessThan(Page.MOST_BYTES);
    }
    Files.write(SCREENSHOTS.resolve("figures.txt"), figures);
    figures.forEach(System.out::println);
  }

  private static RemoteWebDriver driver() {
    return browser.driver();
  }

  private void open(Path page, String address) {
    driver().manage().window().setSize(new Dimension(1500, 1500));
    browser.open(page, address);
    ready();
  }

  private static void ready() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> "true".equals(one("body").getDomAttribute("data-ready")));
  }

  private static WebElement one(String selector) {
    return driver().findElement(By.cssSelector(selector));
  }

  private static List<WebElement> all(String selector) {
    return driver().findElements(By.cssSelector(selector));
  }

  private static String text(String selector) {
    return one(selector).getText();
  }

  private static List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  private static double number(String script) {
    return ((Number) driver().executeScript(script)).doubleValue();
  }

  /** What is written beside the lanes that are in sight. */
  private static List<String> labels() {
    @SuppressWarnings("unchecked")
    List<String> labels =
        (List<String>)
            driver()
                .executeScript(
                    """
                    const chart = echarts.getInstanceByDom(document.getElementById("timeline"));
                    const { yAxis, dataZoom } = chart.getOption();
                    const { data, axisLabel } = yAxis.at(-1);
                    const rows = dataZoom.find((each) => each.id === "rows");
                    return data.slice(rows?.startValue ?? 0, (rows?.endValue ?? data.length) + 1)
                      .map((each) => axisLabel.formatter(each).replace(/^\\{\\w+\\|(.*)\\}$/, "$1"));
                    """);
    return labels;
  }

  private static double shownMillis() {
    return number(
        "const { startValue, endValue } ="
            + " echarts.getInstanceByDom(document.getElementById('timeline')).getOption().dataZoom[0];"
            + " return endValue - startValue");
  }

  /** Clicks where the chart says that it has drawn the mark. */
  private static void clickOnMark(String section, String lane, String kind) {
    WebElement timeline = one("#timeline");
    driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", timeline);
    @SuppressWarnings("unchecked")
    List<Number> at =
        (List<Number>)
            driver()
                .executeScript(
                    """
                    const chart = echarts.getInstanceByDom(arguments[0]);
                    const { series, grid } = chart.getOption();
                    const marks = series.find((each) => each.type === "scatter" && each.z === 4);
                    const mark = marks.data.find((each) => each.lane === arguments[1] + "/" + arguments[2] && each.kind === arguments[3]);
                    const [x, y] = chart.convertToPixel({ xAxisIndex: grid.length - 1, yAxisIndex: grid.length - 1 }, mark.value);
                    const { width, height } = arguments[0].getBoundingClientRect();
                    return [x - width / 2, y - height / 2];
                    """,
                    timeline,
                    section,
                    lane,
                    kind);
    new Actions(driver())
        .moveToElement(timeline, at.get(0).intValue(), at.get(1).intValue())
        .click()
        .perform();
  }

  private static void screenshot(String name) throws IOException {
    long height =
        ((Number) driver().executeScript("return document.documentElement.scrollHeight"))
            .longValue();
    driver().manage().window().setSize(new Dimension(1500, (int) Math.min(height + 140, 2_400)));
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver().getScreenshotAs(OutputType.BYTES));
  }
}
