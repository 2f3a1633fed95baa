package workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

  @Test
  void numberNounAndVerbAgree() {
    assertThat(Counted.of(0, "item")).isEqualTo("0 items");
    assertThat(Counted.of(1, "item")).isEqualTo("1 item");
    assertThat(Counted.are(1, "item")).isEqualTo("1 item is");
    assertThat(Counted.are(2, "item")).isEqualTo("2 items are");
    assertThat(Counted.were(1, "item")).isEqualTo("1 item was");
    assertThat(Counted.were(0, "item")).isEqualTo("0 items were");
  }

  @Test
  void someNounsEndOtherwise() {
    assertThat(Counted.of(2, "success")).isEqualTo("2 successes");
    assertThat(Counted.of(1, "success")).isEqualTo("1 success");
    assertThat(Counted.of(2, "retry")).isEqualTo("2 retries");
    assertThat(Counted.of(2, "delivery")).isEqualTo("2 deliveries");
    assertThat(Counted.of(2, "key")).isEqualTo("2 keys");
    assertThat(Counted.of(2, "box")).isEqualTo("2 boxes");
    assertThat(Counted.of(2, "batch")).isEqualTo("2 batches");
  }

  @Test
  void ofOneThingNotAllIsSaid() {
    assertThat(Counted.all(1, "item")).isEqualTo("the one item");
    assertThat(Counted.all(8, "item")).isEqualTo("all 8 items");
    assertThat(Counted.each(1, "item")).isEqualTo("the one item");
    assertThat(Counted.each(8, "item")).isEqualTo("each of 8 items");
    assertThat(Counted.more(1, "success")).isEqualTo("1 more success");
    assertThat(Counted.more(2, "success")).isEqualTo("2 more successes");
  }
}
