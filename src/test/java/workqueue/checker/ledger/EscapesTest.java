package workqueue.checker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static workqueue.checker.diagnosis.Diagnosed.diagnose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workqueue.Item;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.history.Evidence;
import workqueue.history.HistoryBuilder;

class EscapesTest {
  @Test
  void areUndoneAsPythonGoAndJsonWriteThem() {
    assertThat(Escapes.undone("r\\xc3\\xa9sum\\xc3\\xa9 \\xf0\\x9f\\x8d\\x8e"))
        .isEqualTo("résumé 🍎");
    assertThat(Escapes.undone("r\\u00e9sum\\u00e9 \\U0001f34e")).isEqualTo("résumé 🍎");
    assertThat(Escapes.undone("\\ud83c\\udf4e caf\\u00e9")).isEqualTo("🍎 café");
    assertThat(Escapes.undone("\\\"\\'\\\\ & %s ~ \\n\\t\\x00")).isEqualTo("\"'\\ & %s ~ \n\t\0");
  }

  @Test
  void textWithoutThemIsItself() {
    assertThat(Escapes.undone("résumé 🍎 $(x)")).isEqualTo("résumé 🍎 $(x)");
    assertThat(Escapes.undone("ends in \\")).isEqualTo("ends in \\");
    assertThat(Escapes.undone("\\xzz \\u12")).isEqualTo("xzz u12");
  }

  private static HistoryBuilder shown(String line) {
    HistoryBuilder told =
        new HistoryBuilder()
            .evidence(Evidence.logPattern("did b'(.*)'"))
            .publish("résumé")
            .job(1, 1);
    told.starts("pod-0").prints("pod-0", line).succeeds("pod-0").jobCompletes();
    return told.ends(0, 0, 0);
  }

  @Test
  void anItemThatALogQuotesIsTheItem() {
    assertThat(diagnose(shown("did b'r\\xc3\\xa9sum\\xc3\\xa9'")).roots())
        .containsExactly(FindingCode.ALL_PROCESSED);
    assertThat(diagnose(shown("did b'r\\xe9sum\\xe9'")).roots())
        .containsExactly(FindingCode.CORRUPTED_ITEMS);
  }

  @Test
  void anItemThatALogWithoutOtherCharactersThanAsciiNamesIsTheItem() {
    assertThat(Escapes.inAscii("résumé 作業 🍎")).isEqualTo("r?sum? ?? ?");
    assertThat(diagnose(shown("did b'r?sum?'")).roots()).containsExactly(FindingCode.ALL_PROCESSED);
    // Bytes that were read as characters are as many as the bytes.
    assertThat(diagnose(shown("did b'r??sum??'")).roots())
        .containsExactly(FindingCode.CORRUPTED_ITEMS);
  }

  @Test
  void anItemThatMayBeAnotherIsNone() {
    HistoryBuilder told =
        new HistoryBuilder()
            .evidence(Evidence.logPattern("did b'(.*)'"))
            .publish("é", "è")
            .job(2, 1);
    told.starts("pod-0").prints("pod-0", "did b'?'").succeeds("pod-0");
    told.starts("pod-1").prints("pod-1", "did b'?'").succeeds("pod-1").jobCompletes();
    assertThat(diagnose(told.ends(0, 0, 0)).roots()).doesNotContain(FindingCode.ALL_PROCESSED);
  }

  @Test
  void anItemThatHoldsABackslashItselfIsFound() {
    Item item = Item.of(0, "a\\nb");
    HistoryBuilder told = new HistoryBuilder().publish(java.util.List.of(item)).job(1, 1);
    told.worksOff("pod-0", item).jobCompletes().ends(0, 0, 0);
    assertThat(diagnose(told).roots()).containsExactly(FindingCode.ALL_PROCESSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"apple\" | apple",
        "'apple' | apple",
        "b'apple' | apple",
        "b\"it's\" | it's",
        "\"apple | \"apple",
        "\"apple' | \"apple'",
        "apple | apple",
        "\" | \""
      })
  void theMarksRoundATextAreNotOfIt(String shown, String text) {
    assertThat(Escapes.unquoted(shown)).isEqualTo(text);
  }
}
