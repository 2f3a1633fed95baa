package workqueue.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A payload is the same whether it comes at once or in parts. */
class PayloadProperties {
  @Property(tries = 300)
  void partsMakeTheSamePayload(@ForAll @IntRange(max = 3000) int size, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] body = new byte[size];
    if (random.nextBoolean()) {
      random.nextBytes(body);
    } else {
      random.ints(size, 9, 127).forEach(each -> body[random.nextInt(size)] = (byte) each);
    }

    Payload.Parts parts = new Payload.Parts();
    for (int at = 0; at < size; ) {
      int part = Math.min(size - at, random.nextInt(700));
      parts.add(ByteBuffer.wrap(body, at, part));
      at += part;
    }

    assertThat(parts.whole()).isEqualTo(Payload.of(body));
  }
}
