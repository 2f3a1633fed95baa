package workqueue.wire;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Finds out which pod a connection came from; all pods of a node may share its address. */
@FunctionalInterface
public interface Peers {
  /**
   * The origin of a connection that was made just now, empty if it cannot be established. May
   * block: it is asked on a thread of its own, while the connection goes on.
   *
   * @param peer where the connection came from, as the tap sees it
   * @param port the tap's, to which it was made
   */
  Optional<Origin> originOf(InetSocketAddress peer, int port);

  /** Nobody who knows: all connections are of unknown origin. */
  static Peers unknown() {
    return (peer, port) -> Optional.empty();
  }

  /**
   * Where a connection came from.
   *
   * @param pod the pod's name, empty if only its address is known
   * @param address the pod's own
   * @param how it was found out
   */
  record Origin(String pod, String address, String how) {}
}
