package workqueue.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import workqueue.Item;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.History;
import workqueue.history.HistoryBuilder;
import workqueue.history.Source;
import workqueue.history.WireEvent.Held;
import workqueue.history.WireEvent.Released;

class TimelinePictureTest {
  private static final Path EXPECTED =
      Path.of("src/test/resources/workqueue/report/page/killed-after-ack.svg");

  @Test
  void showsPodsItemsNumbersAndWhatStruck() throws IOException {
    assertThat(TimelinePicture.of(killedAfterAck()))
        .isEqualTo(Files.readString(EXPECTED, StandardCharsets.UTF_8));
  }

  /** One pod that acks its item and is killed before it can end, as the documented race has it. */
  static History killedAfterAck() {
    Item apple = Item.of(0, "apple");
    Item banana = Item.of(1, "<b>&\"banana\"");
    return new HistoryBuilder()
        .scenario("race.told")
        .publish(List.of(apple, banana))
        .depth(2, 0, 0)
        .job(2, 1)
        .pending("pod-0")
        .after(1)
        .starts("pod-0")
        .jobIs(1, 0)
        .connects("pod-0")
        .delivers("pod-0", apple, false)
        .works("pod-0", apple)
        .after(1)
        .acks("pod-0")
        .depth(1, 0, 1)
        .add(Source.WIRE, new Held("to-pod-0", "after an ack"))
        .after(0.4)
        .add(Source.HARNESS, new FaultInjected("kill-container", "pod-0", "struck"))
        .add(Source.WIRE, new Released("to-pod-0", "the fault has struck"))
        .after(0.2)
        .exits("pod-0", 137, "Error")
        .after(2)
        .gap(Source.PODS)
        .after(9)
        .ends(1, 0, 0)
        .history();
  }

  @Test
  void keepsTextTextAndPasswordsOut() {
    Document picture =
        parsed(
            TimelinePicture.of(
                new HistoryBuilder()
                    .publish(
                        "</text><script>alert(1)</script>",
                        "]]>&lt;&#0;",
                        "\u0000\u001b[31m\ud800\uffff",
                        "amqp://u:p@h",
                        "amqp://user:a-password-of-some-length@host")
                    .job(1, 1)
                    .starts("pod")
                    .history()));
    assertThat(picture.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(picture))
        .contains(
            "</text><script>alert(1)</scr…", "]]>&lt;&#0;", "amqp://u:***@h", "amqp://user:***@h…")
        .noneMatch(each -> each.contains("u:p@h") || each.contains("a-pass"));
  }

  @Test
  void loadsNothingAndIsReadInTheDark() {
    String picture = TimelinePicture.of(killedAfterAck());
    assertThat(picture.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<script", "<image", "@import", "xlink")
        .contains("prefers-color-scheme:dark", "class=\"wq-paper\"");
  }

  @Test
  void countsLanesThatHaveNoRoomAndKeepsThoseThatTellOfTrouble() {
    List<Item> items = items(60);
    HistoryBuilder told = new HistoryBuilder().publish(items).depth(60, 0, 0).job(60, 4);
    for (Item item : items) {
      if (item.id() == 50) {
        told.starts("pod-50").connects("pod-50").delivers("pod-50", item, false);
        told.disconnects("pod-50").exits("pod-50", 1, "Error");
      } else {
        String pod = "pod-" + item.id();
        told.starts(pod).connects(pod).delivers(pod, item, false).works(pod, item);
        told.acks(pod).succeeds(pod);
      }
    }
    List<String> texts = texts(parsed(TimelinePicture.of(told.ends(1, 0, 0).history())));
    assertThat(texts)
        .contains(
            "pod-0",
            "pod-50",
            "item 50",
            "40 more, by state",
            "80 lanes are counted by state: no more than 40 have a row each here."
                + " The page of the run shows all.")
        .doesNotContain("pod-20", "item 20");
    assertThat(texts.indexOf("pod-50")).isGreaterThan(texts.indexOf("pod-18"));
  }

  @Test
  void staysSmallWhateverHappened() {
    for (int count : List.of(200, 1_000, 1_001)) {
      List<Item> items = items(count);
      HistoryBuilder told = new HistoryBuilder().publish(items).job(count, 8);
      for (Item item : items) {
        String pod = "pod-" + item.id();
        told.pending(pod).starts(pod).connects(pod).delivers(pod, item, false).works(pod, item);
        told.depth(count - item.id(), 1, 1 + item.id() % 7);
        if (item.id() % 3 == 0) {
          told.add(Source.HARNESS, new FaultInjected("kill-container", pod, "struck"));
          told.disconnects(pod).exits(pod, 137, "Error").gap(Source.PODS);
        } else {
          told.acks(pod).succeeds(pod);
        }
      }
      String picture = TimelinePicture.of(told.history());
      assertThat(picture.getBytes(StandardCharsets.UTF_8).length)
          .as("bytes for %d items", count)
          .isLessThanOrEqualTo(TimelinePicture.MOST_BYTES);
      assertThat(texts(parsed(picture)))
          .as("what is said for %d items", count)
          .anyMatch(
              each ->
                  each.contains("counted by state")
                      || each.startsWith("1,001 items are too many for a lane each"));
    }
  }

  @Test
  void saysThatNothingWasRecorded() {
    assertThat(texts(parsed(TimelinePicture.of(new HistoryBuilder().history()))))
        .contains("outcome.told", "Nothing was recorded.");
  }

  private static List<Item> items(int count) {
    return IntStream.range(0, count).mapToObj(each -> Item.of(each, "item " + each)).toList();
  }

  static Document parsed(String picture) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(picture)));
    } catch (SAXException | IOException | ParserConfigurationException malformed) {
      throw new AssertionError(malformed.getMessage(), malformed);
    }
  }

  private static List<String> texts(Document picture) {
    List<String> texts = new ArrayList<>();
    NodeList all = picture.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(((Element) all.item(i)).getTextContent());
    }
    return texts;
  }
}
