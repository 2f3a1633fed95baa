package workqueue.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The form of a bundle: a {@code tar} whose bytes follow from the files in it alone, zipped.
 *
 * <p>What is read must be what would have been written; whatever else is in the bytes was put there
 * by somebody else.
 */
final class BundleFile {
  /** A header without a time: the same files make the same bytes. */
  private static final int HEADER_BYTES = 10;

  /** More than any run leaves, and less than a small machine's memory. */
  private static final int MOST_BYTES = 512 << 20;

  private BundleFile() {}

  static byte[] write(SortedMap<String, byte[]> files) throws IOException {
    return zip(tar(files));
  }

  /**
   * @throws ChangedBundle if the bytes are none that {@link #write} makes
   */
  static SortedMap<String, byte[]> read(byte[] bytes) {
    byte[] tar = unzip(bytes);
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        if (!isSafe(entry)) {
          throw new ChangedBundle("it holds " + entry.getName() + ", which is no file of a bundle");
        }
        if (files.put(entry.getName(), entries.readAllBytes()) != null) {
          throw new ChangedBundle("it holds " + entry.getName() + " twice");
        }
      }
      if (!Arrays.equals(tar(files), tar)) {
        throw new ChangedBundle("between its files is something else");
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw new ChangedBundle("its archive is broken: " + broken.getMessage());
    }
    return files;
  }

  /** A name that stays below the folder that it is unpacked into. */
  private static boolean isSafe(TarArchiveEntry entry) {
    return entry.isFile()
        && entry.getName().matches("[A-Za-z0-9][A-Za-z0-9._#-]*(?:/[A-Za-z0-9][A-Za-z0-9._#-]*)*");
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setModTime(0);
        entry.setSize(file.getValue().length);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GzipCompressorOutputStream zipped =
        new GzipCompressorOutputStream(bytes, new GzipParameters())) {
      zipped.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] unzip(byte[] bytes) {
    try {
      byte[] header = Arrays.copyOf(zip(new byte[0]), HEADER_BYTES);
      if (bytes.length < HEADER_BYTES
          || !Arrays.equals(header, Arrays.copyOf(bytes, HEADER_BYTES))) {
        throw new ChangedBundle("it does not begin as a bundle does");
      }
      ByteArrayInputStream all = new ByteArrayInputStream(bytes);
      byte[] content;
      try (InputStream zipped = new GzipCompressorInputStream(all)) {
        content = zipped.readNBytes(MOST_BYTES);
        if (zipped.read() >= 0) {
          throw new ChangedBundle("it holds more than 512 MiB");
        }
      }
      if (all.available() > 0) {
        throw new ChangedBundle("something follows it");
      }
      return content;
    } catch (IOException broken) {
      throw new ChangedBundle("it cannot be unzipped: " + broken.getMessage());
    }
  }
}
