package workqueue.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import workqueue.history.Payload;

/**
 * A file of made-up data: lines of one length, each of which can be had without those before it.
 *
 * @param name without a folder
 * @param seed what its numbers depend on, besides the line
 */
record DataFile(String name, long seed, int lines) {
  static final int LINE = 64;
  private static final int NUMBERS = 3;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  DataFile {
    if (name.isEmpty() || name.contains("/") || lines < 1) {
      throw new IllegalArgumentException("No file of data: " + name + " of " + lines + " lines");
    }
  }

  long bytes() {
    return (long) LINE * lines;
  }

  /** All of it. */
  InputStream open() {
    return open(1, lines);
  }

  /** The digest of all of it, as in {@code sha256:…}. */
  String digest() {
    return digest(1, lines);
  }

  /** The digest of some lines; the first is number 1, and the last one belongs to them. */
  String digest(int first, int last) {
    try (InputStream content = open(first, last)) {
      Payload.Parts parts = new Payload.Parts();
      byte[] buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        parts.add(ByteBuffer.wrap(buffer, 0, read));
      }
      return parts.whole().digest();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private InputStream open(int first, int last) {
    return new Lines(first, last);
  }

  /** The lines, written when they are read: they may be more than fits into memory. */
  private final class Lines extends InputStream {
    private final int last;
    private final byte[] line = new byte[LINE];
    private int next;
    private int at = LINE;

    Lines(int first, int last) {
      this.next = first;
      this.last = last;
    }

    @Override
    public int read() {
      return more() ? line[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int done = 0;
      while (done < length && more()) {
        int piece = Math.min(length - done, LINE - at);
        System.arraycopy(line, at, into, from + done, piece);
        at += piece;
        done += piece;
      }
      return done == 0 && length > 0 ? -1 : done;
    }

    private boolean more() {
      if (at == LINE && next <= last) {
        write(next++);
        at = 0;
      }
      return at < LINE;
    }

    private void write(int number) {
      int end = LINE - 1;
      line[end] = '\n';
      SplittableRandom random = new SplittableRandom(seed * Integer.MAX_VALUE + number);
      for (int i = 0; i < NUMBERS; i++) {
        long value = random.nextLong();
        for (int digit = 0; digit < Long.BYTES * 2; digit++) {
          line[--end] = HEX[(int) (value >>> (4 * digit)) & 0xf];
        }
        line[--end] = ' ';
      }
      int rest = number;
      while (end > 0) {
        line[--end] = HEX[rest % 10];
        rest /= 10;
      }
    }
  }
}
