package workqueue.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import workqueue.Item;

/** Data that items name parts of: a file and a range of its lines. */
public final class DataSet {
  private final List<DataFile> files;

  private DataSet(List<DataFile> files) {
    this.files = List.copyOf(files);
  }

  /** Files of as many lines, which are 64 bytes long. */
  public static DataSet of(int files, int lines) {
    return of(files, lines, 1);
  }

  /**
   * The same with other numbers in it.
   *
   * @param seed that they depend on
   */
  public static DataSet of(int files, int lines, long seed) {
    return new DataSet(
        IntStream.rangeClosed(1, files)
            .mapToObj(number -> new DataFile("numbers-" + number, seed * files + number, lines))
            .toList());
  }

  List<DataFile> files() {
    return files;
  }

  /** Items that name all of it, in parts of one size. */
  public List<Item> parts(int count) {
    List<Item> items = new ArrayList<>();
    for (Part part : cut(count)) {
      items.add(Item.of(items.size(), part.toString()));
    }
    return items;
  }

  /** The digests of its files. */
  Map<String, String> digests() {
    Map<String, String> digests = new LinkedHashMap<>();
    files.forEach(file -> digests.put(file.name(), file.digest()));
    return digests;
  }

  /** The digests of its files, and of the parts that so many items name. */
  Map<String, String> digests(int parts) {
    Map<String, String> digests = digests();
    cut(parts)
        .forEach(part -> digests.put(part.toString(), part.file.digest(part.first, part.last)));
    return digests;
  }

  private List<Part> cut(int count) {
    if (count < files.size() || count % files.size() != 0) {
      throw new IllegalArgumentException(
          count + " parts cannot be had of " + files.size() + " files, each as many.");
    }
    int each = count / files.size();
    List<Part> parts = new ArrayList<>();
    for (DataFile file : files) {
      for (int i = 0; i < each; i++) {
        int first = (int) ((long) file.lines() * i / each) + 1;
        int last = (int) ((long) file.lines() * (i + 1) / each);
        parts.add(new Part(file, first, last));
      }
    }
    return parts;
  }

  /** Some lines of a file, as an item says it. */
  private record Part(DataFile file, int first, int last) {
    @Override
    public String toString() {
      return file.name() + " " + first + "-" + last;
    }
  }
}
