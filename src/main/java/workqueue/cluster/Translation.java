package workqueue.cluster;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which pod a connection comes from that a node passed on under its own address: by the
 * node's table of tracked connections, which has the pod's address beside the translated one, and
 * keeps it for two minutes after the connection is closed.
 */
public final class Translation {
  private static final Pattern CONNECTION =
      Pattern.compile(
          "src=(\\S+) dst=\\S+ sport=\\d+ dport=\\d+ .*src=\\S+ dst=(\\S+) sport=\\d+ dport=(\\d+)");

  private final Collection<ClusterNode> nodes;

  /**
   * @param nodes that this machine's engine runs
   */
  public Translation(Collection<ClusterNode> nodes) {
    this.nodes = nodes;
  }

  /**
   * The address of the pod that the connection comes from.
   *
   * @param peer where it comes from, as seen from outside the cluster
   * @return empty if no node has such a connection
   */
  public Optional<String> podBehind(InetSocketAddress peer) {
    String address = peer.getAddress().getHostAddress();
    return nodes.stream()
        .filter(node -> node.hasAddress(address))
        .flatMap(node -> tracked(node, address, peer.getPort()).stream())
        .findFirst();
  }

  private static Optional<String> tracked(ClusterNode node, String address, int port) {
    String table =
        node.require(
            "conntrack",
            "-L",
            "-p",
            "tcp",
            "--reply-dst",
            address,
            "--reply-port-dst",
            Integer.toString(port));
    return original(table, address, port);
  }

  /**
   * The source of a connection before its translation.
   *
   * @param table lines as {@code conntrack -L} prints them: the way there, then the way back
   */
  static Optional<String> original(String table, String address, int port) {
    return table
        .lines()
        .map(CONNECTION::matcher)
        .filter(Matcher::find)
        .filter(found -> found.group(2).equals(address) && found.group(3).equals("" + port))
        .map(found -> found.group(1))
        .filter(source -> !source.equals(address))
        .findFirst();
  }
}
