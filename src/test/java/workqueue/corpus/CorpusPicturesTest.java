package workqueue.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import workqueue.history.History;
import workqueue.history.HistoryFile;
import workqueue.report.page.TimelinePicture;

/** What the timelines of real runs look like as still pictures. */
class CorpusPicturesTest {
  private static final Corpus CORPUS = new Corpus(Path.of("src/test/resources/corpus"));

  static Stream<Path> histories() {
    return CORPUS.histories().stream();
  }

  static Stream<Path> races() {
    return histories().filter(kept -> Corpus.name(kept).equals("race.acked-not-exited"));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void areSmallAndWellFormed(Path kept) throws Exception {
    History history = HistoryFile.fromText(kept.toString(), Corpus.text(kept));
    String picture = TimelinePicture.of(history);
    assertThat(picture.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(2_000, 100_000);
    assertThat(texts(parsed(picture))).contains(history.header().scenario());
  }

  @ParameterizedTest
  @MethodSource("races")
  void showTheAckBeforeTheKillBeforeTheRelease(Path kept) throws Exception {
    String text = Corpus.text(kept);
    List<String> texts = texts(parsed(TimelinePicture.of(HistoryFile.fromText("race", text))));
    String pod =
        texts.stream()
            .filter(each -> each.startsWith("hold of "))
            .findFirst()
            .orElseThrow()
            .substring("hold of ".length());
    List<Integer> order =
        Stream.of(
                "s  " + pod + " acks item ",
                "s  kill-container " + pod + ": struck",
                "s  hold of " + pod + " released",
                "of " + pod + ": exit 137")
            .map(said -> texts.indexOf(first(texts, said)))
            .toList();
    assertThat(order).as("where they are in %s", texts).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void ofTheRaceAreThereForBothVersions() {
    assertThat(races()).hasSizeGreaterThanOrEqualTo(2);
  }

  private static String first(List<String> texts, String said) {
    return texts.stream()
        .filter(each -> each.contains(said))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No \"" + said + "\" in " + texts));
  }

  private static Document parsed(String picture)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(picture)));
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
