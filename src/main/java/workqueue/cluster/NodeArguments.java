package workqueue.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a throwaway cluster's nodes are told, in the words of k3s. */
final class NodeArguments {
  /** No scenario uses these, and each would be pulled and started with every cluster. */
  static final List<String> SERVER =
      List.of("--disable=metrics-server", "--disable=local-storage", "--disable=servicelb");

  private static final Pattern MINOR = Pattern.compile(":v?1\\.(\\d+)\\.");
  private static final int REFUSES_OLD_CGROUPS = 35;

  private NodeArguments() {}

  /**
   * For the kubelet of each node. It is not to collect images, which were loaded and cannot be
   * pulled again, when this machine's disk is nearly full; and from Kubernetes 1.35 on it has to be
   * told to start on version 1 of the kernel's control groups.
   *
   * @param image of the nodes; its tag tells the version, as those of {@code rancher/k3s} do
   */
  static List<String> kubelet(String image, boolean unifiedCgroups) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--kubelet-arg=image-gc-high-threshold=100");
    Matcher minor = MINOR.matcher(image);
    if (!unifiedCgroups
        && minor.find()
        && Integer.parseInt(minor.group(1)) >= REFUSES_OLD_CGROUPS) {
      arguments.add("--kubelet-arg=fail-cgroupv1=false");
    }
    return arguments;
  }
}
