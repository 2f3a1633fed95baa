package workqueue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of item that a worker may be made for. */
public enum PayloadKind {
  /** One line of text: UTF-8, metacharacters of a shell, blanks at its ends. */
  LINE,
  /** Text of several lines. */
  LINES,
  /** Bytes that are no text. */
  BINARY,
  /** Nothing. */
  EMPTY,
  /** 1 MiB. */
  LARGE;

  /** The name that parameters use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name. */
  public static Optional<PayloadKind> named(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }

  /** The names of all kinds. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(PayloadKind::id).toList();
  }
}
