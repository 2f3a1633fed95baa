package workqueue.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node's table of connections says about who speaks from behind the node's address.
 *
 * <p>The table is listed once for all who ask meanwhile, and never believed when it is older than
 * the question: ports are used again. Entries outlive their connections by up to two minutes.
 */
final class Translations {
  private static final Pattern ENTRY =
      Pattern.compile(
          "src=(?<pod>\\S+) dst=\\S+ sport=\\d+ dport=\\d+ .*?"
              + "src=\\S+ dst=(?<node>\\S+) sport=(?<port>\\d+) dport=(?<translated>\\d+)");

  private final Supplier<String> listing;
  private Map<Translated, String> pods = Map.of();
  private long listedAt;
  private boolean listed;

  /**
   * @param listing what {@code conntrack -L -p tcp} prints on the node
   */
  Translations(Supplier<String> listing) {
    this.listing = listing;
  }

  /** A connection as it is seen from outside of the node. */
  private record Translated(String node, int translated, int port) {}

  /**
   * The address of the pod that opened a connection.
   *
   * @param node the address that the connection seems to come from
   * @param translated the port that it seems to come from
   * @param port the port that it went to
   */
  Optional<String> podBehind(String node, int translated, int port) {
    long asked = System.nanoTime();
    synchronized (this) {
      if (!listed || listedAt - asked < 0) {
        listedAt = System.nanoTime();
        listed = true;
        pods = read(listing.get());
      }
      return Optional.ofNullable(pods.get(new Translated(node, translated, port)));
    }
  }

  private static Map<Translated, String> read(String table) {
    Map<Translated, String> pods = new HashMap<>();
    Matcher entry = ENTRY.matcher(table);
    while (entry.find()) {
      String node = entry.group("node");
      String pod = entry.group("pod");
      if (!node.equals(pod)) {
        int translated = Integer.parseInt(entry.group("translated"));
        pods.put(new Translated(node, translated, Integer.parseInt(entry.group("port"))), pod);
      }
    }
    return pods;
  }
}
