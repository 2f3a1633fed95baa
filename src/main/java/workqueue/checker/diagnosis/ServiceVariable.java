package workqueue.checker.diagnosis;

import java.util.Collection;
import java.util.Optional;

/** What a program prints of a variable that Kubernetes sets for each port of each Service. */
public final class ServiceVariable {
  private static final String VALUE = "tcp://";

  private ServiceVariable() {}

  /** The first line that has the value of one. */
  public static Optional<String> printed(Collection<String> lines) {
    return lines.stream().filter(each -> each.contains(VALUE)).findFirst();
  }

  /** What is to be known of them, if a line has the value of one; else empty. */
  public static String hint(Collection<String> lines) {
    return printed(lines).isEmpty()
        ? ""
        : "; a variable …_PORT=tcp://… is one that Kubernetes sets for a Service, unless the pod has"
            + " enableServiceLinks: false";
  }
}
